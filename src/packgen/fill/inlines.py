"""What stands inside a line, as Word runs.

Takes inlines of prose and the formatting of the run they replace; gives runs and links. Never makes a paragraph,
but for those of footnotes, which it hands to the footnotes part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct

from packgen.errors import InvalidPackError, Problem
from packgen.fill.styles import Styles
from packgen.fill.xml import RUN_PROPERTIES, copy_of, element, put, qualified, text_element
from packgen.prose.check import LINK_SCHEMES
from packgen.prose.tree import (
    Code,
    Emphasis,
    FootnoteReference,
    Inline,
    InlinePicture,
    LineBreak,
    Link,
    Strong,
    Text,
)


class Drawing(Protocol):
    """Makes the `w:drawing` of a picture for one part of the document."""

    def __call__(self, path: str | Path, alt: str, *, width: int, height: int, wanted: float | None = None) -> Any: ...


class Story(Struct, frozen=True):
    """What one part of a document (its body, a header, the footnotes) offers to the content put into it.

    `link` gives the relationship for an address. `footnote` makes a footnote and gives its identifier; None where
    there can be none. `draw` makes a picture; None where there can be none. Sizes are in twentieths of a point.
    """

    styles: Styles
    link: Callable[[str], str]
    footnote: Callable[[FootnoteReference], int] | None = None
    draw: Drawing | None = None
    name: str = "document"


class RunStyle(Struct, frozen=True):
    """How the runs of one line look: Word's own properties, and the largest size of a picture among them."""

    properties: Any = None
    width: int = 0
    height: int = 0


def runs(inlines: Sequence[Inline], style: RunStyle, story: Story) -> list[Any]:
    """Runs and links for inlines, in order."""
    made: list[Any] = []
    for inline in inlines:
        match inline:
            case Text() | Code():
                made.append(run(style, text_element(inline.text)))
            case Strong():
                made.extend(runs(inline.inlines, with_property(style, element("w:b")), story))
            case Emphasis():
                made.extend(runs(inline.inlines, with_property(style, element("w:i")), story))
            case LineBreak():
                made.append(run(style, element("w:br")))
            case Link():
                made.append(_link(inline, style, story))
            case InlinePicture():
                made.append(picture_run(inline.path, inline.alt, style, story))
            case FootnoteReference():
                made.append(_footnote_mark(inline, style, story))
    return made


def run(style: RunStyle, *children: Any) -> Any:
    """A `w:r` that looks like `style`."""
    return element("w:r", copy_of(style.properties), *children)


def with_property(style: RunStyle, *properties: Any) -> RunStyle:
    """The same style with properties added."""
    changed = element("w:rPr") if style.properties is None else copy_of(style.properties)
    for each in properties:
        put(changed, each, RUN_PROPERTIES)
    return RunStyle(changed, style.width, style.height)


def link_runs(inlines: Sequence[Inline], target: str, style: RunStyle, story: Story, title: str | None = None) -> Any:
    """A `w:hyperlink` around inlines."""
    identifier = story.styles.need("character", "Hyperlink", used_for="a link")
    linked = with_property(style, element("w:rStyle", val=identifier)) if identifier else style
    made = element("w:hyperlink", *runs(inlines, linked, story))
    made.set(qualified("r:id"), story.link(target.replace(" ", "%20")))
    if title:
        made.set(qualified("w:tooltip"), title)
    return made


def picture_run(path: str | Path, alt: str, style: RunStyle, story: Story, *, wanted: float | None = None) -> Any:
    """A run that holds a picture, `wanted` millimetres wide if given."""
    if story.draw is None:
        raise InvalidPackError(
            Problem(code="prose.picture-place", message=f"the picture {path} cannot stand in the {story.name}")
        )
    return run(style, story.draw(path, alt, width=style.width, height=style.height, wanted=wanted))


def _link(link: Link, style: RunStyle, story: Story) -> Any:
    if not link.target.lower().startswith((*LINK_SCHEMES, "packgen:")):
        hint = "write the whole address, beginning with https:// or mailto:"
        message = f"the link to {link.target} leads nowhere from a PDF"
        raise InvalidPackError(Problem(code="prose.link-target", message=message, hint=hint))
    return link_runs(link.inlines, link.target, style, story, link.title)


def _footnote_mark(footnote: FootnoteReference, style: RunStyle, story: Story) -> Any:
    if story.footnote is None:
        message = f"a footnote cannot stand in the {story.name}"
        raise InvalidPackError(Problem(code="prose.footnote-place", message=message))
    identifier = story.styles.need("character", "Footnote Reference", used_for="a footnote")
    marked = with_property(style, element("w:rStyle", val=identifier))
    return run(marked, element("w:footnoteReference", id=story.footnote(footnote)))
