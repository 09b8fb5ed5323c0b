"""Which shipped family stands for a font that Word names.

Takes a font's name, and what the document says of the font; gives a family, and how near it comes. Never reads a font.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

SANS = "Liberation Sans"
SERIF = "Liberation Serif"
MONO = "Liberation Mono"
CALIBRI = "Carlito"
CAMBRIA = "Caladea"
SYMBOLS = "DejaVu Sans"

# own: the font itself. same-widths: lines break as in the font. symbols: only signs are taken from it, which are drawn
# as Unicode. near: the nearest in width and shape. guess: nothing is known of it but what the document says.
Likeness = Literal["own", "same-widths", "symbols", "near", "guess"]
FontKind = Literal["sans", "serif", "mono", ""]

_SAME_WIDTHS = {
    SANS: ("arial", "arialmt", "arial mt", "helvetica", "arimo"),
    SERIF: ("times new roman", "timesnewroman", "timesnewromanpsmt", "times new roman ps", "times", "tinos"),
    MONO: ("courier new", "couriernew", "couriernewpsmt", "courier new ps", "courier", "cousine"),
    CALIBRI: ("calibri",),
    CAMBRIA: ("cambria",),
}
_NEAR = {
    SANS: (
        "arial unicode ms",
        "helvetica neue",
        "aptos",
        "aptos display",
        "verdana",
        "tahoma",
        "trebuchet ms",
        "segoe ui",
        "century gothic",
        "franklin gothic book",
        "open sans",
        "lato",
        "roboto",
        "source sans pro",
        "source sans 3",
        "noto sans",
        "public sans",
        "frutiger",
        "foundry sterling",
        "fs me",
        "ms sans serif",
        "microsoft sans serif",
        "sans-serif",
    ),
    SERIF: (
        "garamond",
        "baskerville",
        "baskerville old face",
        "perpetua",
        "minion pro",
        "aptos serif",
        "serif",
    ),
    MONO: (
        "consolas",
        "lucida console",
        "lucida sans typewriter",
        "andale mono",
        "cascadia code",
        "cascadia mono",
        "aptos mono",
        "dejavu sans mono",
        "menlo",
        "monaco",
        "monospace",
    ),
    CALIBRI: ("calibri light", "candara", "candara light", "corbel", "corbel light", "gill sans mt", "gill sans"),
    CAMBRIA: (
        "cambria math",
        "constantia",
        "georgia",
        "book antiqua",
        "palatino linotype",
        "palatino",
        "century schoolbook",
        "century",
        "bookman old style",
        "noto serif",
        "source serif pro",
    ),
}
_SYMBOLS = (
    "symbol",
    "wingdings",
    "wingdings 2",
    "wingdings 3",
    "webdings",
    "segoe ui symbol",
    "segoe ui emoji",
    "ms gothic",
    "opensymbol",
)
_GUESSES = {"sans": SANS, "serif": SERIF, "mono": MONO}


class FontFacts(Struct, frozen=True):
    """What a document says of a font it names: its `kind`, empty if that is not said, and other names it goes by."""

    kind: FontKind = ""
    other_names: tuple[str, ...] = ()


class StandIn(Struct, frozen=True):
    """The family that draws a font, and how like the font it is."""

    family: str
    likeness: Likeness

    @property
    def breaks_alike(self) -> bool:
        """Whether lines break as with the font itself."""
        return self.likeness in {"own", "same-widths", "symbols"}


_KNOWN = {
    **{name: StandIn(SANS, "symbols") for name in _SYMBOLS},
    **{name: StandIn(family, "near") for family, names in _NEAR.items() for name in names},
    **{name: StandIn(family, "same-widths") for family, names in _SAME_WIDTHS.items() for name in names},
}


def stand_in(word_name: str, facts: FontFacts) -> StandIn:
    """The shipped family for the font that Word calls `word_name`.

    A font that is not known is drawn as one that the document gives as another name of it, or else in a family of the
    kind the document says it is; without either in Liberation Sans.
    """
    known = _KNOWN.get(word_name.strip().casefold())
    if known is not None:
        return known
    for other in facts.other_names:
        alike = _KNOWN.get(other.strip().casefold())
        if alike is not None and alike.likeness != "symbols":
            return StandIn(alike.family, "guess")
    return StandIn(_GUESSES.get(facts.kind, SANS), "guess")
