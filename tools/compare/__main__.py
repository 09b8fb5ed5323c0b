"""`python -m tools.compare` draws every document with both engines and reports how far they agree.

Without arguments it writes `docs/fidelity.md` and its pictures; `--out DIR` puts them elsewhere, with all PDFs, and
keeps in `DIR/office` what LibreOffice has drawn, so that it need not draw the same file again. Names after `--only`
choose documents. The exit code is 1 if a figure falls short of what is promised.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.compare.comparing import compared
from tools.compare.office import drawn_by_libreoffice, version
from tools.compare.pictures import worst_pages, write_pair
from tools.compare.report import markdown, percent, total
from tools.compare.sources import REPOSITORY, sources

_SHOWN = 6


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.compare", description=__doc__)
    parser.add_argument("--out", type=Path, help="where report, pictures and PDFs go; docs/ without it")
    parser.add_argument("--only", nargs="*", default=(), metavar="NAME", help="documents whose names hold one of these")
    arguments = parser.parse_args()
    folder = arguments.out or REPOSITORY / "docs"
    chosen = sources(arguments.only)
    kept = arguments.out / "office" if arguments.out else None
    comparisons = compared(chosen, drawn_by_libreoffice({each.name: each.docx for each in chosen}, kept))
    folder.mkdir(parents=True, exist_ok=True)
    pictures: list[tuple[str, str]] = []
    (folder / "fidelity").mkdir(exist_ok=True)
    for old in (folder / "fidelity").glob("*.png"):
        old.unlink()
    for number, (each, page_index) in enumerate(worst_pages(comparisons, _SHOWN), 1):
        file = f"fidelity/{number}.png"
        write_pair(each, page_index, folder / file)
        pictures.append((f"{each.source.name}, page {page_index + 1}", file))
    (folder / "fidelity.md").write_text(markdown(comparisons, version(), pictures), encoding="utf-8")
    if arguments.out:
        for each in comparisons:
            name = each.source.name.replace("/", "--")
            for kind, data in (("docx", each.source.docx), ("ours.pdf", each.ours), ("office.pdf", each.theirs)):
                (folder / f"{name}.{kind}").write_bytes(data)
    figures = total(comparisons)
    for each in comparisons:
        figure = each.agreement
        if figure is None:
            print(f"{each.source.name:60} refused: {each.refused[0]}")
        else:
            pages = f"{figure.pages[0]}/{figure.pages[1]}"
            tables = "" if figure.same_tables else " TABLES"
            print(f"{each.source.name:60} {pages:>7} {percent(figure.order)} {percent(figure.placed)}{tables}")
    print(figures)
    return 0 if figures.holds else 1


if __name__ == "__main__":
    sys.exit(main())
