"""Joins a folder of tagged PDFs as a command: by packgen (stamped, bookmarked, read back), or only with pikepdf.

    python -m benchmarks.joining packgen|pikepdf FOLDER [COUNT]

Prints the seconds that it took, without those for starting, and the pages. The words of each document are known to
packgen, as they are in a build, where they were read when it was drawn; and everything is loaded that a process of a
build has loaded. Other processes read pages, as they do in a build of a new pack of that length.
"""

from __future__ import annotations

import datetime as dt
import gc
import io
import os
import sys
import time
from importlib import import_module
from pathlib import Path

_NEW_OBJECTS = 100_000
"""How seldom packgen's commands look for dead objects (`packgen.cli`)."""


def packgen(files: list[Path]) -> None:
    gc.set_threshold(_NEW_OBJECTS)
    import pikepdf

    from packgen.cli.building import usable_processors
    from packgen.convert.proof import page_texts
    from packgen.inspect import Expected
    from packgen.model import DocumentLength, MergeRequest, Numbering, OutlineItem, PackMetadata, PdfPart
    from packgen.paginate import paginate
    from packgen.stages.merging import MOST_HELPERS, VERY_LONG, JoiningTask, join_in_turn

    import_module("packgen.stages.preload")
    pdfs = {file.stem: file.read_bytes() for file in files}
    lengths = []
    for name, data in pdfs.items():
        with pikepdf.open(io.BytesIO(data)) as opened:
            lengths.append(DocumentLength(name, len(opened.pages)))
    request = MergeRequest(
        plan=paginate(0, lengths, Numbering()),
        parts={name: PdfPart(document_id=name, title=name, pdf=data) for name, data in pdfs.items()},
        outline=[OutlineItem(title=name, target=name, headings_of=name) for name in pdfs],
        links={},
        metadata=PackMetadata(
            title="A pack", author="A council", subject="A meeting", language="en-GB",
            created=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        ),
    )  # fmt: skip
    expected = Expected(
        request.plan,
        name="pack.pdf",
        titles={name: [name] for name in pdfs},
        outline=request.outline,
        sources={name: page_texts(data) for name, data in pdfs.items()},
    )
    helpers = min(usable_processors() - 1, MOST_HELPERS) if len(request.plan.pages) >= VERY_LONG else 0
    started, worked = time.perf_counter(), _processor_time()
    join_in_turn([JoiningTask(request, expected, "pack", helpers=helpers)])
    print(time.perf_counter() - started, len(request.plan.pages), _processor_time() - worked)


def _processor_time() -> float:
    """Seconds that processors have worked for this process and those that it started, as far as these have ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def untagged(files: list[Path]) -> None:
    import pikepdf

    started = time.perf_counter()
    with pikepdf.new() as pack:
        for file in files:
            with pikepdf.open(file) as source:
                pack.pages.extend(source.pages)
        pack.save(io.BytesIO(), object_stream_mode=pikepdf.ObjectStreamMode.generate)
        print(time.perf_counter() - started, len(pack.pages))


if __name__ == "__main__":
    how, folder, *count = sys.argv[1:]
    chosen = sorted(Path(folder).glob("*.pdf"))[: int(count[0]) if count else None]
    {"packgen": packgen, "pikepdf": untagged}[how](chosen)
