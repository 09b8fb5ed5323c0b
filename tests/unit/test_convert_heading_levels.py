"""A heading level that an author left out is told once: by the check of a pack where that looks, else by drawing."""

from __future__ import annotations

from pathlib import Path

from packgen.convert import bundled_fonts, convert_docx
from packgen.errors import Problem
from packgen.stages.documents import DrawnDocuments
from packgen.stages.drawing import Drawing
from packgen.validate.accessibility.word_files import check_word_file
from packgen.workspace import shown_path
from tests.docx_parts import CREATED, docx, paragraph

HEADINGS = paragraph("One", '<w:pStyle w:val="Heading1"/>') + paragraph("Some text") + "".join(
    paragraph(words, '<w:pStyle w:val="Heading3"/>') + paragraph("Some text") for words in ("Three", "Three more")
)  # fmt: skip


def drawn(file: Path) -> DrawnDocuments:
    made = convert_docx(
        file.read_bytes(), name=shown_path(file), fonts=bundled_fonts(()), language="en-GB", created=CREATED
    )
    drawing = Drawing(
        document_id="a", docx=b"", pdf=made.pdf, page_texts=made.page_texts, warnings=made.warnings, seconds=0.0
    )
    return DrawnDocuments({"a": made.pdf}, {"a": drawing}, {"a": 1})


def checked(file: Path) -> list[Problem]:
    return list(check_word_file(file, language="en-GB", title="Report", engine="auto"))


def test_what_the_check_says_of_headings_drawing_does_not_repeat(tmp_path: Path) -> None:
    file = tmp_path / "report.docx"
    file.write_bytes(docx(HEADINGS))
    assert [warning.code for warning in drawn(file).warnings] == ["convert.heading-level"] * 2
    problems = checked(file)
    assert [problem.code for problem in problems if "heading" in problem.code] == ["access.heading-level"]
    assert drawn(file).warnings_after(problems) == ()


def test_drawing_says_it_where_nobody_has_looked(tmp_path: Path) -> None:
    file, other = tmp_path / "report.docx", tmp_path / "other.docx"
    for each in (file, other):
        each.write_bytes(docx(HEADINGS))
    assert len(drawn(file).warnings_after([])) == 2
    assert len(drawn(file).warnings_after(checked(other))) == 2, "said of another file"
