"""What every part of the inspection gives where a finished pack is not as planned. Imports nothing."""

from __future__ import annotations

from msgspec import Struct


class Disagreement(Struct, frozen=True):
    """One thing that is not as planned: a short stable code, where, and what."""

    code: str
    message: str
    place: str | None = None
