"""What authors' files hold besides what is seen in them.

Takes an Office file; gives everything in it that its author may not know to be there, with its place: hidden sheets,
rows, columns and slides, notes of speakers, comments, hidden text, cut-off parts of pictures, links to other files.
Such a file is refused, unless the officer has looked at it and said in the pack why that does no harm. Never changes a
file.
"""

from packgen.hygiene.look import check_drawn, check_hygiene

__all__ = ["check_drawn", "check_hygiene"]
