"""Merging tagged documents against pikepdf merging them untagged: `python -m benchmarks.merge_tagged [PAGES]`.

Draws documents of the shipped packs until there are that many pages, each unlike the others; then merges them with
packgen (tags, bookmarks, labels, stamps) and with pikepdf alone, in turn, each in a process of its own, from the same
files to one file in memory. Prints medians, their ratio, and how much memory the process took at its most.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

PACKS = Path(__file__).resolve().parents[1] / "packs"
ROUNDS = 5


def draw(folder: Path, pages: int) -> None:
    """Draw documents into `folder` until they have so many pages."""
    from packgen.convert import bundled_fonts, convert_docx

    sources = sorted(folder.glob("*.docx"))
    first = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    drawn = count = 0
    while drawn < pages:
        source = sources[count % len(sources)]
        made = convert_docx(
            source.read_bytes(),
            name=source.name,
            fonts=bundled_fonts(),
            language="en-GB",
            created=first + dt.timedelta(days=count),
        )
        (folder / f"{count:04}.pdf").write_bytes(made.pdf)
        drawn += len(made.page_texts)
        count += 1


def merge_with_packgen(files: Sequence[bytes]) -> tuple[float, int]:
    """Seconds and pages."""
    import pikepdf

    from packgen.merge import merge
    from packgen.model import MergeRequest, PackMetadata, PagePlan, PdfPart, PlannedPage

    def request(pdfs: Sequence[bytes]) -> MergeRequest:
        parts: dict[str, PdfPart] = {}
        pages: list[PlannedPage] = []
        for number, pdf in enumerate(pdfs):
            name = f"document-{number}"
            parts[name] = PdfPart(document_id=name, title=name, pdf=pdf)
            with pikepdf.open(io.BytesIO(pdf)) as opened:
                count = len(opened.pages)
            for index in range(count):
                place = len(pages)
                pages.append(
                    PlannedPage(page_index=place, page_number=str(place + 1), document_id=name, source_index=index)
                )
        moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        metadata = PackMetadata(title="Pack", author="Council", subject="Meeting", language="en-GB", created=moment)
        return MergeRequest(plan=PagePlan(tuple(pages)), parts=parts, outline=(), links={}, metadata=metadata)

    merge(request(files[:1]))  # what is imported and read once
    wanted = request(files)
    started = time.perf_counter()
    merge(wanted)
    return time.perf_counter() - started, len(wanted.plan.pages)


def merge_with_pikepdf(files: Sequence[bytes]) -> tuple[float, int]:
    """Seconds and pages."""
    import pikepdf

    started = time.perf_counter()
    target = io.BytesIO()
    with pikepdf.new() as pack:
        for pdf in files:
            with pikepdf.open(io.BytesIO(pdf)) as source:
                pack.pages.extend(source.pages)
        pages = len(pack.pages)
        pack.save(target)
    return time.perf_counter() - started, pages


WAYS = {"packgen": merge_with_packgen, "pikepdf": merge_with_pikepdf}


def one(way: str, folder: Path) -> None:
    """Merge once, and print what it took as JSON."""
    seconds, pages = WAYS[way]([file.read_bytes() for file in sorted(folder.glob("*.pdf"))])
    print(json.dumps({"seconds": seconds, "pages": pages, "megabytes": _most_memory()}))


def _most_memory() -> float | None:
    """Megabytes that this process took at its most; not known on Windows."""
    if sys.platform == "win32":
        return None
    import resource

    taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return taken / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main(pages: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        out = folder / "built"
        packgen = [sys.executable, "-m", "packgen", "build"]
        packs = [str(pack.parent) for pack in PACKS.glob("*/pack.json")]
        subprocess.run([*packgen, *packs, "--out", str(out)], check=True, capture_output=True)
        for place, file in enumerate(sorted(out.glob("*/editable/*.docx"))):
            if not file.name.startswith("00-"):
                (folder / f"{place:02}-{file.name}").write_bytes(file.read_bytes())
        # In a process of its own, whose memory the others would otherwise be said to take.
        subprocess.run([sys.executable, "-m", "benchmarks.merge_tagged", "--draw", str(pages), str(folder)], check=True)
        runs: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
        for _ in range(ROUNDS):
            for way in WAYS:
                command = [sys.executable, "-m", "benchmarks.merge_tagged", "--one", way, str(folder)]
                told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
                runs[way].append(json.loads(told))
    medians = {way: statistics.median(run["seconds"] for run in of_way) for way, of_way in runs.items()}
    for way, of_way in runs.items():
        memory = max(run["megabytes"] or 0 for run in of_way)
        print(f"{way:8}  {of_way[0]['pages']:.0f} pages  {medians[way]:.2f} s (median of {ROUNDS})  {memory:.0f} MB")
    print(f"packgen takes {medians['packgen'] / medians['pikepdf']:.2f} times what pikepdf takes")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], Path(sys.argv[3]))
    elif sys.argv[1:2] == ["--draw"]:
        draw(Path(sys.argv[3]), int(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
