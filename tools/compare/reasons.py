"""Why documents differ from LibreOffice's drawing, where that is known. Each reason was found by drawing small files.

By the name of a document; the reason is what the report says of it.
"""

from __future__ import annotations

REASONS: dict[str, str] = {
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
