"""What officers call a kind of Office file. Plain values that cost nothing to import."""

from __future__ import annotations

from msgspec import Struct


class FileWords(Struct, frozen=True):
    """What a file is, the program that makes it, and how its name ends."""

    what: str
    program: str
    suffix: str


WORD = FileWords("Word document", "Word", ".docx")
