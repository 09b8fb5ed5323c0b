"""Findings are remembered until something changes that they depend on; every change is seen with a warm memory."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from docx_parts import docx, paragraph, png
from packgen.errors import Problem
from packgen.load.sources import read_sources
from packgen.resources import resource_folder
from packgen.validate import validate
from packgen.validate.recall import Find, Key
from pdf_parts import report, scan, untagged
from tests.conftest import REPORT, write_pack

TEMPLATE = paragraph("{{ title }}", '<w:shd w:val="clear" w:fill="D9D9D9"/>', '<w:color w:val="1D4F6E"/>')
HEADING = '<w:pStyle w:val="Heading3"/>'


class Dictionary:
    """A memory in a dictionary; counts what had to be found anew."""

    def __init__(self) -> None:
        self.kept: dict[str, Sequence[Problem]] = {}
        self.missed = 0

    def digest(self, file: Path) -> str:
        return hashlib.sha256(file.read_bytes()).hexdigest()

    def recall(self, key: Key, find: Find) -> Sequence[Problem]:
        if key() not in self.kept:
            self.missed += 1
            self.kept[key()] = tuple(find())
        return self.kept[key()]


def problems_of(folder: Path, memory: Dictionary | None = None) -> list[Problem]:
    read = read_sources(folder)
    if memory is None:
        return validate(read.raw, read.settings, read.schemas, read.templates)
    return validate(read.raw, read.settings, read.schemas, read.templates, memory)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack with a bit of everything: prose, pictures, a link to an item, attachments, a template of the council."""
    text = "See [the map](packgen:item/2).\n\n![Where the trees are](items/trees.png)"
    long = {**REPORT, "sections": [{"heading": "Background", "text": {"file": "items/03-long.md"}}]}
    own = {"template": "own", "title": "Own", "subject": "anything", "report_of": "[Name of the author]"}
    folder = write_pack(
        tmp_path / "council" / "pack",
        items=[
            {"title": "Apologies"},
            {"title": "Trees", "documents": [{"data": "items/02-report.json"}]},
            {"title": "Long", "documents": [{"data": "items/03-long.json"}, {"data": "items/03-own.json"}]},
            {
                "title": "Files",
                "documents": [
                    {"file": "attachments/a.pdf", "title": "Appendix A"},
                    {"file": "attachments/b.docx", "title": "Appendix B"},
                    {"file": "attachments/c.png", "title": "Appendix C", "alt": "A map of the new trees"},
                ],
            },
        ],
        files={
            "items/02-report.json": {**REPORT, "sections": [{"heading": "Background", "text": text}]},
            "items/03-long.json": long,
            "items/03-long.md": "Words without end.",
            "items/03-own.json": own,
            "items/trees.png": png(),
            "attachments/a.pdf": report("tagged"),
            "attachments/b.docx": docx(paragraph("Words")),
            "attachments/c.png": png(),
        },
    )
    council = folder.parent
    for kind in ("templates", "schemas"):
        (council / kind).mkdir()
    (council / "templates" / "own.docx").write_bytes(docx(TEMPLATE))
    schema = {"type": "object", "properties": {"template": {"const": "own"}}, "additionalProperties": {}}
    (council / "schemas" / "own.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    (council / "packgen.toml").write_text('[look]\naccent = "#1D4F6E"\n', encoding="utf-8")
    return folder


def edited(name: str, change: Callable[[Any], None]) -> Callable[[Path], None]:
    """Changes the JSON of one file of the pack."""

    def edit(pack: Path) -> None:
        value = json.loads((pack / name).read_text(encoding="utf-8"))
        change(value)
        (pack / name).write_text(json.dumps(value, indent=2), encoding="utf-8")

    return edit


def written(name: str, content: str | bytes) -> Callable[[Path], None]:
    """Writes one file of the pack anew."""
    return lambda pack: (pack / name).write_bytes(content.encode() if isinstance(content, str) else content) and None


def document(index: int, **entries: Any) -> Callable[[Path], None]:
    return edited("pack.json", lambda value: value["items"][3]["documents"][index].update(entries))


def section(text: str) -> Callable[[Path], None]:
    return edited("items/02-report.json", lambda value: value["sections"][0].update(text=text))


def only_picture_elsewhere(pack: Path) -> None:
    (pack / "items" / "trees.png").rename(pack / "items" / "forest.png")


def picture_is_a_link_outside(pack: Path) -> None:
    outside = pack.parent / "outside.png"
    (pack / "items" / "trees.png").rename(outside)
    try:
        (pack / "items" / "trees.png").symlink_to(outside)
    except OSError:
        pytest.skip("this account may not make symbolic links")


def another_language(pack: Path) -> None:
    edited("pack.json", lambda value: value.update(language="cy"))(pack)


CHANGES = {
    "an unknown key": edited("items/02-report.json", lambda value: value.update(tilte="x")),
    "lines moved": lambda pack: written(
        "items/03-own.json", "\n\n" + (pack / "items" / "03-own.json").read_text(encoding="utf-8")
    )(pack),
    "another template": edited("items/03-own.json", lambda value: value.update(template="ownn")),
    "a picture gone": only_picture_elsewhere,
    "a picture that leads outside": picture_is_a_link_outside,
    "a picture cut short": written("items/trees.png", png()[:60]),
    "an alternative text gone": section("![](items/trees.png)"),
    "an alternative text that says nothing": section("![image](items/trees.png)"),
    "a prose file": written("items/03-long.md", "See [here](https://example.org)."),
    "a prose file of two": written("items/03-long.md", "![x](items/missing.png)\n\n[^1]: unused"),
    "an item without pages": edited("pack.json", lambda value: value["items"][1].update(number=5)),
    "another date in the pack": edited("items/02-report.json", lambda value: value.update(meeting_date="2026-09-18")),
    "the words of a skeleton": section("[Write the background here]"),
    "a PDF without tags": written("attachments/a.pdf", untagged("words")),
    "a PDF that is a scan": written("attachments/a.pdf", scan()),
    "a PDF that is none": written("attachments/a.pdf", "words"),
    "a Word file with a leap": written("attachments/b.docx", docx(paragraph("Deep", HEADING))),
    "a Word file of another kind": written("attachments/b.docx", png()),
    "alternative text of a document gone": edited(
        "pack.json", lambda value: value["items"][3]["documents"][2].pop("alt")
    ),
    "alternative text of a document that says nothing": document(2, alt="image"),
    "another language": another_language,
    "a lower limit of pages": lambda pack: (
        written("attachments/a.pdf", report("words", 3))(pack)
        or written("../packgen.toml", "[limits]\nattachment_pages = 2\n")(pack)
    ),
    "a lower limit of bytes": written("../packgen.toml", "[limits]\nattachment_bytes = 100\n"),
    "a schema": written("../schemas/own.schema.json", json.dumps({"required": ["summary"]})),
    "a schema gone": lambda pack: (pack.parent / "schemas" / "own.schema.json").unlink(),
    "a template": written("../templates/own.docx", docx(paragraph("{{ title }}", HEADING) + paragraph("a"))),
    "another colour": written("../packgen.toml", '[look]\naccent = "#767676"\n'),
    "a template gone": lambda pack: (pack.parent / "templates" / "own.docx").unlink(),
    "a document twice": edited(
        "pack.json", lambda value: value["items"][2]["documents"].append({"data": "items/02-report.json"})
    ),
    "a file that nothing uses": written("items/left.md", "Nobody reads this."),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_change_is_seen_with_a_warm_memory(pack: Path, change: Callable[[Path], object]) -> None:
    memory = Dictionary()
    before = problems_of(pack, memory)
    change(pack)
    after = problems_of(pack, memory)
    assert after == problems_of(pack)
    assert after != before


def test_what_is_remembered_is_what_is_found(pack: Path) -> None:
    for change in (CHANGES["a PDF without tags"], CHANGES["a picture gone"], CHANGES["an unknown key"]):
        change(pack)
    memory = Dictionary()
    assert problems_of(pack, memory) == problems_of(pack, memory) == problems_of(pack)


def test_nothing_is_looked_at_again_if_nothing_changed(pack: Path) -> None:
    memory = Dictionary()
    problems_of(pack, memory)
    memory.missed = 0
    problems_of(pack, memory)
    assert memory.missed == 0


def test_a_new_item_does_not_make_sentences_and_files_be_looked_at_again(pack: Path) -> None:
    memory = Dictionary()
    problems_of(pack, memory)
    known = set(memory.kept)
    edited("pack.json", lambda value: value["items"].append({"title": "Any other business"}))(pack)
    assert problems_of(pack, memory) == problems_of(pack)
    of_pack = 3  # the prose of pack.json, its alternative texts, its accessibility
    assert len(set(memory.kept) - known) == of_pack


def test_the_settings_of_one_build_are_seen(pack: Path) -> None:
    memory = Dictionary()
    (pack / "attachments" / "a.pdf").write_bytes(report("words", 3))
    read = read_sources(pack)

    def found(**changed: Any) -> list[str]:
        settings = replace(read.settings, **changed)
        return [each.code for each in validate(read.raw, settings, read.schemas, read.templates, memory)]

    assert "file.too-long" not in found()
    assert "file.too-long" in found(attachment_pages=2)
    assert "file.too-long" not in found()


def test_a_folder_that_was_moved_is_told_of_by_its_new_name(pack: Path) -> None:
    memory = Dictionary()
    only_picture_elsewhere(pack)
    problems_of(pack, memory)
    moved = pack.parent / "moved"
    shutil.move(pack, moved)
    assert problems_of(moved, memory) == problems_of(moved)


def test_templates_that_packgen_brings_are_not_looked_at(small_pack: Path) -> None:
    class Strict(Dictionary):
        def digest(self, file: Path) -> str:
            assert not file.is_relative_to(resource_folder("templates"))
            return super().digest(file)

    assert problems_of(small_pack, Strict()) == []
