"""Why documents differ from LibreOffice's drawing, where that is known. Each reason was found by drawing small files.

By the name of a document; the reason is what the report says of it.
"""

from __future__ import annotations

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
    "pictures-anchored": (
        "Where a picture pushes down the first line of a paragraph, LibreOffice leaves the space above "
        "that paragraph a second time, under the picture; Word does not."
    ),
    "pictures-in-the-line": (
        "LibreOffice leaves the room that a turned picture needs twice; in Word it takes the height of "
        "the turned picture. LibreOffice also forgets the descent of a line that has only pictures and "
        "blanks."
    ),
    "characters-together": (
        "LibreOffice raises text by a seventh more than its run says, and takes the space of a multiple from the last "
        "run of each line, where Word takes it from the tallest; each adds up over the pages."
    ),
    "characters-symbols": (
        "Neither has Word's symbol fonts, and signs are as wide as those of the fonts that stand in for them."
    ),
    "styles-toggles": (
        "Bold, italics and capitals that both the paragraph's and the character's style turn on cancel out in Word "
        "(ECMA-376, 17.7.3); LibreOffice keeps them."
    ),
    "sections-turned": (
        "LibreOffice tears rows of one line at the foot of a page: the line stays, and an empty strip for the space "
        "below it opens the next page."
    ),
    "styles-inheritance": (
        "LibreOffice ends justified lines of 11.5 pt up to a point short of the margin; words in them stand a little "
        "further left than where the line is full."
    ),
    "paragraphs-contents-lines-indented": (
        "Numbers of pages stand at a stop behind the right indent, as in Word; LibreOffice does not draw them."
    ),
    "paragraphs-line-height": (
        "At the head of a page LibreOffice leaves out the space that larger letters on the first line put above it."
    ),
    "budget-monitoring-report": (
        "A row whose last space is wider than what is left of the page stays here, and goes on in LibreOffice."
    ),
    "table-styles-of-word": (
        "Behind a page break within a table LibreOffice leaves the lines between rows out of the rows' height."
    ),
    "table-borders-and-shading": (
        "LibreOffice tears a row of one line at the foot of a page and repeats the heading over an empty strip."
    ),
    "table-turned-text-and-heights": "LibreOffice cuts off the words that do not fit a row of an exact height.",
    "committee-timetable": "Turned text stands 1.7 pt further left: the space under its line counts in the centring.",
    "styles-direct-formatting": "One line is full to a tenth of a point, and ends a word sooner in LibreOffice.",
}
