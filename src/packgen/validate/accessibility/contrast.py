"""How well text stands out from what is behind it (WCAG 2.2, 1.4.3).

Takes colours `#rrggbb` and sizes in points; gives ratios from 1 to 21, limits, and colours in words. Pure.
"""

from __future__ import annotations

import colorsys

from packgen.workspace.settings import CONTRAST_ON_WHITE, contrast_on_white

LARGE_TEXT = 3.0
"""What text of 18 points, or of 14 points in bold, needs; other text needs `CONTRAST_ON_WHITE`."""
_LARGE, _LARGE_BOLD = 18.0, 14.0
_HUES = ((15, "red"), (42, "orange"), (68, "yellow"), (165, "green"), (190, "turquoise"), (255, "blue"),
         (290, "purple"), (340, "pink"), (361, "red"))  # fmt: skip
"""Where each hue ends, in degrees."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, whichever is lighter (WCAG 2.2, definition of contrast ratio).

    Both luminances are taken from the colours' contrast with white, 1.05 / (luminance + 0.05).
    """
    ratios = contrast_on_white(one), contrast_on_white(other)
    return max(ratios) / min(ratios)


def least_contrast(size: float, *, bold: bool) -> float:
    """The ratio that text of a size in points needs."""
    return LARGE_TEXT if size >= (_LARGE_BOLD if bold else _LARGE) else CONTRAST_ON_WHITE


def in_words(colour: str) -> str:
    """A colour as an officer would call it, with its number: `light blue (#5B9BD5)`."""
    number = colour.upper()
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    if lightness > 0.98 or lightness < 0.02:
        return "white" if lightness > 0.5 else "black"
    name = next(word for end, word in _HUES if hue * 360 < end) if saturation > 0.12 else "grey"
    shade = "dark " if lightness < 0.3 else "light " if lightness > 0.65 else ""
    return f"{shade}{name} ({number})"
