"""Structure for pages that came without: paragraphs and pictures in the order in which they are read.

Takes untagged pages; gives what is on them and their content with marks. Claims no more than it sees: lists are lists,
but a heading is a paragraph here, and a table is its cells, row after row.
"""

from packgen.merge.untagged.reading import Held, ReadElement, ReadPage, read_untagged

__all__ = ["Held", "ReadElement", "ReadPage", "read_untagged"]
