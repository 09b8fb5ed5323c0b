"""Damaged and odd files end in a pack or in a message that tells the place; the old output stands, whatever comes.

How many are tried of each kind stands in the environment (`PACKGEN_FUZZ`); those that once went wrong are in `seeds`
and always tried.
"""

from __future__ import annotations

import faulthandler
import io
import json
import os
import shutil
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from PIL import Image

from docx_parts import docx, field, listed, note_mark, notes, numbering, paragraph, picture, png, row, table, text_box
from packgen.deferred import setting_aside
from packgen.deferred.tokens import TOKEN
from packgen.errors import ExitCode
from packgen.hygiene.found import KINDS
from packgen.stages import documents
from pdf_parts import poisoned, report
from tests.conftest import REPORT, REPOSITORY, Packgen, Run, write_pack
from tests.fuzz.mutations import mutated_docx, mutated_json, mutated_pdf

EXAMPLES = int(os.environ.get("PACKGEN_FUZZ", "40"))
SEEDS = Path(__file__).parent / "seeds"
TOO_LONG = 90
"""Seconds; packgen's own limits are far below."""


few = settings(
    max_examples=EXAMPLES,
    # The pack's folder is the same for all examples, which is meant: each builds over what the last has left.
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
    database=None,
)
DATA = REPOSITORY / "examples" / "part-two"
WORD = docx(
    paragraph("Trees", '<w:pStyle w:val="Heading1"/>')
    + paragraph("The council plants trees.")
    + listed("Oak")
    + listed("Ash", 1)
    + f"<w:p>{note_mark(1)}{picture('A tree')}{text_box(paragraph('In a box'))}{field('PAGE', '1')}</w:p>"
    + table(row("Kind", "Number"), row("Oak", "12"), row("Ash", "3"))
    + table(row("One", "Two")),
    parts={
        "numbering": numbering(("decimal", "%1."), ("lowerLetter", "%2)")),
        "footnotes": notes("Counted in 2025."),
        "header1": paragraph("Head"),
        "settings": '<w:zoom w:percent="100"/>',
    },
    media={"rIdPicture": png()},
)


@pytest.fixture(autouse=True)
def not_for_ever() -> Iterator[None]:
    yield
    faulthandler.cancel_dump_traceback_later()


class Bench:
    """A pack that is built again and again, with one of its files changed."""

    def __init__(self, folder: Path, packgen: Packgen) -> None:
        self.folder, self.packgen, self.out = folder, packgen, folder.parents[1] / "out"
        assert self.build().code == ExitCode.DONE
        self.stands = self.standing()

    def build(self) -> Run:
        faulthandler.dump_traceback_later(TOO_LONG, exit=True, file=sys.__stderr__)
        return self.packgen("build", self.folder, "--out", self.out, "--jobs", "1", "--engine", "built-in")

    def standing(self) -> dict[str, tuple[int, int]]:
        """What stands as output, told by what any rewriting would change."""
        return {
            str(path): (path.stat().st_mtime_ns, path.stat().st_size)
            for path in sorted((self.out / self.folder.name).rglob("*"))
        }

    def try_many(self, name: str, files: SearchStrategy[bytes]) -> None:
        @few
        @given(files)
        def look(data: bytes) -> None:
            self.try_with(name, data)

        look()

    def try_with(self, name: str, data: bytes) -> Run:
        (self.folder / name).write_bytes(data)
        run = self.build()
        told = f"{run.code}\n{run.err}"
        assert "Traceback" not in run.err, told
        if run.code == ExitCode.DONE:
            self.stands = self.standing()
            assert any(path.endswith("agenda-pack.pdf") for path in self.stands), told
            written = (self.out / self.folder.name).rglob("*.pdf")
            assert not any(TOKEN.search(path.read_bytes()) for path in written), "pixels are missing"
        else:
            assert run.code in set(ExitCode) - {ExitCode.BUG}, told
            assert "error" in run.err.lower() and self.folder.name in run.err, told
            assert self.standing() == self.stands, "the old output is harmed"
        assert {path.name for path in self.out.iterdir()} <= {self.folder.name, ".cache", f".{self.folder.name}.lock"}
        return run


@pytest.fixture
def bench(tmp_path: Path, packgen: Packgen) -> Callable[[str, bytes], Bench]:
    def made(name: str, data: bytes) -> Bench:
        document = {
            "title": "Trees",
            "file": f"attachments/{name}",
            "acknowledged": dict.fromkeys(KINDS, "It is tried."),
        }
        items = [{"title": "Trees", "documents": [document]}]
        folder = write_pack(tmp_path / "packs" / "tried", items=items, files={f"attachments/{name}": data})
        return Bench(folder, packgen)

    return made


@pytest.mark.parametrize("seed", sorted(SEEDS.iterdir()), ids=lambda path: path.name)
def test_what_once_went_wrong(bench: Callable[[str, bytes], Bench], seed: Path) -> None:
    sound = WORD if seed.suffix == ".docx" else report("trees", 2)
    bench(f"trees{seed.suffix}", sound).try_with(f"attachments/trees{seed.suffix}", seed.read_bytes())


@pytest.mark.slow
@pytest.mark.parametrize("number", range(2))
def test_damaged_pdfs(bench: Callable[[str, bytes], Bench], number: int) -> None:
    sound = (report("trees", 2), poisoned("secret"))[number]
    tried = bench("trees.pdf", sound)
    tried.try_many("attachments/trees.pdf", mutated_pdf(sound))


@pytest.mark.slow
def test_damaged_scans(bench: Callable[[str, bytes], Bench], monkeypatch: pytest.MonkeyPatch) -> None:
    """Of which the pixels are set aside, though these are small."""
    for room in (setting_aside, documents):
        monkeypatch.setattr(room, "SMALL_FILE", 0)
    monkeypatch.setattr(setting_aside, "_LEAST", 5000)
    noise, coded = Image.effect_noise((120, 90), 90), io.BytesIO()
    noise.save(coded, "JPEG", quality=90)
    with pikepdf.open(io.BytesIO(report("trees", 2))) as opened:
        for page, content, coding in zip(
            opened.pages, (coded.getvalue(), zlib.compress(noise.tobytes())), ("DCT", "Flate"), strict=True
        ):
            drawn = pikepdf.Stream(
                opened, content, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=120, Height=90,
                ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8, Filter=pikepdf.Name(f"/{coding}Decode"),
            )  # fmt: skip
            page.obj.Resources.XObject = pikepdf.Dictionary(P=drawn)
            page.contents_add(b"q 120 0 0 90 72 300 cm /P Do Q")
        target = io.BytesIO()
        opened.save(target)
    sound = target.getvalue()
    tried = bench("trees.pdf", sound)
    assert len(setting_aside.set_aside(tried.folder / "attachments" / "trees.pdf", "0" * 64).ranges) == 2
    tried.try_many("attachments/trees.pdf", mutated_pdf(sound))


@pytest.mark.slow
def test_damaged_word_files(bench: Callable[[str, bytes], Bench]) -> None:
    tried = bench("trees.docx", WORD)
    tried.try_many("attachments/trees.docx", mutated_docx(WORD))


@pytest.mark.slow
def test_odd_data_of_a_report(tmp_path: Path, packgen: Packgen) -> None:
    items = [{"title": "Tree Planting", "documents": [{"data": "items/report.json"}]}]
    folder = write_pack(tmp_path / "packs" / "tried", items=items, files={"items/report.json": REPORT})
    tried = Bench(folder, packgen)
    tried.try_many("items/report.json", mutated_json(REPORT))


@pytest.mark.slow
def test_odd_data_of_a_pack(tmp_path: Path, packgen: Packgen) -> None:
    written = json.loads((DATA / "pack.json").read_text(encoding="utf-8"))
    folder = tmp_path / "packs" / "tried"
    shutil.copytree(DATA, folder)
    tried = Bench(folder, packgen)
    tried.try_many("pack.json", mutated_json(written))
