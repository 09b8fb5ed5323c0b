"""Joins documents into one pack: pages, tags, links, bookmarks, page labels, stamps; cleaned of what acts or hides.

Takes PDFs as bytes with a page plan; gives the finished PDF as bytes and what an officer should know of it. Never
writes a file. `pack.merge` lists the steps in their order.
"""

from packgen.merge.pack import merge
from packgen.merge.values import MergedPdf, Removal

__all__ = ["MergedPdf", "Removal", "merge"]
