"""Paper: size, margins, columns, borders round pages and numbers beside lines, as values. Lengths are points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class PageSetup:
    """Paper and margins of a section. `header` and `footer` are the distances of both from the paper's edges."""

    width: float = 595.3
    height: float = 841.9
    top: float = 72.0
    right: float = 72.0
    bottom: float = 72.0
    left: float = 72.0
    header: float = 35.4
    footer: float = 35.4
    vertical: Literal["top", "centre", "bottom"] = "top"


@dataclass(frozen=True, slots=True)
class Columns:
    widths: tuple[float, ...] = ()
    count: int = 1
    gap: float = 36.0
