"""Titles as file names: short, lower case, safe on Windows, Linux and the web."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 60


def slug(title: str) -> str:
    """`Children's Centre Visits` becomes `childrens-centre-visits`; a title without letters becomes `document`."""
    plain = unicodedata.normalize("NFKD", title.replace("’", "").replace("'", "")).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    name = "-".join(words)
    if len(name) > LONGEST:
        name = name[: LONGEST + 1].rpartition("-")[0] or name[:LONGEST]
    return name or "document"
