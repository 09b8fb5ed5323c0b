"""What is measured: each case gives lines of the table."""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

from benchmarks.measure import PACKGEN, Measured, median, medians, run, run_timed

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = "docxtpl, LibreOffice, pypdf with reportlab: untagged, unchecked"
ONE = "the same, one document"
PACKS = {
    "2019": (ROOT / "packs" / "2019-03-04-safe-and-strong-communities", "items/05-prevent.json"),
    "2022": (ROOT / "packs" / "2022-10-24-safeguarding", "items/05-prevent-activity.json"),
}


@dataclass(frozen=True)
class Line:
    """A line of the table: what, how long it took, what it is held against, and how that ratio should be.

    `ratio` is how many times as fast packgen is as what it is held against, or, with `slower`, how many times as slow.
    """

    what: str
    ours: Measured
    against: str = ""
    other: Measured | None = None
    slower: bool = False
    wanted: str = ""
    pages: int = 0

    @property
    def ratio(self) -> float | None:
        if self.other is None:
            return None
        fast, slow = (self.other.seconds, self.ours.seconds) if self.slower else (self.ours.seconds, self.other.seconds)
        return slow / fast


def copied(pack: Path, folder: Path) -> Path:
    """A copy of a shipped pack with its council's settings, that may be changed."""
    shutil.copytree(pack, folder / pack.name)
    for name in ("packgen.toml", "logo.png"):
        shutil.copy(pack.parent / name, folder)
    return folder / pack.name


def change(pack: Path, file: str, word: str) -> None:
    """Changes one word of one text of a report."""
    path = pack / file
    value = json.loads(path.read_text(encoding="utf-8"))
    section = next(each for each in value["sections"] if isinstance(each.get("text"), str))
    section["text"] = re.sub(r"^(zz\w+ )?", f"zz{word} ", section["text"], count=1)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2), encoding="utf-8")


def builds(folder: Path, times: int, names: tuple[str, ...]) -> Iterator[Line]:
    """Cold builds and late changes of the shipped packs, and the same scripted."""
    for name in names:
        yield from _builds_of(name, folder, times)


def _builds_of(name: str, folder: Path, times: int) -> Iterator[Line]:
    source, file = PACKS[name]
    pack, out = copied(source, folder / name), folder / name / "out"
    numbers = count()

    def cold(*, memory: bool = False) -> Measured:
        shutil.rmtree(out, ignore_errors=True)
        return run([*PACKGEN, "build", pack, "--out", out], memory=memory)

    def late(*, memory: bool = False) -> Measured:
        change(pack, file, f"{next(numbers)}")
        return run([*PACKGEN, "build", pack, "--out", out], memory=memory)

    cold()
    filled = out / pack.name / "editable"
    scripted: list[str | Path] = [
        sys.executable,
        "-m",
        "benchmarks.baseline",
        filled,
        folder / name / "pdfs",
        folder / name / "pack.pdf",
    ]
    one = next(path.stem for path in sorted(filled.glob("*.docx")) if "prevent" in path.stem)
    built, whole = medians(times, cold, lambda *, memory=False: run(scripted, ROOT, memory=memory))
    changed, part = medians(times, late, lambda *, memory=False: run([*scripted, "--only", one], ROOT, memory=memory))
    pages = _pages(out / pack.name)
    yield Line(f"{name} pack, cold", built, SCRIPT, whole, wanted="at least 2.5", pages=pages)
    yield Line(f"{name} pack, one word changed", changed, ONE, part, wanted="at least 4", pages=pages)
    yield watching(pack, out, file, part, name)


def watching(pack: Path, out: Path, file: str, part: Measured, name: str, changes: int = 9) -> Line:
    """One word changed while `packgen watch` runs, from the change seen to the pack in place."""
    command = [*map(str, (*PACKGEN, "watch", pack, "--out", out)), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        seconds = []
        process.stdout.readline()
        for number in range(changes):
            time.sleep(1.0)
            change(pack, file, f"w{number}")
            seconds.append(json.loads(process.stdout.readline())["seconds"])
        process.terminate()
    return Line(
        f"{name} pack, one word changed, in watch",
        Measured(statistics.median(seconds)),
        ONE,
        part,
        wanted="at least 10",
    )


def small_commands(times: int) -> Iterator[Line]:
    """What people call without thinking of it."""
    source, _ = PACKS["2019"]
    told = median(times, lambda *, memory=False: run([*PACKGEN, "--version"], memory=memory))
    yield Line("packgen --version", told, wanted="under 0.25 s")
    checked = median(times, lambda *, memory=False: run([*PACKGEN, "validate", source], memory=memory))
    yield Line("validate, 2019 pack", checked, wanted="under 0.5 s")


def joining(folder: Path, times: int, sizes: tuple[int, ...]) -> Iterator[Line]:
    """Tagged pages joined, stamped, bookmarked and read back, beside pikepdf doing nothing but join."""
    papers = folder / "reports"
    run([sys.executable, "-m", "benchmarks.papers", "reports", papers, f"{max(sizes)}"], ROOT)
    for size in sizes:

        def joined(how: str, *, size: int = size, memory: bool = False) -> Measured:
            return run_timed([sys.executable, "-m", "benchmarks.joining", how, papers, str(size)], memory=memory)

        # What takes a moment is measured oftener.
        ours, floor = medians(times if size > 9 else 3 * times, partial(joined, "packgen"), partial(joined, "pikepdf"))
        pages = int(ours.printed.split()[1])
        yield Line(
            f"{pages:,} tagged pages", ours, "pikepdf, untagged", floor, slower=True,
            wanted="at most 4, under 500 MB", pages=pages,
        )  # fmt: skip


def scanned(folder: Path, times: int, megabytes: int) -> Iterator[Line]:
    """A pack of scans, beside a plain copy of its bytes to the disk."""
    pack = folder / "scans"
    run([sys.executable, "-m", "benchmarks.papers", "scans", pack, f"{megabytes}"], ROOT)
    out, copy = folder / "scanned", folder / "copy"

    def built(*, memory: bool = False) -> Measured:
        shutil.rmtree(out, ignore_errors=True)
        return run([*PACKGEN, "build", pack, "--out", out], memory=memory)

    def copied_plainly(*, memory: bool = False) -> Measured:  # noqa: ARG001  # copying takes none
        copy.unlink(missing_ok=True)
        return _copy(pack, copy)

    ours, floor = medians(times, built, copied_plainly)
    yield Line(
        f"{megabytes} MB of scans", ours, "a plain copy", floor, slower=True,
        wanted="at most 6, under 400 MB", pages=_pages(out / pack.name),
    )  # fmt: skip


def many(folder: Path, packs: int) -> Iterator[Line]:
    """Many packs with two jobs, beside two processes that share them."""
    source = ROOT / "examples" / "quickstart"
    for half in ("a", "b"):
        for number in range(packs // 2):
            shutil.copytree(source, folder / "many" / f"{half}{number}")
    named = str(folder / "many" / "{}*")
    alone = run([*PACKGEN, "build", named.format(""), "--out", folder / "m1", "--jobs", "1"])
    together = run([*PACKGEN, "build", named.format(""), "--out", folder / "m2", "--jobs", "2"])
    apart = _at_once(
        lambda half: run([*PACKGEN, "build", named.format(half), "--out", folder / f"m{half}", "--jobs", "1"])
    )
    gained, possible = alone.seconds - together.seconds, alone.seconds - apart.seconds
    share = f"{100 * gained / possible:.0f} % of the gain" if possible > 0 else "there is no gain here"
    yield Line(f"{packs} packs, one job", alone)
    yield Line(
        f"{packs} packs, two jobs", together, f"two processes ({share})", apart, slower=True, wanted="85 % of the gain"
    )


def _at_once(do: Callable[[str], object]) -> Measured:
    started = time.perf_counter()
    threads = [threading.Thread(target=do, args=(half,)) for half in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Measured(time.perf_counter() - started)


def _copy(pack: Path, target: Path) -> Measured:
    started = time.perf_counter()
    with target.open("wb") as copy:
        for file in sorted((pack / "attachments").iterdir()):
            with file.open("rb") as stream:
                shutil.copyfileobj(stream, copy)
        copy.flush()
        os.fsync(copy.fileno())
    return Measured(time.perf_counter() - started)


def _pages(built: Path) -> int:
    import pikepdf

    with pikepdf.open(built / "public" / "agenda-pack.pdf") as pack:
        return len(pack.pages)
