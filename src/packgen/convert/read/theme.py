"""The document's theme: the fonts and colours that styles name by their part in it.

Takes the theme part, or None; gives font names and `#rrggbb`. Never raises: a theme that lacks a name gives Word's own.
"""

from __future__ import annotations

from msgspec import Struct, field

from packgen.convert.read.ooxml import Element, local_name, name

_PART_OF_COLOUR = {
    "dark1": "dk1",
    "light1": "lt1",
    "dark2": "dk2",
    "light2": "lt2",
    "text1": "dk1",
    "background1": "lt1",
    "text2": "dk2",
    "background2": "lt2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
    "tx1": "dk1",
    "tx2": "dk2",
    "bg1": "lt1",
    "bg2": "lt2",
}


class Theme(Struct, frozen=True):
    major: str = "Calibri Light"
    minor: str = "Calibri"
    colours: dict[str, str] = field(default_factory=dict)

    def font(self, part: str) -> str:
        """The font that `majorHAnsi`, `minorAscii` and the like stand for."""
        return self.major if part.startswith("major") else self.minor

    def colour(self, part: str, *, tint: str | None = None, shade: str | None = None) -> str | None:
        """The colour of `accent1` and the like, lightened by `tint` or darkened by `shade` (hexadecimal, of 255)."""
        base = self.colours.get(_PART_OF_COLOUR.get(part, part))
        if base is None:
            return None
        channels = [int(base[index : index + 2], 16) for index in (1, 3, 5)]
        if tint:
            amount = int(tint, 16) / 255
            channels = [round(channel * amount + 255 * (1 - amount)) for channel in channels]
        if shade:
            amount = int(shade, 16) / 255
            channels = [round(channel * amount) for channel in channels]
        return "#" + "".join(f"{channel:02x}" for channel in channels)


def read_theme(root: Element | None) -> Theme:
    if root is None:
        return Theme()
    fonts: dict[str, str] = {}
    for part, default in (("major", "Calibri Light"), ("minor", "Calibri")):
        latin = root.find(f".//{name(f'a:{part}Font')}/{name('a:latin')}")
        fonts[part] = (latin.get("typeface") if latin is not None else "") or default
    scheme = root.find(f".//{name('a:clrScheme')}")
    colours: dict[str, str] = {}
    for entry in scheme if scheme is not None else ():
        for colour in entry:
            value = colour.get("lastClr") or colour.get("val") or ""
            if len(value) == 6:
                colours[local_name(entry)] = "#" + value.lower()
    return Theme(fonts["major"], fonts["minor"], colours)
