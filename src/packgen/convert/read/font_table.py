"""What a document says of the fonts it names (`fontTable.xml`), for those that are not at hand.

Takes the part, or None; gives facts by the font's name in lower case. Never reads fonts embedded in the document.
"""

from __future__ import annotations

from collections.abc import Mapping

from packgen.convert.read.ooxml import Element, child_val, w
from packgen.convert.stand_ins import FontFacts, FontKind

_FAMILIES: Mapping[str, FontKind] = {"roman": "serif", "swiss": "sans", "modern": "mono"}
_LATIN_TEXT = 2
_FIRST_SANS = 11
_LAST_SERIF_STYLE = 15
_MONOSPACED = 9


def read_font_table(root: Element | None) -> Mapping[str, FontFacts]:
    found: dict[str, FontFacts] = {}
    for font in root.findall(w("font")) if root is not None else ():
        others = tuple(name.strip() for name in child_val(font, "altName").split(",") if name.strip())
        found[font.get(w("name"), "").strip().casefold()] = FontFacts(_kind(font), others)
    return found


def _kind(font: Element) -> FontKind:
    """Whether a font has serifs, or letters of one width: PANOSE numbers know best, then family, then pitch."""
    kind = _panose_kind(child_val(font, "panose1"))
    if not kind:
        kind = _FAMILIES.get(child_val(font, "family"), "")
    if not kind and child_val(font, "pitch") == "fixed":
        kind = "mono"
    return kind


def _panose_kind(panose: str) -> FontKind:
    """Of ten bytes in hexadecimal, the first is the kind of face, the second its serifs, the fourth its widths."""
    try:
        numbers = bytes.fromhex(panose)
    except ValueError:
        return ""
    if len(numbers) != 10 or numbers[0] != _LATIN_TEXT:
        return ""
    if numbers[3] == _MONOSPACED:
        return "mono"
    if 2 <= numbers[1] < _FIRST_SANS:
        return "serif"
    return "sans" if _FIRST_SANS <= numbers[1] <= _LAST_SERIF_STYLE else ""
