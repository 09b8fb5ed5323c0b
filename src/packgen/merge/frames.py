"""Where things are on a page as a reader sees it.

Takes a page's boxes and rotation; gives a `Frame` in which 0,0 is the lower left corner that is seen, x runs to
the reader's right and y up, in points. Of PDF objects it only reads boxes.
"""

from __future__ import annotations

from itertools import starmap

from msgspec import Struct
from pikepdf import Array

Matrix = tuple[float, float, float, float, float, float]
"""As PDF writes it: x' = a x + c y + e, y' = b x + d y + f (ISO 32000-1, 8.3.4)."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Frame(Struct, frozen=True):
    """A rectangle to draw in, `width` by `height` points, and the matrix from it to the page's own coordinates."""

    width: float
    height: float
    to_page: Matrix

    @property
    def landscape(self) -> bool:
        """Wider than high by more than a rounding error."""
        return self.width > self.height + 1

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the frame in the page's own coordinates."""
        return transformed(self.to_page, x, y)

    def bound(self) -> Frame:
        """The frame as it stands in a bound pack of upright pages.

        A landscape page goes into an upright pack turned a quarter to the left, so that its head lies at the
        binding of a right-hand page and every landscape page is read by turning the pack to the right. What is
        then the foot is the page's left edge as seen on a screen, and words along it run downwards there. Upright
        pages stay as they are.
        """
        if not self.landscape:
            return self
        return Frame(self.height, self.width, then((0.0, -1.0, 1.0, 0.0, 0.0, self.height), self.to_page))


def visible_frame(media: Box, crop: Box | None = None, rotate: int = 0, unit: float = 1.0) -> Frame:
    """The frame of what a viewer shows of a page.

    Args:
        media: the MediaBox; its corners in any order, starting anywhere.
        crop: the CropBox, if any; only what lies in the MediaBox counts, and a box that shows nothing is passed over.
        rotate: degrees clockwise; anything but a quarter turn is passed over, as viewers do.
        unit: points per unit of the boxes (`UserUnit`).
    """
    media = _ordered(media)
    left, bottom, right, top = _inside(_ordered(crop), media) if crop else media
    across, up = right - left, top - bottom
    turn = rotate % 360
    scale = 1 / unit
    if turn == 90:
        matrix: Matrix = (0.0, scale, -scale, 0.0, right, bottom)
    elif turn == 180:
        matrix = (-scale, 0.0, 0.0, -scale, right, top)
    elif turn == 270:
        matrix = (0.0, -scale, scale, 0.0, left, top)
    else:
        matrix = (scale, 0.0, 0.0, scale, left, bottom)
    width, height = (up, across) if turn in {90, 270} else (across, up)
    return Frame(width * unit, height * unit, matrix)


def box_of(value: object) -> Box | None:
    """A rectangle as PDF writes it, its corners put in order; None if it is none or has no area."""
    if not isinstance(value, Array) or len(value) != 4:
        return None
    try:
        left, bottom, right, top = _ordered(tuple(float(length) for length in value.as_list()))  # type: ignore[arg-type]  # four, as just seen
    except (TypeError, ValueError):
        return None
    return (left, bottom, right, top) if left != right and bottom != top else None


def matrix_operator(matrix: Matrix) -> bytes:
    """The matrix as content stream operands with the operator `cm`; nothing for the identity."""
    if matrix == IDENTITY:
        return b""
    return b" ".join(number(value) for value in matrix) + b" cm"


def number(value: float) -> bytes:
    """A length as content streams write it: at most four decimals, no exponent, no minus zero."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return b"0" if text in {"-0", ""} else text.encode("ascii")


def _ordered(box: Box) -> Box:
    left, right = sorted((box[0], box[2]))
    bottom, top = sorted((box[1], box[3]))
    return left, bottom, right, top


def _inside(inner: Box, outer: Box) -> Box:
    left, bottom = starmap(max, zip(inner[:2], outer[:2], strict=True))
    right, top = starmap(min, zip(inner[2:], outer[2:], strict=True))
    return (left, bottom, right, top) if right - left > 1 and top - bottom > 1 else outer


def transformed(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point after a matrix."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def turned_about(x: float, y: float, degrees: int) -> Matrix:
    """The matrix that turns about a point by quarter turns to the left; anything else turns nothing."""
    cosine, sine = {90: (0.0, 1.0), 180: (-1.0, 0.0), 270: (0.0, -1.0)}.get(degrees % 360, (1.0, 0.0))
    return (cosine, sine, -sine, cosine, x - cosine * x + sine * y, y - sine * x - cosine * y)


def then(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that does `first`, then `second`."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)
