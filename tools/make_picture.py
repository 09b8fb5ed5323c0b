"""The picture in the README: three pages of a built pack side by side.

Run as `python -m tools.make_picture` after the templates or the 2019 pack have changed. Builds the pack into a
temporary folder and writes `docs/pack.png`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

REPOSITORY = Path(__file__).resolve().parents[1]
PACK = "2019-03-04-safe-and-strong-communities"
SHOWN = (("Agenda", 0), ("Domestic Homicide Reviews and Emerging Themes", 0), ("Work Programme 2018/19", 1))
HEIGHT, GAP, GROUND, EDGE = 620, 18, "#e6ebee", "#8a949b"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "packgen", "build", str(REPOSITORY / "packs" / PACK), "--out", folder]
        subprocess.run(command, check=True)
        public = Path(folder) / PACK / "public"
        page_map = json.loads((public / "page-map.json").read_text(encoding="utf-8"))
        document = pypdfium2.PdfDocument((public / "agenda-pack.pdf").read_bytes())
        pages = [_drawn(document, _first(page_map, title) + place) for title, place in SHOWN]
        document.close()
    width = sum(page.width for page in pages) + GAP * (len(pages) + 1)
    sheet = Image.new("RGB", (width, HEIGHT + 2 * GAP), GROUND)
    at = GAP
    for page in pages:
        sheet.paste(page, (at, GAP))
        at += page.width + GAP
    sheet.quantize(64).save(REPOSITORY / "docs" / "pack.png", optimize=True)


def _first(page_map: dict[str, list[dict[str, object]]], title: str) -> int:
    return next(int(str(page["index"])) for page in page_map["pages"] if page["document"] == title)


def _drawn(document: pypdfium2.PdfDocument, index: int) -> Image.Image:
    page = document[index]
    scale = (HEIGHT - 2) / page.get_height()
    return ImageOps.expand(page.render(scale=scale).to_pil().convert("RGB"), 1, EDGE)


if __name__ == "__main__":
    main()
