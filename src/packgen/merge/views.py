"""Where bookmarks and links of the finished pack lead, as PDF has it. Takes pages of the pack; never changes them."""

from __future__ import annotations

from pikepdf import Array, Name, Object

from packgen.merge.values import JoinedPage, View


def view_array(page: Object, view: View) -> Object:
    """The destination as an array that PDF understands; `page` is the page in the finished pack."""
    return Array([page, *(Name(part) if isinstance(part, str) else part for part in view)])


def view_text(page_number: int, view: View) -> bytes:
    """The same as text; `page_number` is that of the object that the page is."""
    return b"[ %d 0 R %s ]" % (page_number, b" ".join(map(_part_text, view)))


def _part_text(part: str | float | None) -> bytes:
    if part is None:
        return b"null"
    # In figures, never with an exponent (ISO 32000-1, 7.3.3).
    written = part if isinstance(part, str) else f"{part:.4f}".rstrip("0").rstrip(".")
    return written.encode("ascii")


def top_of(joined: JoinedPage) -> Object:
    """The upper left corner of a page as it is seen, at whatever magnification the reader has chosen."""
    return view_array(joined.page, top_view(joined))


def top_view(joined: JoinedPage) -> View:
    """How that corner is shown."""
    left, top = joined.frame.place(0, joined.frame.height)
    return ("/XYZ", round(left, 2), round(top, 2), None)
