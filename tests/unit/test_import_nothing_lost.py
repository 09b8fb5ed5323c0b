"""What importing cannot take over is refused, or kept and named with its place; no word is ever lost."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from docx_parts import docx, field, listed, note_mark, notes, numbering, paragraph, picture, png, row, table, text_box
from import_support import all_words, imported, read_back
from packgen.convert.read.package import open_package
from packgen.errors import ConversionError
from packgen.importing import Imported
from packgen.importing.proof import lost_words, raw_texts

_TITLE = paragraph("A paper", '<w:pStyle w:val="Heading1"/>')


def _document(body: str, folder: Path, **parts: object) -> Imported:
    """Import a paper; every word of it must be found in what was written, or left out by name."""
    made = docx(_TITLE + body, **parts)  # type: ignore[arg-type]
    done = imported(made, folder)
    kept = [all_words(done), *(each.words for each in done.left_out)]
    assert not lost_words(raw_texts(open_package(made, "x")), kept)
    return done


def _text(done: Imported, folder: Path) -> str:
    return str(read_back(done, folder).get("introduction", "")).strip()


# --- Refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<w:p><w:ins w:id='1' w:author='A'><w:r><w:t>new</w:t></w:r></w:ins></w:p>", "convert.tracked"),
        ("<w:p><w:del w:id='1' w:author='A'><w:r><w:delText>old</w:delText></w:r></w:del></w:p>", "convert.tracked"),
        ("<w:p><w:commentRangeStart w:id='1'/><w:r><w:t>x</w:t></w:r></w:p>", "convert.comment"),
        ("<w:altChunk/>", "convert.another-file"),
    ],
)
def test_what_is_not_settled_is_refused_with_its_place(body: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(ConversionError) as stopped:
        imported(docx(_TITLE + paragraph("Before") + body), tmp_path)
    (problem,) = [each for each in stopped.value.problems if each.code == code]
    assert problem.pointer
    assert problem.hint
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_word_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConversionError, match="not a Word document"):
        imported(b"%PDF-1.7", tmp_path)


# --- Kept and named ---------------------------------------------------------------------------------


def test_hidden_text_is_left_over_and_named(tmp_path: Path) -> None:
    hidden = "<w:p><w:r><w:t>Seen </w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen words</w:t></w:r></w:p>"
    done = _document(hidden, tmp_path)
    assert _text(done, tmp_path) == "Seen"
    (piece,) = done.left_over
    assert piece.place == "paragraph 2"
    assert "hidden" in piece.reason
    assert "unseen words" in (tmp_path / "items" / "report-left-over.md").read_text(encoding="utf-8")


def test_an_equation_is_named_and_its_letters_are_left_over(tmp_path: Path) -> None:
    done = _document("<w:p><w:r><w:t>So </w:t></w:r><m:oMath><m:r><m:t>alpha=12</m:t></m:r></m:oMath></w:p>", tmp_path)
    assert [remark.message for remark in done.remarks if remark.code == "convert.unsupported"] == [
        "An equation cannot be taken over."
    ]
    (piece,) = done.left_over
    assert (piece.place, piece.reason) == ("paragraph 2", "it stands in something that cannot be taken over")


def test_a_chart_does_not_stop_an_import(tmp_path: Path) -> None:
    chart = (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="1" name="c" descr="Costs by year"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )
    done = _document(paragraph("Before.") + chart + paragraph("After."), tmp_path)
    assert _text(done, tmp_path) == "Before.\n\nAfter."
    (remark,) = done.remarks
    assert remark.pointer == "paragraph 3"
    assert remark.message == "A chart cannot be taken over."


def test_words_in_a_shape_that_cannot_be_read_are_left_over(tmp_path: Path) -> None:
    shape = text_box(paragraph("In the star")).replace(
        "</a:xfrm></wps:spPr>", '</a:xfrm><a:prstGeom prst="star5"/></wps:spPr>'
    )
    done = _document(f"<w:p>{shape}</w:p>", tmp_path)
    assert [piece.place for piece in done.left_over] == ["paragraph 2"]
    assert "In the star" in all_words(done)


def test_a_text_box_comes_in_after_its_paragraph(tmp_path: Path) -> None:
    box = text_box(paragraph("In the box"))
    done = _document(f"<w:p><w:r><w:t>Beside it</w:t></w:r>{box}</w:p>" + paragraph("Below"), tmp_path)
    assert _text(done, tmp_path) == "Beside it\n\nIn the box\n\nBelow"


def test_a_footnote_of_a_heading_is_left_over(tmp_path: Path) -> None:
    heading = f'<w:p><w:pPr><w:pStyle w:val="Heading3"/></w:pPr><w:r><w:t>Costs</w:t></w:r>{note_mark(1)}</w:p>'
    done = _document(heading + paragraph("Text"), tmp_path, parts={"footnotes": notes("As of May")})
    (piece,) = done.left_over
    assert (piece.place, piece.reason) == ("paragraph 2", "a footnote cannot stand in a heading")
    assert read_back(done, tmp_path)["sections"] == [{"heading": "Costs", "text": "Text"}]


def test_endnotes_become_footnotes_with_a_remark(tmp_path: Path) -> None:
    body = f"<w:p><w:r><w:t>Words</w:t></w:r>{note_mark(1, 'endnote')}</w:p>"
    done = _document(body, tmp_path, parts={"endnotes": notes("At the end", kind="endnote")})
    assert _text(done, tmp_path) == "Words[^1]\n\n[^1]: At the end"
    assert [remark.code for remark in done.remarks] == ["import.endnotes"]


def test_a_table_of_contents_is_left_out_by_name(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    )
    done = _document(paragraph("Costs 7", '<w:pStyle w:val="TOC1"/>') + paragraph("Text"), tmp_path, styles=styles)
    assert _text(done, tmp_path) == "Text"
    assert [each.words for each in done.left_out] == ["Costs 7"]


def test_headers_and_footers_are_left_out_by_name(tmp_path: Path) -> None:
    section = '<w:headerReference w:type="default" r:id="rIdheader1"/><w:pgSz w:w="11906" w:h="16838"/>'
    header = paragraph("Draft of 4 May") + f"<w:p>{field('PAGE', '3')}</w:p>"
    done = _document(paragraph("Text"), tmp_path, section=section, parts={"header1": header})
    assert [(each.place, each.words) for each in done.left_out] == [("header", "Draft of 4 May")]


def test_struck_out_words_are_named(tmp_path: Path) -> None:
    done = _document("<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>gone</w:t></w:r></w:p>", tmp_path)
    assert [(remark.code, remark.pointer) for remark in done.remarks] == [("import.struck-out", "paragraph 2")]


def test_raised_figures_keep_their_meaning(tmp_path: Path) -> None:
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
    done = _document(f"<w:p><w:r><w:t>40 m</w:t></w:r>{raised}</w:p>", tmp_path)
    assert _text(done, tmp_path) == "40 m²"


def test_a_link_that_leads_nowhere_from_a_pack_is_named(tmp_path: Path) -> None:
    link = '<w:p><w:hyperlink r:id="rIdA"><w:r><w:t>the plan</w:t></w:r></w:hyperlink></w:p>'
    done = _document(link, tmp_path, links={"rIdA": "file:///C:/plan.docx"})
    assert _text(done, tmp_path) == "the plan"
    assert [remark.code for remark in done.remarks] == ["import.link"]


# --- Pictures ---------------------------------------------------------------------------------------


def test_a_picture_is_saved_beside_with_its_alternative_text(tmp_path: Path) -> None:
    done = _document(f"<w:p>{picture('A grey [sky]')}</w:p>", tmp_path, media={"rIdPicture": png()})
    assert _text(done, tmp_path) == "![A grey \\[sky\\]](items/report/picture-1.png)"
    with Image.open(tmp_path / "items" / "report" / "picture-1.png") as saved, Image.open(BytesIO(png())) as before:
        assert saved.convert("RGB").tobytes() == before.convert("RGB").tobytes()
        # 60 pixels on 60 points: the file says how large Word shows it.
        assert [round(each) for each in saved.info["dpi"]] == [72, 72]


def test_a_photograph_keeps_its_pixels_and_says_how_large_word_shows_it(tmp_path: Path) -> None:
    stream = BytesIO()
    Image.effect_noise((120, 60), 50).convert("RGB").save(stream, "JPEG")
    _document(f"<w:p>{picture('Noise')}</w:p>", tmp_path, media={"rIdPicture": stream.getvalue()})
    with Image.open(tmp_path / "items" / "report" / "picture-1.jpg") as saved, Image.open(stream) as before:
        assert saved.tobytes() == before.tobytes()
        assert saved.info["dpi"] == (144, 144)


def test_a_picture_without_alternative_text_comes_in_and_is_named(tmp_path: Path) -> None:
    done = _document(f"<w:p>{picture(None)}</w:p>", tmp_path, media={"rIdPicture": png()})
    assert _text(done, tmp_path) == "![](items/report/picture-1.png)"
    (remark,) = done.remarks
    assert (remark.code, remark.pointer) == ("convert.missing-alt", "paragraph 2")


def test_what_was_cropped_away_is_not_saved(tmp_path: Path) -> None:
    whole = Image.new("RGB", (60, 30), (255, 0, 0))
    whole.paste((0, 0, 255), (0, 0, 30, 30))
    stream = BytesIO()
    whole.save(stream, "PNG")
    cropped = picture("Red").replace("<a:stretch>", '<a:srcRect l="50000"/><a:stretch>')
    _document(f"<w:p>{cropped}</w:p>", tmp_path, media={"rIdPicture": stream.getvalue()})
    with Image.open(tmp_path / "items" / "report" / "picture-1.png") as saved:
        assert saved.size == (30, 30)
        assert saved.convert("RGB").getcolors() == [(900, (255, 0, 0))]


def test_a_bitmap_becomes_a_png(tmp_path: Path) -> None:
    stream = BytesIO()
    Image.new("RGB", (4, 4), (1, 2, 3)).save(stream, "GIF")
    _document(f"<w:p>{picture('Four dots')}</w:p>", tmp_path, media={"rIdPicture": stream.getvalue()})
    assert (tmp_path / "items" / "report" / "picture-1.png").read_bytes().startswith(b"\x89PNG")


# --- Lists and tables -------------------------------------------------------------------------------


def test_lists_of_one_numbering_stand_in_each_other_by_level(tmp_path: Path) -> None:
    parts = {"numbering": numbering(("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%3."))}
    body = "".join([listed("one"), listed("a", 1), listed("i", 2), listed("ii", 2), listed("b", 1), listed("two")])
    done = _document(body, tmp_path, parts=parts)
    assert _text(done, tmp_path) == "1. one\n   a. a\n      i. i\n      ii. ii\n   b. b\n2. two"


def test_a_list_that_begins_anew_is_a_list_of_its_own(tmp_path: Path) -> None:
    parts = {"numbering": numbering(("decimal", "%1."))}
    body = listed("one") + listed("two") + listed("again one", num_id=2)
    done = _document(body, tmp_path, parts=parts)
    assert _text(done, tmp_path) == "1. one\n2. two\n\n1) again one"


def test_merged_cells_are_taken_apart_with_a_remark(tmp_path: Path) -> None:
    from docx_parts import cell

    body = table(
        row("Area", "Place", "Cost"),
        row(cell("North", '<w:vMerge w:val="restart"/>'), "Ayton", "1"),
        row(cell("", "<w:vMerge/>"), "Beeton", "2"),
        row(cell("Total", '<w:gridSpan w:val="2"/>'), "3"),
        columns=(2000, 2000, 2000),
    )
    done = _document(body, tmp_path)
    assert _text(done, tmp_path) == (
        "| Area | Place | Cost |\n|---|---|---|\n| North | Ayton | 1 |\n| North | Beeton | 2 |\n| Total |  | 3 |"
    )
    (remark,) = done.remarks
    assert (remark.code, remark.pointer) == ("import.merged-cells", "table 1")


def test_paragraphs_and_lists_in_a_cell_stand_on_one_line_with_a_remark(tmp_path: Path) -> None:
    from docx_parts import cell

    inner = cell(paragraph("First.") + paragraph("second") + paragraph("third"))
    done = _document(table(row("A", "B"), row(inner, "x")), tmp_path)
    assert "| First. second; third | x |" in _text(done, tmp_path)
    assert [remark.code for remark in done.remarks] == ["import.cell-on-one-line"]


def test_a_table_in_a_table_loses_no_word(tmp_path: Path) -> None:
    from docx_parts import cell

    inner = cell(table(row("in one", "in two")) + paragraph("below"))
    done = _document(table(row("A", "B"), row(inner, "x")), tmp_path)
    assert "| in one; in two; below | x |" in _text(done, tmp_path)


def test_a_frame_round_some_text_is_ordinary_text(tmp_path: Path) -> None:
    done = _document(table(row("Framed words"), columns=(6000,)), tmp_path)
    assert _text(done, tmp_path) == "Framed words"


def test_bold_and_italic_come_in_at_the_edges_of_words(tmp_path: Path) -> None:
    runs = (
        "<w:p><w:r><w:t xml:space='preserve'>It is </w:t></w:r><w:r><w:rPr><w:b/></w:rPr>"
        "<w:t xml:space='preserve'>very </w:t></w:r><w:r><w:rPr><w:b/><w:i/></w:rPr><w:t>cold</w:t></w:r>"
        "<w:r><w:rPr><w:b/></w:rPr><w:t>, </w:t></w:r><w:r><w:t>today</w:t></w:r></w:p>"
    )
    assert _text(_document(runs, tmp_path), tmp_path) == "It is **very *cold*,** today"
