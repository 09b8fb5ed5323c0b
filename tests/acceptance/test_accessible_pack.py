"""A finished pack is read aloud as it was written, claims what it keeps, and says what keeps it from more."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import docx
import page
import pikepdf
import pytest
from docx.oxml.ns import qn
from reportlab.pdfgen.canvas import Canvas

from packgen.cli import main
from tests import pdf_facts
from tests.conftest import REPORT, REPOSITORY, Packgen, write_pack
from tests.pdf_parts import changed, scan, spot_colour, tagged, untagged

PACKS = ("2019-03-04-safe-and-strong-communities", "2022-10-24-safeguarding")
_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NOTICE = "This page is intentionally left blank"


@pytest.fixture(scope="module", params=PACKS)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The output folder of a shipped pack."""
    out = tmp_path_factory.mktemp("dist")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["packgen", "build", str(REPOSITORY / "packs" / request.param), "--out", str(out)])
        with pytest.raises(SystemExit) as stopped:
            main()
    assert not stopped.value.code
    yield out / request.param


def squeezed(text: str) -> str:
    return _BLANKS.sub("", text).replace("\u00ad", "")


def decoded(line: bytes) -> str:
    """A line of pdfinfo's: what is on pages comes as UTF-8, titles as the file holds them."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("pdfdoc_pikepdf", "replace")


def heard(pack: Path) -> list[tuple[str, str]]:
    """Title and words of each document in the order in which its tags are read, as `pdfinfo -struct-text` tells."""
    if shutil.which("pdfinfo") is None:
        pytest.skip("pdfinfo (poppler-utils) is not installed")
    told = subprocess.run(["pdfinfo", "-struct-text", pack], capture_output=True, check=True).stdout
    documents: list[tuple[str, list[str]]] = []
    for line in map(decoded, told.splitlines()):
        part = re.match(r'(?:  |    )Part "(.*)"$', line)
        if part:
            documents.append((part[1], []))
        elif documents and line.lstrip().startswith('"'):
            documents[-1][1].append(line.strip()[1:-1])
    return [(title, squeezed("".join(words))) for title, words in documents if words]


def written(file: Path) -> list[str]:
    """The pieces of text of a Word file in their order, parted where numbers of notes or pictures stand."""
    pieces = []
    for paragraph in docx.Document(str(file)).element.body.iter(qn("w:p")):
        piece = ""
        for part in paragraph.iter():
            if part.tag == qn("w:t"):
                piece += part.text or ""
            elif part.tag in {qn("w:footnoteReference"), qn("w:drawing"), qn("w:br"), qn("w:tab"), qn("w:p")}:
                pieces.append(piece)
                piece = ""
        pieces.append(piece)
    return [squeezed(piece) for piece in pieces if squeezed(piece)]


@pytest.mark.slow
def test_all_texts_are_heard_in_order_word_for_word_and_no_word_of_a_page_is_missing(built: Path) -> None:
    documents = heard(built / "public" / "agenda-pack.pdf")
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    assert [title for title, _ in documents] == ["Agenda", *(each["title"] for each in manifest["documents"])]
    files = {"Agenda": built / "editable" / "00-agenda.docx"}
    files |= {each["title"]: built / "editable" / f"{each['id']}.docx" for each in manifest["documents"]}
    compared = 0
    for title, words in documents:
        if not files[title].exists():
            continue  # an author's PDF
        at = 0
        for piece in written(files[title]):
            found = words.find(piece, at)
            assert found >= 0, f"{title}: {piece[:60]} is not heard after {words[max(at - 60, 0) : at]}"
            at = found + len(piece)
        compared += 1
    assert compared >= 5
    pdf = (built / "public" / "agenda-pack.pdf").read_bytes()
    in_tags = "".join(words for _, words in documents)
    for text in pdf_facts.page_texts(pdf):
        for word in _WORD.findall(text):
            assert word in in_tags, text
    assert in_tags.count(squeezed(_NOTICE)) == sum(_NOTICE in text for text in pdf_facts.page_texts(pdf))


@pytest.mark.slow
def test_a_shipped_pack_and_its_items_claim_and_keep_both_standards(built: Path) -> None:
    for file in [built / "public" / "agenda-pack.pdf", *sorted((built / "public" / "items").iterdir())]:
        pdf = file.read_bytes()
        assert "<pdfuaid:part>1<" in pdf_facts.xmp(pdf), file.name
        assert "<pdfaid:conformance>A<" in pdf_facts.xmp(pdf), file.name
        for profile in ("ua1", "2a"):
            result = page.validate_pdf_bytes(pdf, profile=profile, limits=page.SafetyLimits.unlimited())
            broken = [each.rule_id for each in result.failures if "STREAM-LENGTH" not in each.rule_id]
            assert broken == [], f"{file.name} {profile}"


@pytest.mark.slow
def test_the_report_of_a_shipped_pack_has_nothing_to_mend(built: Path) -> None:
    report = json.loads((built / "accessibility.json").read_text(encoding="utf-8"))
    assert [pack["claims"] for pack in report["packs"]] == [["PDF/A-2a", "PDF/UA-1"]]
    assert [each["title"] for each in report["documents"] if each["shortcomings"]] == []
    assert "Every document keeps both standards." in (built / "accessibility.txt").read_text(encoding="utf-8")


def pack_with(folder: Path, **attachments: bytes) -> Path:
    """A pack with a report and authors' PDFs behind it, by the names of their files."""
    documents: list[dict[str, str]] = [{"data": "items/02-report.json"}]
    documents += [{"file": f"attachments/{name}.pdf", "title": f"Appendix {name}"} for name in attachments]
    return write_pack(
        folder,
        items=[{"title": "Apologies"}, {"title": "Tree Planting", "documents": documents}],
        files={"items/02-report.json": REPORT} | {f"attachments/{name}.pdf": pdf for name, pdf in attachments.items()},
    )


def two_columns(canvas: Canvas, index: int) -> None:
    """Two columns of prose, drawn line by line across the page, as some programs do."""
    left = ["The first column begins", "here and it goes on", "until its last line."]
    right = ["The second column is read", "after the first one, not", "across the page."]
    for row in range(3):
        canvas.drawString(72, 600 - 14 * row, left[row])
        canvas.drawString(330, 600 - 14 * row, right[row])


def told(packgen: Packgen, folder: Path, out: Path) -> tuple[list[dict[str, str]], Path]:
    """The problems that a build told of, and its output."""
    run = packgen("build", folder, "--out", out, "--json")
    assert run.code == 0, run.err
    return run.json["packs"][0]["problems"], out / folder.name


def test_an_untagged_document_is_read_in_order_and_takes_the_claims_away(packgen: Packgen, tmp_path: Path) -> None:
    folder = pack_with(tmp_path / "packs" / "trees", A=untagged("A heading of its own", draw=two_columns))
    problems, out = told(packgen, folder, tmp_path / "dist")
    assert "file.untagged" in [problem["code"] for problem in problems]
    pdf = (out / "public" / "agenda-pack.pdf").read_bytes()
    assert "pdfuaid:part>" not in pdf_facts.xmp(pdf)
    assert "pdfaid:part>" not in pdf_facts.xmp(pdf)
    words = pdf_facts.spoken(pdf)
    order = ["A heading of its own", "The first column begins", "here and it goes on", "until its last line.",
             "The second column is read", "after the first one, not", "across the page."]  # fmt: skip
    assert [words.find(each) for each in order] == sorted(words.find(each) for each in order)
    assert min(words.find(each) for each in order) > 0
    report = json.loads((out / "accessibility.json").read_text(encoding="utf-8"))
    assert report["packs"][0]["claims"] == []
    (poor,) = [each for each in report["documents"] if each["shortcomings"]]
    assert (poor["title"], poor["item"]) == ("Appendix A", "2")
    assert poor["shortcomings"][0]["code"] == "conform.untagged"
    text = (out / "accessibility.txt").read_text(encoding="utf-8")
    assert "Not claimed" in text
    assert "Appendix A" in text
    assert "Document structure tags" in " ".join(text.split())


def test_the_items_without_the_document_still_claim_what_they_keep(packgen: Packgen, tmp_path: Path) -> None:
    folder = pack_with(tmp_path / "packs" / "trees", A=untagged("Words"))
    pack = json.loads((folder / "pack.json").read_text(encoding="utf-8"))
    pack["items"].append({"title": "Another", "documents": [{"data": "items/03-report.json"}]})
    shutil.copy(folder / "items" / "02-report.json", folder / "items" / "03-report.json")
    (folder / "pack.json").write_text(json.dumps(pack), encoding="utf-8")
    _, out = told(packgen, folder, tmp_path / "dist")
    claims = {file.name[:2]: "pdfuaid:part>" in pdf_facts.xmp(file.read_bytes())
              for file in (out / "public" / "items").iterdir()}  # fmt: skip
    assert claims == {"02": False, "03": True}


def test_a_tagged_document_that_claims_too_much_is_found_out(packgen: Packgen, tmp_path: Path) -> None:
    skipping = tagged("= A\n== B\nWords")
    folder = pack_with(tmp_path / "packs" / "trees", A=skipping, B=_with_skipped_heading(skipping))
    problems, out = told(packgen, folder, tmp_path / "dist")
    assert [problem["file"][-5:] for problem in problems if problem["code"] == "conform.headings"] == ["B.pdf"]
    report = json.loads((out / "accessibility.json").read_text(encoding="utf-8"))
    assert [each["keeps"] for each in report["documents"]] == [
        ["PDF/A-2a", "PDF/UA-1"], ["PDF/A-2a", "PDF/UA-1"], ["PDF/A-2a"],
    ]  # fmt: skip
    assert report["packs"][0]["claims"] == ["PDF/A-2a"]


def _with_skipped_heading(pdf: bytes) -> bytes:
    def skip(opened: pikepdf.Pdf) -> None:
        for each in opened.objects:
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/H2":
                each.S = pikepdf.Name.H3

    return changed(pdf, skip)


def test_documents_that_mean_different_inks_by_one_name_are_named_together(packgen: Packgen, tmp_path: Path) -> None:
    folder = pack_with(
        tmp_path / "packs" / "trees", A=spot_colour("One", [0, 0, 1]), B=spot_colour("Two", [0, 0.2, 0.8])
    )
    problems, out = told(packgen, folder, tmp_path / "dist")
    assert [each["file"][-5:] for each in problems if each["code"] == "conform.at-odds"] == ["A.pdf", "B.pdf"]
    report = json.loads((out / "accessibility.json").read_text(encoding="utf-8"))
    assert report["packs"][0]["claims"] == ["PDF/UA-1"]


def test_a_page_whose_words_are_all_decoration_is_found_out(packgen: Packgen, tmp_path: Path) -> None:
    words = " ".join(f"word{number}" for number in range(40))
    hidden = tagged(f"= A\nWords\n#pagebreak()\n#pdf.artifact[{words}]")
    only_footer = tagged("= B\nWords\n#pagebreak()\n#pdf.artifact[The footer alone]")
    problems, out = told(packgen, pack_with(tmp_path / "packs" / "trees", A=hidden, B=only_footer), tmp_path / "dist")
    (problem,) = [each for each in problems if each["code"] == "conform.unheard-pages"]
    assert problem["file"].endswith("A.pdf")
    assert "all words on its page 2 are marked as decoration" in problem["message"]
    assert "pdfuaid:part>" not in pdf_facts.xmp((out / "public" / "agenda-pack.pdf").read_bytes())


def test_a_scan_is_a_figure_and_reported(packgen: Packgen, tmp_path: Path) -> None:
    folder = pack_with(tmp_path / "packs" / "trees", A=scan())
    problems, out = told(packgen, folder, tmp_path / "dist")
    assert "file.scan" in [problem["code"] for problem in problems]
    tags = pdf_facts.tags((out / "public" / "agenda-pack.pdf").read_bytes())
    assert [tag.alt is not None for tag in tags if tag.role == "Figure"] == [True]
    report = json.loads((out / "accessibility.json").read_text(encoding="utf-8"))
    assert codes(report["documents"][1]["shortcomings"])[0] == "conform.scan"


def test_screen_readers_meet_documents_below_their_items(packgen: Packgen, tmp_path: Path) -> None:
    folder = pack_with(tmp_path / "packs" / "trees", A=tagged("= A\nWords"))
    _, out = told(packgen, folder, tmp_path / "dist")
    tags = pdf_facts.tags((out / "public" / "agenda-pack.pdf").read_bytes())
    assert [(tag.depth, tag.title) for tag in tags if tag.role == "Part"] == [
        (1, "Agenda"), (1, "2. Tree Planting"), (2, "Tree Planting"), (2, "Appendix A"),
    ]  # fmt: skip


def codes(problems: Sequence[dict[str, str]]) -> list[str]:
    return [problem["code"] for problem in problems]
