"""What can be found, and what is said of it."""

from __future__ import annotations

from msgspec import Struct


class Found(Struct, frozen=True):
    """Something that is not seen: its `kind`, a key of `KINDS`, and where it is."""

    kind: str
    place: str


class Kind(Struct, frozen=True):
    """What is said of one kind of such things, and how they are taken out."""

    message: str
    hint: str


KINDS = {
    "hidden-sheets": Kind("a hidden sheet with data is in it", "right-click a tab, Unhide; delete the sheet"),
    "hidden-rows": Kind(
        "hidden rows with data are in it", "in Excel: File, Info, Inspect Document; remove hidden rows"
    ),
    "hidden-columns": Kind(
        "hidden columns with data are in it", "in Excel: File, Info, Inspect Document; remove hidden columns"
    ),
    "comments": Kind("comments are in it", "delete all comments (tab Review)"),
    "speaker-notes": Kind(
        "notes for the speaker are in it", "in PowerPoint: File, Info, Inspect Document; remove presentation notes"
    ),
    "hidden-slides": Kind("a hidden slide is in it", "delete the slide"),
    "hidden-text": Kind("hidden text is in it", "in Word: File, Info, Inspect Document; remove hidden text"),
    "cropped-pictures": Kind(
        "a picture is cut, and what was cut off is still in it",
        "select the picture; Picture Format, Compress Pictures, delete cropped areas",
    ),
    "external-links": Kind(
        "it takes data, pictures or a template from elsewhere",
        "in Excel: Data, Edit Links, Break Link; in Word: File, Info, Edit Links to Files, Break Link",
    ),
    "tracked-changes": Kind(
        "changes in it are still tracked, and what was deleted is still in it",
        "accept or reject all changes (tab Review)",
    ),
    "remarks": Kind(
        "somebody has written remarks on its pages, or marked words in it",
        "delete them in a PDF reader, or save the PDF anew from the program that made it",
    ),
    "form-values": Kind(
        "a form in it is filled in",
        "if that is meant to be read, print it to a PDF; else empty the form",
    ),
    "hidden-layers": Kind(
        "a layer of it is switched off, and what is on it can be made visible",
        "take the layer out in the program that made the PDF",
    ),
    "outside-the-page": Kind(
        "words stand outside of what is seen of a page, where it was cropped",
        "print it to a PDF, which leaves out what is not seen",
    ),
    "covered-words": Kind(
        "words that nobody sees can be copied out of it: they lie under a box, or have the colour of the page",
        "redact it with a program that takes the words out, not with boxes drawn over them",
    ),
    "unreadable-parts": Kind(
        "part of it cannot be read, so that nobody can tell what it holds",
        "open it in the program that made it, and save it again",
    ),
    "embedded-objects": Kind("another file is embedded in it", "put a picture of it in its place, or delete it"),
}
"""By the names that officers write under `acknowledged`."""
