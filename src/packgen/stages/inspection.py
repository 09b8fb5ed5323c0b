"""Stage 8: the finished packs are read back before anybody sees them."""

from __future__ import annotations

from collections.abc import Sequence

from packgen.model import Pack
from packgen.stages.merging import MergedPack


def inspect_packs(pack: Pack, packs: Sequence[MergedPack]) -> None:
    """Inspects every pack."""
