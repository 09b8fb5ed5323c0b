"""Characters of Word's symbol fonts as Unicode.

Takes a font's name and a character code, often in the private use area; gives the character that looks the same, or
None where there is none. Never guesses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_SYMBOL = {
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥", 0x7E: "∼",
    0xA2: "′", 0xA3: "≤", 0xA4: "⁄", 0xA5: "∞", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥", 0xAA: "♠", 0xAB: "↔", 0xAC: "←",
    0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB6: "∂", 0xB7: "•",
    0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xBE: "⎯", 0xC5: "⊕", 0xC6: "∅", 0xC7: "∩", 0xC8: "∪",
    0xD0: "∠", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD6: "√", 0xD7: "⋅", 0xD8: "¬", 0xDB: "⇔", 0xDC: "⇐", 0xDE: "⇒",
    0xE0: "◊", 0xE2: "®", 0xE3: "©", 0xE4: "™", 0xE5: "∑",
}  # fmt: skip
_GREEK = dict(
    zip(
        (*range(0x41, 0x5B), *range(0x61, 0x7B)),
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
)
_WINGDINGS = {
    0x22: "✂", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x36: "⌛", 0x3A: "🖥", 0x3F: "✍", 0x41: "✌", 0x45: "☜", 0x46: "☞",
    0x4A: "☺", 0x4C: "☹", 0x51: "✈", 0x52: "☼", 0x54: "❄", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "□",
    0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x78: "⌧", 0x9F: "•", 0xA0: "▪",
    0xA1: "○", 0xA4: "◉", 0xA5: "◎", 0xA7: "▪", 0xA8: "◻", 0xAA: "✦", 0xAB: "★", 0xAC: "✶", 0xAE: "✹", 0xB2: "⟡",
    0xD8: "➢", 0xDC: "➲", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧",
    0xF2: "⇩", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x54: "☒", 0x96: "•", 0x97: "●", 0xA3: "☐"}
_WINGDINGS_3 = {0x7D: "▶", 0x7C: "◀", 0x70: "▲", 0x71: "▼", 0x22: "↑", 0x21: "→", 0x23: "↓"}
_FONTS: Mapping[str, Mapping[int, str]] = {
    "symbol": {**_GREEK, **_SYMBOL},
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
}
# A private character that names no symbol font is read as the bullets Word writes so.
_ANY_FONT = {0xB7: "•", 0xA7: "▪", 0xD8: "➢", 0xFC: "✓", 0x6F: "○", 0xA8: "◻", 0x2D: "–"}
_PRIVATE = range(0xF000, 0xF100)
_ANY_PRIVATE = re.compile("[\uf000-\uf0ff]")


def is_symbol_font(font: str) -> bool:
    return font.casefold() in _FONTS


def symbol(font: str, code: int) -> str | None:
    """The character that `code` looks like in `font`, or None."""
    low = code - _PRIVATE.start if code in _PRIVATE else code
    table = _FONTS.get(font.casefold())
    if table is not None:
        found = table.get(low)
        return (
            found if found is not None else (chr(low) if 0x20 <= low < 0x7F and font.casefold() == "symbol" else None)
        )
    return _ANY_FONT.get(low) if code in _PRIVATE else chr(code)


def without_symbols(text: str, font: str) -> tuple[str, str]:
    """`text` with the characters of symbol fonts as Unicode, and those that have none, each once."""
    if not is_symbol_font(font) and _ANY_PRIVATE.search(text) is None:
        return text, ""
    lost: list[str] = []
    parts: list[str] = []
    for character in text:
        found = character if character.isspace() else symbol(font, ord(character))
        if found is None:
            lost.append(character)
        else:
            parts.append(found)
    return "".join(parts), "".join(dict.fromkeys(lost))
