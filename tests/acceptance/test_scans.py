"""Packs of large scans: every picture comes through as it was, and memory does not grow with them."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image

from tests.conftest import REPORT, Packgen, write_pack

WIDE, HIGH = 1800, 2400
CAMERA, _MAKE = "Harrowcam 7", 0x010F
LARGE = 9_000_000


@pytest.fixture(scope="module")
def noise() -> bytes:
    notes = Image.Exif()
    notes[_MAKE] = CAMERA
    target = io.BytesIO()
    Image.effect_noise((WIDE, HIGH), 90).save(target, "JPEG", quality=90, exif=notes)
    return target.getvalue()


def scan(file: Path, coded: bytes, least: int) -> None:
    """A PDF of scanned pages that is at least as large as asked for; each page has a picture of its own."""
    with pikepdf.new() as opened:
        for number in range(-(-least // len(coded))):
            # A comment before the pixels tells the pictures apart.
            own = coded[:2] + b"\xff\xfe\x00\x0a%08d" % number + coded[2:]
            shown = pikepdf.Stream(
                opened, own, Type=Name.XObject, Subtype=Name.Image, Width=WIDE, Height=HIGH, BitsPerComponent=8,
                ColorSpace=Name.DeviceGray, Filter=Name.DCTDecode,
            )  # fmt: skip
            page = opened.add_blank_page(page_size=(595, 842))
            page.obj.Resources = Dictionary(XObject=Dictionary(P=opened.make_indirect(shown)))
            page.contents_add(b"q 595 0 0 842 0 0 cm /P Do Q")
        opened.save(file)


def pack_of_scans(folder: Path, coded: bytes, count: int, least: int) -> Path:
    write_pack(
        folder,
        published="2026-09-09",
        items=[
            {"title": "Trees", "documents": [{"data": "items/01.json"}]},
            *(
                {
                    "title": f"Scan {number}",
                    "documents": [{"file": f"attachments/{number}.pdf", "title": f"Scan {number}", "alt": "A scan"}],
                }
                for number in range(count)
            ),
        ],
        files={"items/01.json": REPORT | {"title": "Trees"}},
    )
    (folder / "attachments").mkdir()
    for number in range(count):
        scan(folder / "attachments" / f"{number}.pdf", coded, least)
    return folder


def pixels_of(file: Path) -> Iterator[bytes]:
    """Of each picture of a file, in the order of pages, a digest of what stands behind its notes."""
    with pikepdf.open(file) as opened:
        for page in opened.pages:
            for picture in page.get_images().values():
                coded = picture.read_raw_bytes()
                yield hashlib.sha256(coded[coded.index(b"\xff\xda") :]).digest()


def files_of(folder: Path) -> dict[str, str]:
    """SHA-256 of everything that was built, by path."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != "manifest.json"
    }


def test_scans_come_through_as_they_were(packgen: Packgen, tmp_path: Path, noise: bytes) -> None:
    pack = pack_of_scans(tmp_path / "scans", noise, 3, LARGE)
    built = packgen("build", pack, "--out", tmp_path / "out", "--jobs", "2")
    assert built.code == 0, built.err
    public = tmp_path / "out" / "scans" / "public"
    sources = [list(pixels_of(pack / "attachments" / f"{number}.pdf")) for number in range(3)]
    assert list(pixels_of(public / "agenda-pack.pdf")) == [each for source in sources for each in source]
    items = sorted((public / "items").glob("*scan*.pdf"))
    assert [list(pixels_of(item)) for item in items] == sources
    first = next(iter(pixels_of(items[0])))
    assert first in sources[0]

    assert CAMERA.encode() in (pack / "attachments" / "0.pdf").read_bytes()
    assert not any(CAMERA.encode() in file.read_bytes() for file in public.rglob("*.pdf"))

    manifest = json.loads((tmp_path / "out" / "scans" / "manifest.json").read_text(encoding="utf-8"))
    written = files_of(tmp_path / "out" / "scans")
    assert {name: digest for name, digest in manifest["outputs"].items() if name.endswith(".pdf")} == {
        name: digest for name, digest in written.items() if name.endswith(".pdf")
    }
    megabytes = (public / "agenda-pack.pdf").stat().st_size / 1e6
    page = (public / "agenda.html").read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    assert f"{megabytes:.1f} MB" in page

    # Again, with what is remembered; after a change; and from nothing, by one process: the same bytes.
    assert packgen("build", pack, "--out", tmp_path / "out").code == 0
    assert files_of(tmp_path / "out" / "scans") == written
    (pack / "items" / "01.json").write_text(json.dumps(REPORT | {"title": "Trees and Hedges"}), encoding="utf-8")
    assert packgen("build", pack, "--out", tmp_path / "out").code == 0
    assert packgen("build", pack, "--out", tmp_path / "anew", "--jobs", "1").code == 0
    assert files_of(tmp_path / "out" / "scans") == files_of(tmp_path / "anew" / "scans") != written
    kept = sum(file.stat().st_size for file in (tmp_path / "out" / ".cache").rglob("*") if file.is_file())
    assert kept < LARGE / 2

    published = packgen("publish", pack, "--out", tmp_path / "out")
    assert published.code == 0, published.err
    frozen = next((pack / "published").glob("*/public/agenda-pack.pdf"))
    assert list(pixels_of(frozen)) == [each for source in sources for each in source]


def test_a_scan_that_is_damaged_is_told_of_and_nothing_is_lost(packgen: Packgen, tmp_path: Path, noise: bytes) -> None:
    pack = pack_of_scans(tmp_path / "scans", noise, 2, LARGE)
    assert packgen("build", pack, "--out", tmp_path / "out").code == 0
    before = files_of(tmp_path / "out" / "scans")
    file = pack / "attachments" / "1.pdf"
    file.write_bytes(file.read_bytes()[: LARGE // 2])
    built = packgen("build", pack, "--out", tmp_path / "out", "--force", "--jobs", "2")
    assert built.code != 0
    assert "$.items[2].documents[0].file: this file is damaged" in built.err
    assert packgen("build", pack, "--out", tmp_path / "out", "--force", "--jobs", "1").err == built.err
    assert files_of(tmp_path / "out" / "scans") == before


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="counts memory as Linux does")
def test_memory_does_not_grow_with_scans(tmp_path: Path, noise: bytes) -> None:
    peaks = []
    for name, least in (("small", 2_000_000), ("large", 120_000_000)):
        pack = pack_of_scans(tmp_path / name, noise, 1, least)
        command = [sys.executable, "-m", "packgen", "build", pack, "--out", tmp_path / "out", "--jobs", "1"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        peaks.append(max(own_memory_of(process)))
        assert process.returncode == 0
    small, large = peaks
    assert large < small + 40, f"{large:.0f} MB for a pack of 120 MB, {small:.0f} MB for one of 2 MB"


def own_memory_of(process: subprocess.Popen[bytes]) -> Iterator[float]:
    """Megabytes that a process has for itself, without files that it reads where they lie, again and again."""
    while process.poll() is None:
        with suppress(OSError):
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
            yield sum(int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon")) / 1000
        time.sleep(0.005)
