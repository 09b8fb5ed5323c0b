"""Builds after a change: what is redone, and that the result is that of a build from nothing, byte for byte."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import pdf_facts
from tests.conftest import REPORT, REPOSITORY, Packgen, write_pack
from tests.pdf_parts import untagged


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A council's folder with settings of its own, and a pack with something of every kind."""
    (tmp_path / "packgen.toml").write_text('[council]\nname = "Lyne Valley"\n', encoding="utf-8")
    write_pack(
        tmp_path / "packs" / "autumn",
        published="2026-09-09",
        items=[
            {"title": "Apologies"},
            {"title": "Trees", "documents": [{"data": "items/02.json"}]},
            {"title": "Roads", "documents": [{"data": "items/03.json"}, {"data": "items/03-appendix.json"}]},
            {
                "title": "Plans",
                "documents": [
                    {"file": "attachments/plan.pdf", "title": "Plan"},
                    {"file": "attachments/photo.png", "title": "Photograph", "alt": "The park"},
                ],
            },
            {"title": "Exclusion of the Public", "kind": "exclusion"},
        ],
        part_two=[
            {
                "title": "Contract",
                "documents": [{"data": "items/06.json", "exempt": {"paragraphs": [3]}}],
            }
        ],
        files={
            "items/02.json": REPORT | {"title": "Trees"},
            "items/03.json": REPORT
            | {"title": "Roads", "sections": [{"heading": "All", "text": {"file": "items/03.md"}}]},
            "items/03.md": "Roads are long. ![A dot](items/dot.png)",
            "items/dot.png": dot(1),
            "items/03-appendix.json": {"template": "document", "title": "Appendix"},
            "items/06.json": REPORT | {"title": "Contract"},
            "attachments/plan.pdf": untagged("Plan of the park"),
            "attachments/photo.png": dot(2),
        },
    )
    return tmp_path


def dot(shade: int) -> bytes:
    """A picture of one colour."""
    import io

    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (40, 20), (shade * 50, 0, 0)).save(file, "PNG")
    return file.getvalue()


class Workspace:
    """Builds of one pack, warm and cold."""

    def __init__(self, folder: Path, packgen: Packgen) -> None:
        self.folder, self._packgen = folder, packgen
        self.pack = folder / "packs" / "autumn"

    def build(self, out: str = "dist", *options: str) -> dict[str, Any]:
        run = self._packgen("build", self.pack, "--out", self.folder / out, "--jobs", "1", "--json", *options)
        assert run.code == 0, run.out + run.err
        report: dict[str, Any] = run.json["packs"][0]
        return report

    def files(self, out: str = "dist") -> dict[str, str]:
        """A hash of every file of the output, but for the manifest, which tells of times."""
        root = self.folder / out / "autumn"
        return {
            path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in root.rglob("*")
            if path.is_file() and path.name != "manifest.json"
        }

    def edit(self, name: str, change: Callable[[Any], None]) -> None:
        file = self.pack / name
        value = json.loads(file.read_bytes())
        change(value)
        file.write_text(json.dumps(value), encoding="utf-8")


@pytest.fixture
def built(workspace: Path, packgen: Packgen) -> Workspace:
    made = Workspace(workspace, packgen)
    assert made.build()["redrawn"] == 5
    return made


def edit_report(built: Workspace) -> None:
    built.edit("items/02.json", lambda value: value["sections"][0].update(text="Trees were planted in the rain."))


def edit_prose(built: Workspace) -> None:
    (built.pack / "items/03.md").write_text("Roads are short. ![A dot](items/dot.png)", encoding="utf-8")


def edit_picture(built: Workspace) -> None:
    (built.pack / "items/dot.png").write_bytes(dot(4))


def edit_attachment(built: Workspace) -> None:
    (built.pack / "attachments/plan.pdf").write_bytes(untagged("Another plan"))


def edit_alt(built: Workspace) -> None:
    built.edit("pack.json", lambda value: value["items"][3]["documents"][1].update(alt="The new park"))


def edit_title(built: Workspace) -> None:
    built.edit("pack.json", lambda value: value["items"][1].update(title="Trees and hedges"))


def edit_settings(built: Workspace) -> None:
    (built.folder / "packgen.toml").write_text('[look]\naccent = "#7A1F1F"\n', encoding="utf-8")


def edit_stamp(built: Workspace) -> None:
    (built.folder / "packgen.toml").write_text('[stamp]\ntext = "p. {number}"\n', encoding="utf-8")


def edit_template(built: Workspace) -> None:
    """A council's own cover report, in which a heading reads otherwise."""
    folder = built.folder / "templates"
    folder.mkdir()
    with (
        zipfile.ZipFile(REPOSITORY / "templates" / "cover-report.docx") as old,
        zipfile.ZipFile(folder / "cover-report.docx", "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"Recommendation", b"Proposal"))


def edit_schema(built: Workspace) -> None:
    """A council's own document, to which its schema gives a subtitle."""
    (built.folder / "templates").mkdir()
    (built.folder / "schemas").mkdir()
    shutil.copy(REPOSITORY / "templates" / "document.docx", built.folder / "templates")
    schema = json.loads((REPOSITORY / "schemas" / "document.schema.json").read_bytes())
    schema["properties"]["subtitle"]["default"] = "As always"
    (built.folder / "schemas" / "document.schema.json").write_text(json.dumps(schema), encoding="utf-8")


def make_exempt(built: Workspace) -> None:
    built.edit("pack.json", lambda value: value["items"][2]["documents"][0].update(exempt={"paragraphs": [1]}))


CHANGES = [
    edit_report, edit_prose, edit_picture, edit_attachment, edit_alt, edit_title, edit_settings, edit_stamp,
    edit_template, edit_schema, make_exempt,
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
def test_a_build_after_a_change_is_that_of_a_build_from_nothing(
    built: Workspace, change: Callable[[Workspace], None]
) -> None:
    before = built.files()
    change(built)
    built.build()
    built.build("cold")
    assert built.files() == built.files("cold")
    assert built.files() != before


def test_only_what_changed_is_drawn_again(built: Workspace) -> None:
    before = built.files()
    assert built.build()["redrawn"] == 0
    assert built.files() == before
    edit_report(built)
    assert built.build()["redrawn"] == 1
    changed = {name for name, digest in built.files().items() if before[name] != digest}
    assert {name for name in changed if "items/" in name} == {
        "public/items/02-trees.pdf",
        "restricted/items/02-trees.pdf",
    }
    assert {name for name in changed if "editable/" in name} == {"editable/02-1-trees.docx"}


def test_everything_done_again_gives_the_same_bytes(built: Workspace) -> None:
    before = built.files()
    assert built.build("dist", "--force")["redrawn"] == 5
    assert built.files() == before


@pytest.mark.slow
@pytest.mark.parametrize("spoil", [lambda data: data[: len(data) // 2], lambda data: data[:-9] + b"unwelcome"])
def test_damaged_results_are_made_again(built: Workspace, spoil: Callable[[bytes], bytes]) -> None:
    before = built.files()
    for file in (built.folder / "dist" / ".cache" / "autumn").iterdir():
        file.write_bytes(spoil(file.read_bytes()))
    assert built.build()["redrawn"] == 5
    assert built.files() == before
    assert built.build()["redrawn"] == 0


def test_results_that_cannot_be_kept_stop_no_build(workspace: Path, packgen: Packgen) -> None:
    (workspace / "dist").mkdir()
    (workspace / "dist" / ".cache").write_text("not a folder", encoding="utf-8")
    built = Workspace(workspace, packgen)
    for _ in range(2):
        report = built.build()
        assert report["redrawn"] == 5
        (told,) = [problem for problem in report["problems"] if problem["code"] == "cache.cannot-write"]
        assert told["severity"] == "warning"


def test_nothing_of_a_paper_that_turned_exempt_stays_in_public(built: Workspace) -> None:
    built.edit(
        "items/02.json",
        lambda value: value.update(title="Zephyrine", sections=[{"heading": "Quagga", "text": "Words."}]),
    )
    built.build()
    built.edit("pack.json", lambda value: value["items"][1]["documents"][0].update(exempt={"paragraphs": [1]}))
    built.build()
    public = built.folder / "dist" / "autumn" / "public"
    for file in (path for path in public.rglob("*") if path.is_file()):
        data = file.read_bytes()
        text = " ".join(pdf_facts.page_texts(data)) if file.suffix == ".pdf" else data.decode()
        assert "zephyrine" not in (text + file.name).casefold()
        assert "quagga" not in (text + file.name).casefold()
    restricted = (built.folder / "dist" / "autumn" / "restricted" / "agenda-pack.pdf").read_bytes()
    assert "Zephyrine" in " ".join(pdf_facts.page_texts(restricted))


def test_times_of_files_do_not_matter(built: Workspace) -> None:
    for file in built.pack.rglob("*"):
        os.utime(file, (0, 0))
    assert built.build()["redrawn"] == 0
