"""What filters leave for Word: prose, links and pictures, each standing behind a mark in the text.

Takes what a template hands to `prose`, `link` and `picture`; gives a private mark, and later the content for the
mark. Never makes Word content itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from packgen.fill.filters import FilterError
from packgen.prose.check import LINK_SCHEMES
from packgen.prose.parse import parse_prose
from packgen.prose.tree import Prose

# Two code points that are set aside for a program's own use and cannot be typed; XML may hold them.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")


class ProseContent(Struct, frozen=True):
    """`level` is that of the first heading in it; None means one below the template's heading before it.

    A `point` has one number or letter, at its first paragraph.
    """

    prose: Prose
    level: int | None = None
    point: bool = False


class LinkContent(Struct, frozen=True):
    text: str
    target: str


class PictureContent(Struct, frozen=True):
    """`width` in millimetres, None for the picture's own.

    `path` is relative to the resources and may not leave them; a `Path`, which no JSON holds, is taken as it is.
    """

    path: str | Path
    alt: str
    width: float | None = None


Content = ProseContent | LinkContent | PictureContent | None


class Contents:
    """Every content of one filling, in the order in which the template asked for it."""

    def __init__(self) -> None:
        self._contents: list[Content] = []

    def __getitem__(self, index: int) -> Content:
        """The content behind mark `index`; None for one that is empty, or that nobody made."""
        return self._contents[index] if index < len(self._contents) else None

    @property
    def filters(self) -> Mapping[str, Callable[..., Any]]:
        """What a template can call."""
        return {"prose": self._prose, "point": self._point, "link": self._link, "picture": self._picture}

    def _mark(self, content: Content) -> Markup:
        self._contents.append(content)
        return Markup(f"{_OPEN}{len(self._contents) - 1}{_CLOSE}")  # noqa: S704  # holds nothing but a number

    def _prose(self, value: Any, level: int | None = None) -> Markup:
        """Markdown as Word paragraphs, lists and tables."""
        return self._markdown(value, level, point=False)

    def _point(self, value: Any, level: int | None = None) -> Markup:
        """As `prose`, for a single recommendation or resolution: its further paragraphs have no number of their own."""
        return self._markdown(value, level, point=True)

    def _markdown(self, value: Any, level: int | None, *, point: bool) -> Markup:
        if level is not None and not 1 <= level <= 6:
            raise FilterError("level takes a number from 1 to 6")
        if value is None or value == "":
            return self._mark(None)
        if not isinstance(value, str | Prose):
            raise FilterError("prose takes a text")
        prose = value if isinstance(value, Prose) else parse_prose(value)
        return self._mark(ProseContent(prose, level, point) if prose else None)

    def _link(self, text: Any, target: Any = None) -> Markup:
        """Words that lead to `target`; without one, an address that leads to itself."""
        if text is None or text == "":
            return self._mark(None)
        words = str(text)
        address = str(target or text)
        if "@" in address and ":" not in address:
            address = f"mailto:{address}"
        if not address.lower().startswith((*LINK_SCHEMES, "packgen:")):
            raise FilterError(f"a link cannot lead to {address!r}; it has to begin with https:// or mailto:")
        return self._mark(LinkContent(words, address))

    def _picture(self, path: Any, width_mm: float | None = None, alt: Any = None) -> Markup:
        """A PNG or JPEG, `width_mm` wide."""
        if path is None or path == "":
            return self._mark(None)
        if not isinstance(alt, str) or not alt.strip():
            raise FilterError("picture needs alt='what the picture shows'")
        if width_mm is not None and not 1 <= width_mm <= 1000:
            raise FilterError("width_mm takes a number from 1 to 1000")
        if not isinstance(path, str | Path):
            raise FilterError("picture takes the path of a PNG or JPEG")
        return self._mark(PictureContent(path, alt.strip(), width_mm))
