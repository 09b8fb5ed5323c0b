"""What authors' files hold besides what is seen in them.

Takes an Office file or a PDF; gives everything in it that its author may not know to be there, with its place: what is
hidden, covered, cut off or switched off, remarks and tracked changes, ties to other files. Such a file is refused,
unless the officer has looked at it and said in the pack why that does no harm. Never changes a file.
"""

from packgen.hygiene.look import check_drawn, check_hygiene

__all__ = ["check_drawn", "check_hygiene"]
