"""Word files with tracked changes, comments, and ties to other files: found at their place; drawn without them if the
officer says that they do no harm."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from docx_parts import cell, docx, listed, numbering, paragraph, picture, png, row, table
from office_parts import part, presentation, with_parts, workbook
from packgen.convert.accepted import accepted
from packgen.hygiene import check_hygiene
from pdf_facts import page_texts
from tests.conftest import Packgen, write_pack

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BY = 'w:id="3" w:author="R. Archer" w:date="2026-09-01T09:00:00Z"'
SEEN = paragraph("The council plants trees.")


def run(text: str, deleted: bool = False) -> str:
    kind = "delText" if deleted else "t"
    return f'<w:r><w:{kind} xml:space="preserve">{text}</w:{kind}></w:r>'


INSERTED = f"<w:p>{run('Oak')}<w:ins {BY}>{run(' and ash')}</w:ins></w:p>"
DELETED = f"<w:p>{run('Oak')}<w:del {BY}>{run(' and Harrow', deleted=True)}</w:del></w:p>"
MOVED = (
    f'<w:p><w:moveFromRangeStart w:id="1" w:name="m"/><w:moveFrom {BY}>{run("Lime")}</w:moveFrom>'
    f'<w:moveFromRangeEnd w:id="1"/>{run("Elm")}</w:p>'
    f'<w:p>{run("Yew")}<w:moveToRangeStart w:id="2" w:name="m"/><w:moveTo {BY}>{run("Lime")}</w:moveTo>'
    '<w:moveToRangeEnd w:id="2"/></w:p>'
)
ROW_GONE = table(row("Kind", "Number"), row("Oak", "12"), row("Ash", "3", properties=f"<w:del {BY}/>"))
ROW_NEW = table(row("Kind", "Number"), row("Oak", "12", properties=f"<w:ins {BY}/>"))
END_GONE = f"<w:p><w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>{run('Oak ')}</w:p>{paragraph('and ash')}"
END_GONE_BEFORE_A_MARK = (
    f"<w:p><w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>{run('Lar')}</w:p>"
    f'<w:bookmarkEnd w:id="9"/>{paragraph("ch and fir")}'
)
ITEM_GONE = (
    f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>'
    f'<w:del {BY}>{run("Harrow", deleted=True)}</w:del></w:p><w:bookmarkEnd w:id="8"/>{listed("Pine")}'
)
HIDDEN_ROW = table(row("Kind", "Number"), row("Harrow", "12", properties="<w:hidden/>"))
LOOKS = f"<w:p><w:r><w:rPr><w:b/><w:rPrChange {BY}><w:rPr/></w:rPrChange></w:rPr><w:t>Oak</w:t></w:r></w:p>"
CELL_GONE = table(row(cell("Oak", f"<w:cellDel {BY}/>"), "12"))


def commented(text: str = "Ask Harrow.") -> bytes:
    marks = '<w:commentRangeStart w:id="1"/>{}<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
    made = docx(SEEN + f"<w:p>{marks.format(run('Oak'))}</w:p>")
    comment = f'<w:comments {W}><w:comment w:id="1">{paragraph(text)}</w:comment></w:comments>'
    return related(with_parts(made, {"word/comments.xml": comment}), "comments", "comments.xml", external=False)


def related(data: bytes, kind: str, target: str, *, holder: str = "word/document.xml", external: bool = True) -> bytes:
    """A file with one more relationship of one of its parts."""
    folder, _, base = holder.rpartition("/")
    name = f"{folder}/_rels/{base}.rels"
    try:
        written = part(data, name)
    except KeyError:
        written = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    mode = ' TargetMode="External"' if external else ""
    more = f'<Relationship Id="rId77" Type="{KINDS}/{kind}" Target="{target}"{mode}/></Relationships>'
    return with_parts(data, {name: written.replace("</Relationships>", more)})


def templated(address: str) -> bytes:
    made = docx(SEEN, parts={"settings": '<w:attachedTemplate r:id="rId77"/>'})
    return related(made, "attachedTemplate", address, holder="word/settings.xml")


def slides(kind: str, target: str) -> bytes:
    return related(presentation({"A": ["One"], "B": ["Two"]}), kind, target, holder="ppt/slides/slide2.xml")


HELD: dict[str, tuple[Callable[[], bytes], str, str | None]] = {
    "inserted.docx": (lambda: docx(SEEN + INSERTED), "tracked-changes", 'near "Oak and ash"'),
    "deleted.docx": (lambda: docx(SEEN + DELETED), "tracked-changes", 'near "Oak"'),
    "moved.docx": (lambda: docx(SEEN + MOVED), "tracked-changes", None),
    "row-gone.docx": (lambda: docx(SEEN + ROW_GONE), "tracked-changes", "in a table"),
    "row-new.docx": (lambda: docx(SEEN + ROW_NEW), "tracked-changes", "in a table"),
    "end-gone.docx": (lambda: docx(SEEN + END_GONE), "tracked-changes", 'near "Oak"'),
    "hidden-row.docx": (lambda: docx(SEEN + HIDDEN_ROW), "hidden-text", None),
    "in-header.docx": (lambda: docx(SEEN, parts={"header1": INSERTED}), "tracked-changes", 'near "Oak and ash"'),
    "comment.docx": (commented, "comments", None),
    "linked-picture.docx": (
        lambda: related(docx(SEEN), "image", "https://example.org/a.png"), "external-links", None,
    ),
    "template.docx": (lambda: templated("https://example.org/a.dotm"), "external-links", None),
    "template-of-a-server.docx": (lambda: templated("file://lyne-files/share/a.dotm"), "external-links", None),
    "template-of-a-share.docx": (lambda: templated("\\\\lyne-files\\share\\a.dotm"), "external-links", None),
    "other-text.docx": (lambda: related(docx(SEEN), "subDocument", "chapter.docx"), "external-links", None),
    "linked-picture.pptx": (lambda: slides("image", "https://example.org/a.png"), "external-links", "slide 2"),
    "linked-film.pptx": (lambda: slides("video", "file:///C:/film.mp4"), "external-links", "slide 2"),
    "other-workbook.xlsx": (
        lambda: related(workbook({"A": [["x"]]}), "externalLink", "a.xml", holder="xl/workbook.xml", external=False),
        "external-links",
        None,
    ),
    "object.docx": (
        lambda: related(docx(SEEN), "oleObject", "embeddings/a.bin", external=False), "embedded-objects", None,
    ),
}  # fmt: skip
NOT_HELD: dict[str, Callable[[], bytes]] = {
    "plain.docx": lambda: docx(SEEN),
    "other-looks.docx": lambda: docx(SEEN + LOOKS),
    "blank-comment.docx": lambda: commented("  "),
    "own-template.docx": lambda: templated("file:///C:/Users/archer/Templates/Normal.dotm"),
    "templates-name.docx": lambda: templated("Normal.dotm"),
    "link.docx": lambda: docx(SEEN, links={"rIdLink": "https://example.org"}),
    "picture-within.docx": lambda: docx(f"<w:p>{picture('A tree')}</w:p>", media={"rIdPicture": png()}),
    "link.pptx": lambda: slides("hyperlink", "https://example.org"),
    "chart.pptx": lambda: related(
        with_parts(presentation({"A": ["One"]}), {"ppt/charts/chart1.xml": "<a/>", "ppt/embeddings/a.xlsx": "x"}),
        "package", "../embeddings/a.xlsx", holder="ppt/charts/chart1.xml", external=False,
    ),
}  # fmt: skip


def found(folder: Path, name: str, data: bytes) -> list[tuple[str, Any]]:
    file = folder / name
    file.write_bytes(data)
    return [(problem.code, problem.pointer) for problem in check_hygiene(file)]


@pytest.mark.parametrize("name", HELD)
def test_it_is_found_at_its_place(tmp_path: Path, name: str) -> None:
    make, kind, place = HELD[name]
    [(code, pointer)] = found(tmp_path, name, make())
    assert code == f"hygiene.{kind}"
    assert place is None or pointer == place
    assert "Harrow" not in str(pointer)


@pytest.mark.parametrize("name", NOT_HELD)
def test_what_is_almost_that_passes(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, name, NOT_HELD[name]()) == []


def words(packgen: Packgen, folder: Path, data: bytes, engine: str, **acknowledged: str) -> str:
    """The words of the document in the pack that is built with it."""
    document = {
        "file": "attachments/a.docx", "title": "Plan",
        "acknowledged": {kind.replace("_", "-"): why for kind, why in acknowledged.items()},
    }  # fmt: skip
    pack = write_pack(
        folder / "p", items=[{"title": "Trees", "documents": [document]}], files={"attachments/a.docx": data}
    )
    built = packgen("build", pack, "--out", folder / "dist", "--engine", engine)
    assert built.code == 0, built.err
    texts = page_texts((folder / "dist" / "p" / "public" / "agenda-pack.pdf").read_bytes())
    return " ".join(" ".join(texts[1:]).split())


ENGINES = ["built-in", pytest.param("libreoffice", marks=[pytest.mark.libreoffice, pytest.mark.slow])]


@pytest.mark.parametrize("engine", ENGINES)
def test_changes_that_do_no_harm_are_drawn_as_accepted(packgen: Packgen, tmp_path: Path, engine: str) -> None:
    body = SEEN + INSERTED + DELETED + MOVED + END_GONE + END_GONE_BEFORE_A_MARK + ITEM_GONE + ROW_GONE + LOOKS
    data = docx(body, parts={"numbering": numbering(("decimal", "%1."))})
    text = words(packgen, tmp_path, data, engine, tracked_changes="Members asked to see them.")
    assert "Larch and fir" in text
    assert "1. Pine" in text
    assert "Oak and ash" in text
    assert "Harrow" not in text
    assert text.index("Elm") < text.index("Yew")
    assert text.count("Lime") == 1 and "YewLime" in text.replace(" ", "")
    assert "12" in text and "Ash" not in text


@pytest.mark.parametrize("engine", ENGINES)
def test_comments_that_do_no_harm_are_not_drawn(packgen: Packgen, tmp_path: Path, engine: str) -> None:
    text = words(packgen, tmp_path, commented(), engine, comments="They thank the author.")
    assert "Oak" in text
    assert "Harrow" not in text
    assert b"Harrow" not in accepted(commented(), "a.docx", comments=True, changes=False)


def test_cells_that_were_taken_out_are_not_accepted(packgen: Packgen, tmp_path: Path) -> None:
    """What the table would be without them is Word's to say."""
    document = {"file": "attachments/a.docx", "title": "Plan", "acknowledged": {"tracked-changes": "They do no harm."}}
    files = {"attachments/a.docx": docx(SEEN + CELL_GONE)}
    pack = write_pack(tmp_path / "p", items=[{"title": "Trees", "documents": [document]}], files=files)
    built = packgen("build", pack, "--out", tmp_path / "dist")
    assert built.code == 6
    assert "tracked" in built.err


def test_saying_that_changes_do_no_harm_draws_the_document_anew(packgen: Packgen, tmp_path: Path) -> None:
    data = commented()
    first = words(packgen, tmp_path, data, "built-in", comments="They thank the author.")
    body = docx(SEEN + DELETED)
    assert "Harrow" not in words(packgen, tmp_path, body, "built-in", tracked_changes="They do no harm.")
    assert words(packgen, tmp_path, data, "built-in", comments="They do no harm.") == first


def _coloured(ink: str, paper: str = "") -> str:
    shade = f'<w:shd w:val="clear" w:fill="{paper}"/>' if paper else ""
    run = f'<w:r><w:rPr><w:color w:val="{ink}"/>{shade}</w:rPr><w:t>Harrow paid eight hundred.</w:t></w:r>'
    return SEEN + f"<w:p>{run}</w:p>"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("body", "told"),
    [
        (_coloured("FFFFFF"), True),
        (_coloured("FEFEFE"), True),
        (_coloured("000000", "000000"), True),
        (_coloured("FFFFFF", "1F3864"), False),
        (_coloured("C00000"), False),
        (_coloured("auto", "FFFF00"), False),
    ],
)
def test_words_in_the_colour_of_the_page_are_found_in_word_files(
    packgen: Packgen, tmp_path: Path, engine: str, body: str, told: bool
) -> None:
    document: dict[str, Any] = {"file": "attachments/a.docx", "title": "Plan"}
    files = {"attachments/a.docx": docx(body)}
    pack = write_pack(tmp_path / "p", items=[{"title": "Trees", "documents": [document]}], files=files)
    built = packgen("build", pack, "--out", tmp_path / "dist", "--engine", engine)
    assert built.code == (3 if told else 0), built.err
    assert ("attachments/a.docx page 1: words that nobody sees" in built.err) is told
    if told:
        document["acknowledged"] = {"covered-words": "They are marks for the printer."}
        write_pack(pack, items=[{"title": "Trees", "documents": [document]}])
        assert packgen("build", pack, "--out", tmp_path / "dist", "--engine", engine).code == 0


def test_what_is_acknowledged_and_not_there_is_told(packgen: Packgen, tmp_path: Path) -> None:
    document = {"file": "attachments/a.docx", "title": "Plan", "acknowledged": {"comments": "They thank the author."}}
    files = {"attachments/a.docx": docx(SEEN)}
    run = packgen("validate", write_pack(tmp_path / "p", items=[{"title": "A", "documents": [document]}], files=files))
    assert run.code == 0
    assert "warning: " in run.err and 'pack.json acknowledges "comments", and there is nothing of that kind' in run.err
