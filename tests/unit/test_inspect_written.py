"""Objects read from their text are those that a library reads, however the file is written; or none are read so."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String

from packgen.inspect import Expected, inspect_pack
from packgen.inspect.active import find_active, suspected
from packgen.inspect.disagreement import Disagreement
from packgen.inspect.finished_file import FinishedFile
from packgen.inspect.holdings import identifier_of, kids_of_holding, read_holdings, title_of
from packgen.inspect.readback import read_back
from packgen.inspect.tags import check_tags
from packgen.inspect.written import Written, read_written
from packgen.merge import merge
from packgen.merge.labels import page_labels
from packgen.model import MergeRequest, OutlineItem
from pdf_parts import changed, report, request, saved, untagged

IN_STREAMS = {"object_stream_mode": ObjectStreamMode.generate}
WAYS = [
    IN_STREAMS,
    {**IN_STREAMS, "compress_streams": False},
    {**IN_STREAMS, "linearize": True},
    {"object_stream_mode": ObjectStreamMode.disable},
    {"qdf": True},
    {**IN_STREAMS, "encryption": pikepdf.Encryption(owner="x", user="")},
]


def wanted() -> MergeRequest:
    return request([("alpha", report("Alpha", 3)), ("beta", untagged("Beta"))])


def expected(made: MergeRequest) -> Expected:
    titles = {key: [part.title] for key, part in made.parts.items()}
    return Expected(made.plan, name="x", titles=titles, outline=made.outline)


def written_as(pdf: bytes, **options: object) -> bytes:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(file, **options)  # type: ignore[arg-type]  # passed on as they are
    return file.getvalue()


def read(pdf: bytes) -> Written:
    written = read_written(pdf)
    assert written is not None
    return written


@pytest.mark.parametrize("change", [None, lambda opened: setattr(opened.Root, "Lang", String("a\nb (c) \\"))])
def test_texts_are_what_a_library_reads(change: Callable[[Pdf], None] | None) -> None:
    pdf = merge(wanted()).data
    if change is not None:
        pdf = written_as(changed(pdf, change), **IN_STREAMS)
    texts = read(pdf).texts
    assert len(texts) > 50
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert {name: opened.get_object(int(name), 0).unparse(resolved=True) for name in texts} == texts


@pytest.mark.parametrize("way", WAYS)
def test_a_pack_passes_in_whatever_way_it_is_written(way: dict[str, object]) -> None:
    made = wanted()
    assert inspect_pack(written_as(merge(made).data, **way), expected(made)).warnings == ()


@pytest.mark.parametrize("way", WAYS)
def test_a_script_is_found_in_whatever_way_the_file_is_written(way: dict[str, object]) -> None:
    def act(opened: Pdf) -> None:
        opened.pages[1].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("app.beep(0)")))

    assert {found.code for found in active(written_as(changed(merge(wanted()).data, act), **way))} == {"active"}


def active(pdf: bytes) -> list[Disagreement]:
    with FinishedFile(pdf) as file:
        return list(find_active(file, suspected(file)))


def behind(pdf: bytes, number: int, text: bytes, *, offset: int = 0) -> bytes:
    """A file with another text for one object, written behind it as an update."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        root, size = opened.Root.objgen[0], int(opened.trailer.Size)
    start = pdf[pdf.rindex(b"startxref") :].split()[1]
    at = len(pdf)
    body = b"%d 0 obj\n%s\nendobj\n" % (number, text)
    entries = zlib.compress(b"\x01" + (at + offset).to_bytes(4, "big") + b"\0")
    section = (
        b"%d 0 obj\n<< /Type /XRef /Size %d /Root %d 0 R /W [ 1 4 1 ] /Index [ %d 1 ] /Prev %s /Length %d"
        b" /Filter /FlateDecode >>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
    )
    return pdf + body + section % (size, size + 1, root, number, start, len(entries), entries, at + len(body))


def test_an_object_that_was_replaced_has_only_its_new_text() -> None:
    pdf = merge(wanted()).data
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        element = next(
            thing.objgen[0] for thing in opened.objects
            if isinstance(thing, Dictionary) and thing.get("/S") == "/P" and "/Pg" in thing
        )  # fmt: skip
    assert b"%d" % element in read(pdf).texts
    made = wanted()
    other = behind(pdf, element, b"<< /S /P /Type /StructElem >>")
    assert b"%d" % element not in read(other).texts
    titles = expected(made).titles
    with FinishedFile(other) as file, pikepdf.open(io.BytesIO(other)) as opened:
        found = {each.code for each in check_tags(file, made.plan, titles).disagreements}
        assert found == {"tag-parents"}
        assert found == {each.code for each in check_tags(FinishedFile(opened), made.plan, titles).disagreements}


def test_names_may_be_written_with_codes() -> None:
    pdf = merge(wanted()).data
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        page = opened.pages[0].obj
        text = page.unparse(resolved=True).replace(b"<<", b"<< /A#41 << /O << /S /Java#53cript >> >>", 1)
        number = page.objgen[0]
    assert {found.message for found in active(behind(pdf, number, text))} == {
        "a script is in the file (/JavaScript)",
        "actions that run by themselves is in the file (/AA)",
    }


def test_what_drawings_hold_is_nobodys_action() -> None:
    drawn = b"/JavaScript /AA "
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(merge(wanted()).data)) as opened:
        opened.pages[0].obj.Contents = Array([opened.make_stream(drawn), *opened.pages[0].obj.Contents])
        opened.save(file, object_stream_mode=ObjectStreamMode.generate, compress_streams=False)
    assert drawn in file.getvalue()
    assert drawn not in read(file.getvalue()).loose
    assert active(file.getvalue()) == []


@pytest.mark.parametrize(
    "pdf",
    [b"", b"%PDF-1.7\nnothing", b"startxref\n5\n%%EOF", b"x" * 50 + b"\nstartxref\n99999999\n%%EOF\n"],
)
def test_what_is_no_pdf_is_not_guessed_at(pdf: bytes) -> None:
    assert read_written(pdf) is None


def test_a_section_that_leads_to_itself_ends() -> None:
    pdf = merge(wanted()).data
    number = 1
    turned = behind(pdf, number, b"null")
    start = turned[turned.rindex(b"startxref") :].split()[1]
    earlier = pdf[pdf.rindex(b"startxref") :].split()[1]
    assert read_written(turned.replace(b"/Prev %s /Length" % earlier, b"/Prev %s /Length" % start)) is None


@pytest.mark.parametrize(
    ("written", "objects", "content"),
    [
        (b"", [], []),
        (b"7", [], [7]),
        (b"[ 1 2 3 ]", [], [1, 2, 3]),
        (b"7 0 R", [b"7"], []),
        (b"[ 7 0 R 80 0 R ]", [b"7", b"80"], []),
        (b"[ 1 7 0 R 2 0 0 R ]", [b"7", b"0"], [1, 2]),
        (b"[ ]", [], []),
    ],
)
def test_kids_are_told_apart(written: bytes, objects: list[bytes], content: list[int]) -> None:
    assert kids_of_holding(written) == (objects, content, [])


def test_references_among_kids() -> None:
    kids = kids_of_holding(b"[ 3 << /MCID 0 /Pg 5 0 R /Type /MCR >> 7 0 R << /Obj 8 0 R /Pg 5 0 R /Type /OBJR >> ]")
    assert kids == ([b"7"], [3], [(b"0", b"", b"5", b""), (b"", b"8", b"5", b"")])


def test_only_elements_in_their_plain_form_are_read_in_one_step() -> None:
    plain = b"<< /ID (a 0 R) /K [ 1 ] /P 2 0 R /Pg 3 0 R /S /P /T (x \\(y\\) /K 9) /Type /StructElem >>"
    others = [
        plain.replace(b"(a 0 R)", b"(a\\(b)"),
        plain.replace(b"2 0 R", b"2 1 R"),
        plain.replace(b"[ 1 ]", b"[ 7 1 R ]"),
        plain.replace(b"[ 1 ]", b"[ << /K 1 >> ]"),
        plain.replace(b"/T ", b"/NS 4 0 R /T "),
        plain.replace(b"(x", b"(\n5 << /K 0 /P 2 0 R /S /P /Type /StructElem >>\n"),
        b"<< /Type /Catalog >>",
    ]
    read = read_holdings({b"1": plain, **{b"%d" % (number + 5): text for number, text in enumerate(others)}})
    assert read == {b"1": (b"(a 0 R)", b"[ 1 ]", b"3")}
    assert identifier_of(read[b"1"][0]) == identifier_of(b"<612030205 2>".replace(b"5 2", b"52")) == b"a 0 R"
    assert title_of(plain) == "x (y) /K 9"


@pytest.mark.parametrize(
    "numbers",
    [
        ["1", "2", "3"],
        ["i", "ii", "iii", "1", "2", "2A", "2B", "3", "iiA", "4", "xl", "5"],
        ["12A", "12B", "13", "400"],
    ],
)
def test_labels_are_read_as_viewers_show_them(numbers: list[str]) -> None:
    pdf = pikepdf.new()
    for _ in numbers:
        pdf.add_blank_page()
    pdf.Root.PageLabels = page_labels(numbers)
    assert list(read_back(saved(pdf)).labels) == numbers


def test_labels_of_every_style_and_of_none() -> None:
    entries = [(0, {}), (1, {"S": Name.R, "St": 4}), (2, {"S": Name.a, "St": 27}), (3, {"S": Name.A, "St": 2}),
               (4, {"P": "Ä–", "S": Name.D})]  # fmt: skip
    pdf = pikepdf.new()
    for _ in range(6):
        pdf.add_blank_page()
    assert list(read_back(saved(pdf)).labels) == ["1", "2", "3", "4", "5", "6"]
    listed = [part for index, entry in entries for part in (index, Dictionary(**entry))]
    pdf.Root.PageLabels = Dictionary(Kids=Array([Dictionary(Nums=Array(listed), Limits=Array([0, 4]))]))
    assert list(read_back(saved(pdf)).labels) == ["", "IV", "aa", "B", "Ä–1", "Ä–2"]


def test_bookmarks_of_any_words_are_read_back() -> None:
    made = wanted()
    words = ["Ä “quoted” (a) \\ b", "😀 two  blanks", "a\tb\nc", "long " * 300, "a\u00a0b\u2028c"]
    outline = [OutlineItem(title=title, target="alpha") for title in words]
    wordy = replace(made, outline=outline)
    assert inspect_pack(merge(wordy).data, expected(wordy)).warnings == ()
