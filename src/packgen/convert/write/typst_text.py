"""Values as Typst spells them.

Takes text, lengths and colours; gives code. All text of a document goes through `literal`, so nothing an author typed
can ever be read as markup or code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_NO_BREAK_HYPHEN = "\u2011"
_ESCAPED = re.compile(r'[\\"\u0000-\u001f\u007f-\u009f\u00ad\u2011\u2028\u2029\ufeff]')
_HELD = re.compile(r"([^ \u2011]+(?:\u2011[^ \u2011]+)+|[^ ]*-\u00a0[^ ]*|[^ -]+/(?=[^ \d])[^ -]*-?)")
_SPECIAL = re.compile("[\u200b\u2011/]|-\u00a0")
_COLOUR = re.compile("#[0-9a-fA-F]{6}")
# BCP 47: a language of two or three letters; of what follows only a region of two is used.
_LANGUAGE = re.compile("([A-Za-z]{2,3})(?:-[A-Za-z]{4})?(?:-([A-Za-z]{2}))?(?:-.*)?")
_REPLACED = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": " ",
    "\t": " ",
    "\u00ad": "\\u{ad}",
    # The fonts have no non-breaking hyphen: a hyphen that word joiners hold on both sides acts like one, but is drawn
    # with the font that has word joiners. Inside a word `words` needs none.
    "\u2011": "\\u{2060}-\\u{2060}",
    "\u2028": " ",
    "\u2029": " ",
}


def literal(text: str) -> str:
    """`text` as a Typst string; characters that draw nothing anywhere are left out."""
    return '"' + _ESCAPED.sub(_replacement, text) + '"'


def words(text: str) -> str:
    """`text` as code in which a line may end at each U+200B, which itself is in no way part of the text.

    A hyphen before a blank that does not break does not break either, as in Word, nor does any slash.
    """
    if not _SPECIAL.search(text):
        return literal(text)
    code: list[str] = []
    for index, piece in enumerate(text.split("\u200b")):
        code += ["h(.001pt)"] if index else []
        code += [_held(piece)] if piece else []
    return "{" + ";".join(code) + "}"


def _held(text: str) -> str:
    parts = enumerate(_HELD.split(text))
    return ";".join(
        f"box({literal(part.replace(_NO_BREAK_HYPHEN, '-'))})" if index % 2 else literal(part)
        for index, part in parts
        if part
    )


def _replacement(match: re.Match[str]) -> str:
    return _REPLACED.get(match[0], "")


def label_name(name: str) -> str:
    """A bookmark's or note's name as a Typst label."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "_-") else f"_{ord(c):x}_" for c in name)


@lru_cache(maxsize=4096)
def decimal(value: float) -> str:
    """A number without useless digits; a hundredth of a point is finer than any printer."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text


def pt(value: float) -> str:
    return decimal(value) + "pt"


def em(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") + "em"


def colour(value: str) -> str:
    """A colour `#rrggbb`; black for anything else, so that a file cannot put code in its place."""
    return f'rgb("{value}")' if _COLOUR.fullmatch(value) else "black"


def language(value: str) -> dict[str, str]:
    """The arguments `lang` and `region` for a language such as `en-GB`; none for what is no language tag."""
    found = _LANGUAGE.fullmatch(value)
    if found is None:
        return {}
    region = {"region": f'"{found[2].lower()}"'} if found[2] else {}
    return {"lang": f'"{found[1].lower()}"', **region}


def array(items: list[str]) -> str:
    """A Typst array; one of a single item needs its comma."""
    return "(" + ",".join(items) + ("," if len(items) == 1 else "") + ")"


def joined(parts: Sequence[str]) -> str:
    """Expressions one after the other as one."""
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return parts[0] if parts else ""
    return "{" + ";".join(parts) + "}"
