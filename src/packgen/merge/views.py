"""Where bookmarks and links of the finished pack lead, as PDF has it. Takes pages of the pack; never changes them."""

from __future__ import annotations

from pikepdf import Array, Name, Object

from packgen.merge.values import JoinedPage, View


def view_array(page: Object, view: View) -> Object:
    """The destination as an array that PDF understands; `page` is the page in the finished pack."""
    return Array([page, *(Name(part) if isinstance(part, str) else part for part in view)])


def top_of(joined: JoinedPage) -> Object:
    """The upper left corner of a page as it is seen, at whatever magnification the reader has chosen."""
    left, top = joined.frame.place(0, joined.frame.height)
    return view_array(joined.page, ("/XYZ", round(left, 2), round(top, 2), None))
