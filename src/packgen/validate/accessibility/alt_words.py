"""The words of alternative texts: whether they say what a picture shows.

Takes the text; says in words what is wrong with it (WCAG 2.2, 1.1.1, techniques F30 and F39). Cannot see the picture,
so a text that is plain wrong passes.
"""

from __future__ import annotations

import re

_FILE_NAME = re.compile(r"[\w\-. ()~+&]*\.(?:png|jpe?g|jpe|gif|bmp|tiff?|svg|webp|heic|[ew]mf|eps|pdf)", re.IGNORECASE)
_MEDIUM = (
    r"(?:images?|pictures?|pics?|photos?|photographs?|graphics?|drawings?|scans?|screen ?shots?|captures?"
    r"|illustrations?|placeholders?|untitled|shapes?|rectangles?|text box(?:es)?|content|objects?|smartart)"
)
"""Words for how something is shown; `a map` at least says what it is."""
_ONLY_MEDIUM = re.compile(rf"(?:an? |the |this )?{_MEDIUM}[\s_.\-:#]*(?:\d[\d\s_.\-]*|[a-z])?", re.IGNORECASE)
_ONLY_NUMBERED = re.compile(
    r"(?:figures?|fig|charts?|graphs?|diagrams?|maps?|tables?|logos?|icons?)[\s_.\-:#]*\d+", re.IGNORECASE
)
_CAMERA = re.compile(
    r"(?:img|dsc[nf]?|pxl|mvi|dcim|gopr|p|wp|kakaotalk|whatsapp image)[_\-\s]*\d[\d_\-\s~()]*", re.IGNORECASE
)
_STAND_INS = frozenset(
    ["alt", "alt text", "alternative text", "description", "add alt text", "insert alt text here", "to do", "todo",
     "tbc", "tba", "n/a", "na", "none", "null", "blank", "test", "lorem ipsum", "xxx"]
)  # fmt: skip
_BEGINS = re.compile(rf"(?:an? |the )?{_MEDIUM} (?:of|showing|containing)(?: (?:an?|the|some))?(?: |$)", re.IGNORECASE)
_BY_A_PROGRAM = ("description automatically generated", "ai-generated content may be incorrect",
                 "description generated with")  # fmt: skip


def fault_of(alt: str) -> str:
    """Why `alt` says nothing, as the end of a sentence that begins with "the alternative text"; empty if it may do.

    Empty or missing texts are another matter, and so is text that a program wrote (`by_a_program`).
    """
    said = " ".join(alt.split())
    if not said:
        return ""
    said = said.strip(" .")
    if _FILE_NAME.fullmatch(said) or _CAMERA.fullmatch(said):
        return "is the name of a file"
    if not any(letter.isalpha() for letter in said) or said.casefold().strip("[]<>() ") in _STAND_INS:
        return "is a stand-in that nobody has replaced"
    rest = _BEGINS.sub("", said, count=1)
    if not rest or _ONLY_MEDIUM.fullmatch(rest) or _ONLY_NUMBERED.fullmatch(rest):
        return "says only that something is there, not what it shows"
    return ""


def by_a_program(alt: str) -> bool:
    """Whether Word wrote the text by itself, and nobody has looked at it: Word adds a sentence that says so."""
    return any(mark in alt.casefold() for mark in _BY_A_PROGRAM)


SAY_WHAT = "say what it shows and why it is there, as you would to somebody on the telephone"
"""What to write in place of such a text."""
