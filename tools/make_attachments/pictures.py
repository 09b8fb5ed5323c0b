"""The figures in two reports: learning themes as bars, and the steps from prison to supervision.

Takes nothing; gives PNG pictures as wide as a report's column.
"""

from __future__ import annotations

from tools.make_attachments.draw import png

_THEMES = (
    ("Sharing information between agencies", 12),
    ("Recognising and assessing risk", 11),
    ("Professional curiosity", 10),
    ("Mental health, alcohol and drugs together", 9),
    ("Controlling or coercive behaviour", 8),
    ("What friends and family knew", 6),
    ("Relatives who were carers", 6),
    ("Abuse of older people", 4),
)
_STEPS = (
    (
        "In prison",
        "At least six months before release, the MAPPA co\N{NON-BREAKING HYPHEN}ordinator is told of the case",
    ),
    ("MAPPA meeting", "Agencies agree the risk, the conditions of the licence and who leads"),
    ("Council told", "The Board’s chair tells the Director and one named officer"),
    ("On licence", "The specialist team supervises, with a review at least every eight weeks"),
)


def learning_themes() -> bytes:
    """In how many of 15 reviews each theme was found."""
    return png("pictures.typ", {"kind": "bars", "axis": "Number of reviews, out of 15", "items": _THEMES})


def notification() -> bytes:
    """Who is told, and when, before a person leaves prison on licence."""
    return png("pictures.typ", {"kind": "steps", "items": _STEPS})
