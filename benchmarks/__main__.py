"""Runs the cases, prints a table, and writes it into `docs/performance.md` if asked to."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from benchmarks import cases
from benchmarks.cases import ROOT, Line

PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- table -->", "<!-- end of table -->"
LEAST = {"2022 pack, cold": 1.0, "2022 pack, one word changed": 2.0}
MOST = {"pages": 100.0}
"""Ratios that are far off, and fail the short form: half of what is usual, as machines shared with others waver."""


def main() -> int:
    arguments = argparse.ArgumentParser(prog="python -m benchmarks")
    arguments.add_argument("--short", action="store_true", help="a minute; fails if a ratio is far off")
    arguments.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="packgen-benchmarks-") as name:
        lines = list(_told(_short(Path(name)) if asked.short else _long(Path(name))))
    table = as_table(lines)
    print(table)
    if asked.write:
        text = PAGE.read_text(encoding="utf-8")
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        PAGE.write_text(f"{before}{BEGIN}\n\n{machine()}\n\n{table}\n\n{END}{after}", encoding="utf-8")
    far_off = [line.what for line in lines if is_far_off(line)] if asked.short else []
    for what in far_off:
        print(f"far off: {what}", file=sys.stderr)
    return 1 if far_off else 0


def _short(folder: Path) -> Iterator[Line]:
    return chain(cases.builds(folder, 3, ("2022",)), cases.joining(folder, 3, (5,)))


def _long(folder: Path) -> Iterator[Line]:
    return chain(
        cases.builds(folder, 5, ("2019", "2022")),
        cases.small_commands(7),
        cases.joining(folder, 3, (1, 10, 50)),
        cases.scanned(folder, 5, 500),
        cases.many(folder, 200),
    )


def _told(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        print(f"{line.what}: {line.ours.seconds:.3f} s", file=sys.stderr)
        yield line


def is_far_off(line: Line) -> bool:
    ratio = line.ratio
    if ratio is None:
        return False
    return ratio < LEAST.get(line.what, 0) or (line.slower and "pages" in line.what and ratio > MOST["pages"])


def as_table(lines: Iterable[Line]) -> str:
    rows = [
        "| What | packgen | Pages a second | Work a page | Peak memory | Held against | It took | Ratio | Wanted |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for line in lines:
        memory = f"{line.ours.megabytes:.0f} MB" if line.ours.megabytes else ""
        pages = f"{line.pages / line.ours.seconds:,.0f}" if line.pages else ""
        work = f"{line.ours.worked / line.pages * 1000:.1f} ms" if line.ours.worked else ""
        other = f"{line.other.seconds:.2f} s" if line.other else ""
        ratio = f"{line.ratio:.1f} times as {'slow' if line.slower else 'fast'}" if line.ratio else ""
        took = f"{line.ours.seconds:.2f} s"
        cells = (line.what, took, pages, work, memory, line.against, other, ratio, line.wanted)
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def machine() -> str:
    """What the figures were measured on."""
    return (
        f"Measured with Python {platform.python_version()} on {platform.system()}, {os.cpu_count()} processors "
        f"({platform.machine()}); medians of one run."
    )


if __name__ == "__main__":
    sys.exit(main())
