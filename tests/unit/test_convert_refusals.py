"""The built-in engine: what it does not draw it names, with the place and a remedy, and draws nothing instead."""

from __future__ import annotations

import pytest

from packgen.errors import ConversionError
from tests.docx_parts import cell, docx, draw, field, paragraph, picture, png, row, table

RUN = "<w:r><w:t>words</w:t></w:r>"
CHART = (
    '<w:r><w:drawing><wp:inline><wp:extent cx="762000" cy="381000"/><wp:docPr id="1" name="Chart 1"/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic></wp:inline>'
    "</w:drawing></w:r>"
)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param(f"<w:p><w:ins>{RUN}</w:ins></w:p>", "tracked", id="inserted text"),
        pytest.param("<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>", "tracked", id="deleted text"),
        pytest.param(f"<w:p><w:moveFrom>{RUN}</w:moveFrom></w:p>", "tracked", id="moved text"),
        pytest.param(f"<w:ins><w:p>{RUN}</w:p></w:ins>", "tracked", id="an inserted paragraph"),
        pytest.param(
            f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{RUN}</w:p>", "tracked", id="a deleted paragraph mark"
        ),
        pytest.param(table(row("a", "b", properties="<w:del/>")), "tracked", id="a deleted row"),
        pytest.param(f'<w:p><w:commentRangeStart w:id="1"/>{RUN}</w:p>', "comment", id="a comment"),
        pytest.param("<w:p><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p>", "equation", id="an equation"),
        pytest.param(f"<w:p><w:r><w:object/></w:r>{RUN}</w:p>", "another program", id="an embedded object"),
        pytest.param(f"<w:p>{CHART}</w:p>", "chart", id="a chart"),
        pytest.param(
            f"<w:p><w:r><w:ruby><w:rt>{RUN}</w:rt><w:rubyBase>{RUN}</w:rubyBase></w:ruby></w:r></w:p>",
            "ruby",
            id="ruby",
        ),
        pytest.param('<w:altChunk r:id="rIdX"/>', "another file", id="another file"),
        pytest.param(
            f"<w:p>{field('INCLUDETEXT other.docx', '')}</w:p>".replace("separate", "none"), "field", id="a field"
        ),
        pytest.param(f"<w:p><w:unheardOf>{RUN}</w:unheardOf></w:p>", "does not know", id="an unknown element"),
        pytest.param(f"<w:unheardOf><w:p>{RUN}</w:p></w:unheardOf>", "does not know", id="an unknown block"),
        pytest.param(f"<w:p>{picture(None)}</w:p>", "alternative text", id="a picture without alternative text"),
    ],
)
def test_it_is_named_with_its_place_and_a_remedy(body: str, said: str) -> None:
    with pytest.raises(ConversionError) as refused:
        draw(docx(paragraph("before") + body + paragraph("after"), media={"rIdPicture": png()}))
    problem = next(problem for problem in refused.value.problems if said in problem.message.lower())
    assert problem.file == "report.docx"
    assert problem.hint
    assert any(
        place in f"{problem.pointer} {problem.message}" for place in ("paragraph 2", "table 1", '"words', '"before')
    )


def test_every_problem_is_told_at_once() -> None:
    body = f"<w:p><w:ins>{RUN}</w:ins></w:p>" + table(row(cell("<w:p><m:oMath/></w:p>"), "b")) + f"<w:p>{CHART}</w:p>"
    with pytest.raises(ConversionError) as refused:
        draw(docx(body))
    assert len(refused.value.problems) == 3


def test_a_damaged_picture_is_refused_with_its_place() -> None:
    body = paragraph("before") + f"<w:p>{picture('A map')}</w:p>"
    with pytest.raises(ConversionError) as refused:
        draw(docx(body, media={"rIdPicture": png()[:40]}))
    [problem] = refused.value.problems
    assert "picture" in problem.message.lower()
    assert "paragraph 2" in (problem.pointer or "")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"plain text", b"%PDF-1.7"], ids=["empty", "zip", "text", "pdf"])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(ConversionError) as refused:
        draw(data)
    assert refused.value.problems[0].file == "report.docx"
    assert refused.value.problems[0].hint
