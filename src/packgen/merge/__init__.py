"""Joins documents into one pack: pages, tags, links, bookmarks, page labels, stamps; cleaned of what acts or hides.

Takes PDFs as bytes with a page plan; gives the finished PDF as bytes and what an officer should know of it. Never
writes a file. `pack.merge` lists the steps in their order; `attachment.read_attachment` looks at one author's file
before, `preparing.prepare` makes it ready.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packgen.merge.attachment import PdfFacts, count_pages, read_attachment
    from packgen.merge.pack import merge
    from packgen.merge.preparing import joined, prepare
    from packgen.merge.values import MergedPdf, Removal

__all__ = ["MergedPdf", "PdfFacts", "Removal", "count_pages", "joined", "merge", "prepare", "read_attachment"]

_MODULES = {
    "MergedPdf": "values", "PdfFacts": "attachment", "Removal": "values", "count_pages": "attachment",
    "joined": "preparing", "merge": "pack", "prepare": "preparing", "read_attachment": "attachment",
}  # fmt: skip


def __getattr__(name: str) -> object:
    """Import what is asked for (PEP 562): a pack whose parts are all ready needs the least of what is in this room."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
