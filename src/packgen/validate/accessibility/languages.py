"""Languages as they are marked, and whether words are in the language they are marked as.

Takes language tags such as `en-GB` (BCP 47) and words; a screen reader changes its voice where the first part of the
tag changes (WCAG 2.2, 3.1.1 and 3.1.2). Knows the commonest words of English and Welsh, and guesses at nothing else.
"""

from __future__ import annotations

import re

from packgen.convert.common_words import COMMON

_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "ga": "Irish", "gd": "Scottish Gaelic", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "hu": "Hungarian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "kw": "Cornish", "la": "Latin",
    "lt": "Lithuanian", "lv": "Latvian", "nb": "Norwegian", "nl": "Dutch", "no": "Norwegian", "pa": "Punjabi",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
    "so": "Somali", "sq": "Albanian", "sv": "Swedish", "ta": "Tamil", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
_OWN_NAMES = {"cy": "cymraeg", "ga": "gaeilge", "gd": "gàidhlig", "pl": "polski", "fr": "français", "de": "deutsch"}
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH_WORDS = 4
_UNKNOWN = frozenset(["", "x", "zxx", "und", "mul", "qaa"])


def voice(tag: str) -> str:
    """The part of a tag that a screen reader chooses its voice by; empty for no language in particular."""
    first = tag.strip().replace("_", "-").split("-")[0].casefold()
    return "" if first in _UNKNOWN else first


def language_name(tag: str) -> str:
    """`Welsh` for `cy-GB`; the tag itself for a language that is not known here."""
    return _NAMES.get(voice(tag), f'the language "{tag}"')


def reads_as(words: str, tag: str) -> bool | None:
    """Whether `words` are in the language of `tag`; None if there are too few to tell, or its words are not known."""
    common = COMMON.get(voice(tag))
    found = _WORD.findall(words.casefold())
    if common is None or len(found) < _ENOUGH_WORDS:
        return None
    return any(word in common for word in found)


def announces(title: str, tag: str) -> bool:
    """Whether a title says that what it stands over is in this language, such as `Summary (Welsh)`."""
    said = title.casefold()
    names = (_NAMES.get(voice(tag), ""), _OWN_NAMES.get(voice(tag), ""))
    return any(name.casefold() in said for name in names if name)
