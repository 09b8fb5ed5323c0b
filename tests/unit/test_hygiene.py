"""What is in an author's file and not seen is refused with its place; what only looks like it passes."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.comments import Comment
from PIL import Image

from office_parts import part, presentation, with_parts, workbook
from packgen.errors import Problem
from packgen.hygiene import check_hygiene
from packgen.hygiene.found import KINDS
from tests.conftest import Packgen, write_pack

SHEET = {"Costs": [["Item", "Cost", "Note"], ["Trees", 12, "x"], ["Stakes", 3, "y"], [], ["Sum", 15, ""]]}


def sheet(change: Callable[[Workbook], None]) -> bytes:
    return workbook(SHEET, change)


def _hide_rows(*rows: int) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        for row in rows:
            book["Costs"].row_dimensions[row].hidden = True

    return change


def _hide_columns(*columns: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        for column in columns:
            book["Costs"].column_dimensions[column].hidden = True

    return change


def _narrow(column: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book["Costs"].column_dimensions[column].width = 0.05

    return change


def _flat(row: int) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book["Costs"].row_dimensions[row].height = 0.5

    return change


def _second_sheet(state: str, *rows: list[Any]) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        made = book.create_sheet("Salaries")
        for row in rows:
            made.append(row)
        made.sheet_state = state

    return change


def _comment(book: Workbook) -> None:
    book["Costs"]["B2"].comment = Comment("Ask Harrow.", "R. Archer")


def _notes(text: str) -> Callable[[Any], None]:
    def change(slides: Any) -> None:
        slides.slides[0].notes_slide.notes_text_frame.text = text

    return change


def _hide_slide(slides: Any) -> None:
    slides.slides[0]._element.set("show", "0")


def _show_slide(slides: Any) -> None:
    slides.slides[0]._element.set("show", "1")


def word(change: Callable[[Any], None]) -> bytes:
    document = docx.Document()
    document.add_paragraph("Seen words stand here.")
    change(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _run(hidden: bool | None, text: str = "Price: 800.") -> Callable[[Any], None]:
    def change(document: Any) -> None:
        document.paragraphs[0].add_run(text).font.hidden = hidden

    return change


def _hidden_style(on: bool) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        style = document.styles.add_style("Whispered", 2)
        style.font.hidden = on
        document.paragraphs[0].add_run("Price: 800.", style="Whispered")

    return change


def _hidden_in_header(document: Any) -> None:
    document.sections[0].header.paragraphs[0].add_run("Price: 800.").font.hidden = True


def _only_small(document: Any) -> None:
    document.paragraphs[0].add_run("Price: 800.").font.size = Pt(1)


def picture() -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", (60, 30), "white").save(stream, "PNG")
    stream.seek(0)
    return stream


def _cut(**sides: int) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        shape = document.add_picture(picture())
        fill = next(shape._inline.iter(qn("pic:blipFill")))
        cut = fill.makeelement(qn("a:srcRect"), {side: str(value) for side, value in sides.items()})
        fill.insert(1, cut)

    return change


def _cut_on_slide(left: float) -> Callable[[Any], None]:
    def change(slides: Any) -> None:
        slides.slides[0].shapes.add_picture(picture(), 0, 0).crop_left = left

    return change


HELD = [
    ("rows.xlsx", lambda: sheet(_hide_rows(2, 3)), "hidden-rows", 'sheet "Costs", rows 2, 3'),
    ("one-row.xlsx", lambda: sheet(_hide_rows(5)), "hidden-rows", 'sheet "Costs", row 5'),
    ("column.xlsx", lambda: sheet(_hide_columns("C")), "hidden-columns", 'sheet "Costs", column C'),
    ("columns.xlsx", lambda: sheet(_hide_columns("B", "C")), "hidden-columns", 'sheet "Costs", columns B, C'),
    ("narrow.xlsx", lambda: sheet(_narrow("C")), "hidden-columns", 'sheet "Costs", column C'),
    ("flat.xlsx", lambda: sheet(_flat(2)), "hidden-rows", 'sheet "Costs", row 2'),
    ("sheet.xlsx", lambda: sheet(_second_sheet("hidden", ["Lee", 1])), "hidden-sheets", 'sheet "Salaries"'),
    ("very.xlsx", lambda: sheet(_second_sheet("veryHidden", ["Lee", 1])), "hidden-sheets", 'sheet "Salaries"'),
    ("comment.xlsx", lambda: sheet(_comment), "comments", 'sheet "Costs", cell B2'),
    ("notes.pptx", lambda: presentation({"Trees": ["One"]}, _notes("Not of Harrow.")), "speaker-notes", "slide 1"),
    ("hidden.pptx", lambda: presentation({"Trees": ["One"], "B": ["Two"]}, _hide_slide), "hidden-slides", "slide 1"),
    ("cut.pptx", lambda: presentation({"Trees": ["One"]}, _cut_on_slide(0.3)), "cropped-pictures", "slide 1"),
    ("text.docx", lambda: word(_run(True)), "hidden-text", 'near "Seen words stand here."'),
    ("style.docx", lambda: word(_hidden_style(True)), "hidden-text", 'near "Seen words stand here."'),
    ("header.docx", lambda: word(_hidden_in_header), "hidden-text", "at the beginning"),
    ("cut.docx", lambda: word(_cut(l=25000)), "cropped-pictures", None),
    ("cut-below.docx", lambda: word(_cut(b=5000)), "cropped-pictures", None),
]  # fmt: skip
NOT_HELD = [
    ("empty-row.xlsx", lambda: sheet(_hide_rows(4, 9))),
    ("empty-column.xlsx", lambda: sheet(_hide_columns("D"))),
    ("empty-sheet.xlsx", lambda: sheet(_second_sheet("hidden"))),
    ("second.xlsx", lambda: sheet(_second_sheet("visible", ["Lee", 1]))),
    ("plain.xlsx", lambda: sheet(lambda book: None)),
    ("empty-notes.pptx", lambda: presentation({"Trees": ["One"]}, _notes("  "))),
    ("plain.pptx", lambda: presentation({"Trees": ["One"]}, _show_slide)),
    ("whole.pptx", lambda: presentation({"Trees": ["One"]}, _cut_on_slide(0.0))),
    ("shown.docx", lambda: word(_run(False))),
    ("blank.docx", lambda: word(_run(True, "  "))),
    ("shown-style.docx", lambda: word(_hidden_style(False))),
    ("small.docx", lambda: word(_only_small)),
    ("whole.docx", lambda: word(_cut(l=0, r=0))),
    ("hair.docx", lambda: word(_cut(l=120))),
]


def problems(folder: Path, name: str, data: bytes, *acknowledged: str) -> list[Problem]:
    file = folder / name
    file.write_bytes(data)
    return list(check_hygiene(file, acknowledged))


@pytest.mark.parametrize(("name", "make", "kind", "place"), HELD, ids=[each[0] for each in HELD])
def test_what_is_not_seen_is_found_at_its_place(
    tmp_path: Path, name: str, make: Callable[[], bytes], kind: str, place: str | None
) -> None:
    [problem] = problems(tmp_path, name, make())
    assert (problem.code, problem.pointer, problem.severity) == (f"hygiene.{kind}", place, "error")
    assert kind in str(problem.hint)
    assert "800" not in f"{problem.pointer} {problem.message} {problem.hint}"
    assert not problems(tmp_path, name, make(), kind)


@pytest.mark.parametrize(("name", "make"), NOT_HELD, ids=[each[0] for each in NOT_HELD])
def test_what_only_looks_like_it_passes(tmp_path: Path, name: str, make: Callable[[], bytes]) -> None:
    assert problems(tmp_path, name, make()) == []


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/drawings/unused.xml": "<a><a:srcRect"},
        {"xl/strange/_rels/a.xml.rels": "<Relationships", "xl/strange/a.xml": "<a/>"},
    ],
)
def test_a_part_that_cannot_be_read_silences_nothing(tmp_path: Path, parts: dict[str, str]) -> None:
    data = with_parts(sheet(_hide_rows(2)), parts)
    assert {each.code for each in problems(tmp_path, "a.xlsx", data)} == {
        "hygiene.hidden-rows", "hygiene.unreadable-parts",
    }  # fmt: skip


def test_odd_values_are_no_reason_to_give_up(tmp_path: Path) -> None:
    data = sheet(_hide_columns("C"))
    name = "xl/worksheets/sheet1.xml"
    odd = part(data, name).replace('min="3"', 'min="3.0"')
    assert {each.code for each in problems(tmp_path, "a.xlsx", with_parts(data, {name: odd}))} == {
        "hygiene.hidden-columns"
    }


def test_cells_without_a_name_are_counted(tmp_path: Path) -> None:
    data = sheet(_hide_columns("C"))
    name = "xl/worksheets/sheet1.xml"
    nameless = re.sub(r'<c r="[A-Z]+[0-9]+"', "<c", part(data, name))
    [problem] = problems(tmp_path, "a.xlsx", with_parts(data, {name: nameless}))
    assert (problem.code, problem.pointer) == ("hygiene.hidden-columns", 'sheet "Costs", column C')


@pytest.mark.parametrize(
    ("cut", "told"), [('l="25%"', True), ('l="25000"', True), ('l="--5"', False), ('l="\u00b2"', False), ("", False)]
)
def test_cuts_are_read_in_either_form(tmp_path: Path, cut: str, told: bool) -> None:
    drawing = f'<a:x xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:srcRect {cut}/></a:x>'
    found = problems(tmp_path, "a.xlsx", with_parts(sheet(lambda book: None), {"xl/drawings/d.xml": drawing}))
    assert [each.code for each in found] == (["hygiene.cropped-pictures"] if told else [])


@pytest.mark.parametrize("comment", ["<t>Ask Harrow.</t>", "<text>Ask Harrow.</text>", "<t> </t>", None])
def test_comments_of_every_kind_are_found(tmp_path: Path, comment: str | None) -> None:
    """Of the last, there is only the mention of a part that is not there."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="c1" Type="{kind}" Target="../c.xml"/></Relationships>'
    )
    parts = {"xl/worksheets/_rels/sheet1.xml.rels": relations}
    if comment is not None:
        parts["xl/c.xml"] = f"<comments>{comment}</comments>"
    found = problems(tmp_path, "a.xlsx", with_parts(sheet(lambda book: None), parts))
    assert [each.code for each in found] == (["hygiene.comments"] if comment and "Harrow" in comment else [])


def test_what_word_hides_itself_is_nobodys_secret(tmp_path: Path) -> None:
    assert problems(tmp_path, "a.docx", word(_run(True, "Top of Form"))) == []


@pytest.mark.parametrize("told", [True, None, 3, ["hidden-text"]])
def test_an_acknowledgement_of_the_wrong_shape_is_told_as_such(packgen: Packgen, tmp_path: Path, told: Any) -> None:
    document = {"file": "attachments/a.docx", "title": "Plan", "acknowledged": told}
    files = {"attachments/a.docx": word(_run(True))}
    pack = write_pack(tmp_path / "p", items=[{"title": "Trees", "documents": [document]}], files=files)
    run = packgen("validate", pack)
    assert run.code == 3
    assert "acknowledged" in run.err


def test_a_file_that_cannot_be_read_is_left_to_others(tmp_path: Path) -> None:
    assert problems(tmp_path, "a.xlsx", b"PK no archive") == []


def test_each_kind_can_be_acknowledged_in_the_pack() -> None:
    schema = json.loads((Path(__file__).parents[2] / "schemas" / "pack.schema.json").read_text(encoding="utf-8"))
    assert set(schema["$defs"]["document"]["properties"]["acknowledged"]["propertyNames"]["enum"]) == set(KINDS)


def told(run: Any) -> Iterator[str]:
    return (problem["code"] for problem in run.json["packs"][0]["problems"])


def test_a_pack_says_why_it_does_no_harm_and_the_manifest_keeps_it(packgen: Packgen, tmp_path: Path) -> None:
    document: dict[str, Any] = {"file": "attachments/a.docx", "title": "Plan"}
    files = {"attachments/a.docx": word(_run(True))}
    pack = write_pack(tmp_path / "p", items=[{"title": "Trees", "documents": [document]}], files=files)
    run = packgen("build", pack, "--out", tmp_path / "dist", "--json")
    assert run.code == 3
    assert "hygiene.hidden-text" in set(told(run))
    document["acknowledged"] = {"hidden-text": "It is a code of the printer."}
    write_pack(pack, items=[{"title": "Trees", "documents": [document]}])
    run = packgen("build", pack, "--out", tmp_path / "dist", "--json")
    assert run.code == 0, run.out
    manifest = json.loads((tmp_path / "dist" / "p" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["documents"][0]["acknowledged"] == document["acknowledged"]
