"""The languages that a Word document is marked in: a screen reader changes its voice with them.

Takes a document as it was read, and the language of the pack; gives warnings (WCAG 2.2, 3.1.1 and 3.1.2). Word marks
languages by itself as people type, and is often wrong; `en-US` for `en-GB` changes no voice and is no finding.
"""

from __future__ import annotations

from collections.abc import Iterator

from packgen.convert.document import WordDocument
from packgen.errors import Problem
from packgen.validate.accessibility.languages import announces, language_name, reads_as, voice
from packgen.validate.accessibility.word_walk import paragraphs, shown, texts, warning

_REVIEW = "Review > Language > Set Proofing Language"


def check_language(
    document: WordDocument, name: str, language: str, title: str, *, unmarked: str = ""
) -> Iterator[Problem]:
    """One warning for each language of a document but that of the pack.

    Args:
        document: as it was read.
        name: what messages call the file.
        language: of the pack, such as `en-GB`.
        title: of the document in the agenda; one that names a language is a fair warning of it.
        unmarked: a language that stands for that of the pack, as that of a template does.
    """
    words, places = _by_voice(document, language, voice(unmarked))
    if not words:
        return
    main = max(words, key=lambda each: len(words[each]))
    for spoken, said in words.items():
        if spoken == voice(language) or announces(title, spoken):
            continue
        if spoken == main:
            yield warning(name, "access.language", None, *_whole(said, spoken, language))
        elif reads_as(said, language) is not False:
            yield warning(name, "access.language", places[spoken], *_piece(said, spoken, language))


def _by_voice(document: WordDocument, language: str, unmarked: str) -> tuple[dict[str, str], dict[str, str]]:
    """All words in each language, and the place of the first of them; what is not marked is in the pack's."""
    words: dict[str, list[str]] = {}
    places: dict[str, str] = {}
    for paragraph in paragraphs(document):
        for text in texts(paragraph):
            spoken = voice(text.format.language)
            spoken = voice(language) if spoken in {"", unmarked} else spoken
            if any(letter.isalpha() for letter in text.text):
                words.setdefault(spoken, []).append(text.text)
                places.setdefault(spoken, paragraph.pointer)
    return {spoken: " ".join(said) for spoken, said in words.items()}, places


def _whole(said: str, spoken: str, language: str) -> tuple[str, str]:
    marked, meant = language_name(spoken), language_name(language)
    if reads_as(said, language):
        message = f"the text is marked as {marked}, but reads like {meant}"
        return message, f"press Ctrl+A in Word, choose {_REVIEW} and then {meant}, and save it"
    message = f"the text is marked as {marked}, and the pack is in {meant}"
    return (
        message,
        f'if it is in {marked}, say so in its title in pack.json, such as "Summary ({marked})"; '
        f"if not, press Ctrl+A in Word and choose {_REVIEW} > {meant}",
    )


def _piece(said: str, spoken: str, language: str) -> tuple[str, str]:
    marked, meant = language_name(spoken), language_name(language)
    message = f"words are marked as {marked}, so that a screen reader says them in a {marked} voice: {shown(said)}"
    return message, (
        f"if they are {meant}, select them in Word and choose {_REVIEW} > {meant}; if they are {marked}, leave them"
    )
