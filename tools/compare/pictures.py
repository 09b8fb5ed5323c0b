"""Pages of both drawings side by side: ours on the left, LibreOffice's on the right.

Takes comparisons; writes PNG files.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image
from tools.compare.comparing import Comparison

_SCALE = 0.8  # pixels a point
_GAP, _GROUND = 12, "#8a949b"


def worst_pages(comparisons: Sequence[Comparison], count: int) -> list[tuple[Comparison, int]]:
    """The page with the fewest words in place of each of the `count` documents that have the worst one."""
    found: list[tuple[float, Comparison, int]] = []
    for each in comparisons:
        if each.agreement is None or not each.agreement.by_page:
            continue
        shares = [page.share for page in each.agreement.by_page]
        found.append((min(shares), each, shares.index(min(shares))))
    found.sort(key=lambda worst: (worst[0], worst[1].source.name))
    return [(each, index) for share, each, index in found[:count] if share < 1]


def write_pair(comparison: Comparison, page_index: int, file: Path) -> None:
    """Writes the page at `page_index` of both drawings; one that has no such page is left grey."""
    pages = [_page(pdf, page_index) for pdf in (comparison.ours, comparison.theirs)]
    shown = [page for page in pages if page is not None]
    width, height = max(page.width for page in shown), max(page.height for page in shown)
    sheet = Image.new("RGB", (2 * width + _GAP, height), _GROUND)
    for place, page in enumerate(pages):
        if page is not None:
            sheet.paste(page, (place * (width + _GAP), 0))
    sheet.quantize(32).save(file, optimize=True)


def _page(pdf: bytes, index: int) -> Image.Image | None:
    document = pypdfium2.PdfDocument(pdf)
    try:
        if index >= len(document):
            return None
        return document[index].render(scale=_SCALE).to_pil().convert("RGB")
    finally:
        document.close()
