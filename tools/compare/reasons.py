"""Why documents differ from LibreOffice's drawing, where that is known. Each reason was found by drawing small files.

By the name of a document; the reason is what the report says of it.
"""

from __future__ import annotations

_HANGING_NOTES = (
    "The notes have a hanging indent and a blank behind their number. Word begins the text behind the blank; "
    "LibreOffice widens the number to the indent and puts the blank after it."
)
_ENDNOTES = "Word puts endnotes right behind the text; LibreOffice begins a page for them, with margins of its own."

REASONS: dict[str, str] = {
    "notes-tables": (
        "The identifiers of the notes do not follow the order of their marks, and LibreOffice gives the notes to other "
        "marks than Word; a note of another height stands on the first page."
    ),
    "notes-formats": (
        "LibreOffice numbers the notes of all sections as the last section says; in Word each section has its own way."
    ),
    "notes-endnotes": _ENDNOTES,
    "notes-both": _ENDNOTES,
    "quickstart/03-1-tree-planting-programme-2026-27": _HANGING_NOTES,
    "2019-03-04-safe-and-strong-communities/05-1-prevent": _HANGING_NOTES,
    "2022-10-24-safeguarding/04-1-report-on-action-to-prevent-future-deaths-following-the": _HANGING_NOTES,
    "2022-10-24-safeguarding/05-1-prevent-activity": _HANGING_NOTES,
    "pictures-anchored": (
        "Where a picture pushes down the first line of a paragraph, LibreOffice leaves the space above "
        "that paragraph a second time, under the picture; Word does not."
    ),
    "pictures-in-the-line": (
        "LibreOffice leaves the room that a turned picture needs twice; in Word it takes the height of "
        "the turned picture. LibreOffice also forgets the descent of a line that has only pictures and "
        "blanks."
    ),
}
