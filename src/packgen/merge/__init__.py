"""Joins documents into one pack: pages, tags, links, bookmarks, page labels, stamps; cleaned of what acts or hides.

Takes PDFs as bytes with a page plan; gives the finished PDF as bytes and what an officer should know of it. Never
writes a file. `pack.merge` lists the steps in their order; `attachment.read_attachment` looks at one author's file
before, `prepare.prepare` makes it ready.
"""

from packgen.merge.attachment import PdfFacts, read_attachment
from packgen.merge.pack import merge
from packgen.merge.prepare import joined, prepare
from packgen.merge.values import MergedPdf, Removal

__all__ = ["MergedPdf", "PdfFacts", "Removal", "joined", "merge", "prepare", "read_attachment"]
