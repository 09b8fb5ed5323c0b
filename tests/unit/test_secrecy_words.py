"""Private words are found in whatever form a public file has them, and what everybody says is no secret."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace
from pikepdf import Pdf, Stream, String

from packgen.merge import merge
from packgen.model import Document, Exemption, Item, Meeting, Pack, Withdrawal
from packgen.secrecy.pdf_texts import PlacedText, texts_of
from packgen.secrecy.search import hits_in
from packgen.secrecy.secrets import Secrets, secrets_of
from packgen.secrecy.words import RUN, runs_of, spaced, words_of
from pdf_parts import changed, report, request

COPIED = (
    "The council has agreed with Harrow Estates that the freehold will be sold for eight hundred thousand pounds, and "
    "that completion will follow within thirty days of planning permission being granted."
)
STANDING = (
    "There are no implications for climate change, crime and disorder, equality or human rights that arise directly "
    "from the recommendations made here."
)


def paper(title: str, text: str = "", exempt: Exemption | None = None, file: str | None = None) -> Document:
    source = Path("/p") / (file or f"items/{title}.json")
    name = title.lower().replace(" ", "-")
    if file is not None:
        return Document(id=name, title=title, source=source, exempt=exempt)
    return Document(id=name, title=title, source=source, template="document", data={"text": text}, exempt=exempt)


def pack_of(*items: Item, part_two: tuple[Item, ...] = ()) -> Pack:
    return Pack(
        id="p",
        folder=Path("/p"),
        committee="Planning Committee",
        meeting=Meeting(date=dt.date(2026, 9, 17), time=dt.time(10), venue="Room 1"),
        published=dt.date(2026, 9, 9),
        items=items,
        part_two=part_two,
    )  # fmt: skip


EXEMPT = Exemption(paragraphs=(3,))


def secrets(exempt: Document, *public: Document, pages: dict[str, tuple[str, ...]] | None = None) -> Secrets:
    papers = {each.id: (str((each.data or {}).get("text", "")),) for each in (exempt, *public)}
    items = [Item(number=str(place), title=f"Item {place}", documents=(each,)) for place, each in enumerate(public, 2)]
    return secrets_of(pack_of(Item(number="1", title="Land", documents=(exempt,)), *items), papers | (pages or {}))


def found(text: str, told: Secrets) -> list[str]:
    return [hit.what for hit in hits_in([PlacedText(text, "on a page", 0)], told)]


def test_a_copied_paragraph_is_found_however_its_lines_break() -> None:
    told = secrets(paper("Sale", COPIED, EXEMPT))
    broken = (
        COPIED.replace(" that ", "\nthat ").replace("freehold", "free-\nhold").replace("planning", "plan\u00adning")
    )
    assert found(f"As we heard, {broken} More.", told) == ["words of the exempt document 1 of item 1"]
    assert found(COPIED.upper(), told)
    assert not found(" ".join(COPIED.split()[: RUN - 1]), told)
    assert not found(" ".join(reversed(COPIED.split())), told)


def test_what_files_say_is_known_from_their_pages() -> None:
    told = secrets(paper("Prices", exempt=EXEMPT, file="a/x.pdf"), pages={"prices": ("Page 1", COPIED)})
    assert found(COPIED, told) == ["words of the exempt document 1 of item 1"]


def test_a_standing_sentence_of_several_items_is_no_secret() -> None:
    private = paper("Sale", f"{COPIED} {STANDING}", EXEMPT)
    one, two = paper("Trees", STANDING), paper("Roads", STANDING)
    assert not found(STANDING, secrets(private, one, two))
    assert found(STANDING, secrets(private, one))
    assert found(COPIED, secrets(private, one, two))


def test_names_and_days_alone_make_no_run() -> None:
    words = words_of("Report of the Planning Committee on 17 September 2026 to the Planning Committee of the council")
    assert not list(runs_of(words, {"planning", "committee", "report", "council"}))


@pytest.mark.parametrize(
    ("title", "secret"),
    [("Valuation of Mill Lane", True), ("Appendix C", False), ("Exempt report", False), ("Exempt Appendix 2", False)],
)
def test_a_title_that_tells_something_is_secret(title: str, secret: bool) -> None:
    told = secrets(paper(title, "Short.", EXEMPT))
    assert bool(found(f"see {title.upper()}.", told)) is secret


def test_a_file_name_is_secret() -> None:
    told = secrets(paper("Appendix C", exempt=EXEMPT, file="attachments/harrow-price.docx"))
    assert found("../attachments/harrow-price.docx", told) == ["the file name of the exempt document 1 of item 1"]


def test_words_that_an_officer_named_as_public_are_none() -> None:
    allowed = replace(EXEMPT, public_words=("Valuation of Mill Lane", COPIED))
    told = secrets(paper("Valuation of Mill Lane", COPIED, allowed))
    assert not found(f"Valuation of Mill Lane. {COPIED}", told)


def metadata(opened: Pdf) -> None:
    with opened.open_metadata() as told:
        told["dc:description"] = COPIED


def hexadecimal(opened: Pdf) -> None:
    opened.Root.Strange = Stream(opened, b"BT <" + COPIED.encode().hex(" ").encode() + b"> Tj ET")


@pytest.mark.parametrize(
    ("hide", "place"),
    [
        (metadata, "in its metadata"),
        (hexadecimal, "in hidden data"),
        (
            lambda pdf: pdf.docinfo.__setitem__("/Subject", String(COPIED)),
            "in one of its titles, bookmarks or descriptions",
        ),
        (lambda pdf: setattr(pdf.Root, "X", Stream(pdf, COPIED.encode("utf-16-be"))), "in hidden data"),
        (lambda pdf: setattr(pdf.Root, "X", Stream(pdf, COPIED.encode("utf-16"))), "in hidden data"),
        (lambda pdf: setattr(pdf.Root, "X", Stream(pdf, COPIED.encode())), "in hidden data"),
    ],
)
def test_nothing_of_a_file_is_left_out(hide: Callable[[Pdf], None], place: str) -> None:
    told = secrets(paper("Sale", COPIED, EXEMPT))
    clean = merge(request([("a", report("Alpha"))])).data
    assert not hits_in(texts_of(clean), told)
    assert place in {hit.place for hit in hits_in(texts_of(changed(clean, hide)), told)}


def test_a_name_in_the_objects_of_a_file_is_found() -> None:
    told = secrets(paper("Appendix C", exempt=EXEMPT, file="attachments/harrow-price.docx"))

    def named(opened: Pdf) -> None:
        opened.Root["/harrow-price.docx"] = 1

    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(merge(request([("a", report("Alpha"))])).data)) as opened:
        named(opened)
        opened.save(target, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert hits_in(texts_of(target.getvalue()), told)


def test_texts_are_compared_word_by_word() -> None:
    assert spaced("Mill\u00adwood-Lane – ﬁrst") == spaced("millwood lane FIRST") == " millwood lane first "
    assert spaced("develop\x02ment") == " development "  # as pdfium gives a hyphen at the end of a line


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Rent", "the current parent policy"),
        ("Staffing", "There are no staffing implications."),
        ("Review of the report", "A review of the report was asked for."),
    ],
)
def test_common_words_of_a_private_title_stop_no_honest_pack(title: str, text: str) -> None:
    item = Item(number="9", title=title, public_title="Other business", part=2, report_of="Chief Executive")
    told = secrets_of(pack_of(part_two=(item,)), {})
    assert not found(f"{text} Proper Officer: Ann Lee, Chief Executive", told)


def test_why_something_private_was_withdrawn_is_secret() -> None:
    item = Item(
        number="9",
        title="Deal",
        public_title="Land",
        withdrawn=Withdrawal(reason="Harrow Estates cancelled the purchase."),
    )
    told = secrets_of(pack_of(part_two=(item,)), {})
    assert found("Harrow Estates cancelled the purchase.", told) == ["what is said of item 9"]


def test_what_the_law_says_of_exempt_papers_is_no_secret() -> None:
    law = (
        "Not for publication by virtue of paragraph 3 of Part 1 of Schedule 12A of the Local Government Act 1972: "
        "information relating to the financial or business affairs of any particular person (including the authority "
        "holding that information)."
    )
    assert not found(law, secrets(paper("Sale", f"{law} {COPIED}", EXEMPT), paper("Trees", law)))


def test_a_file_name_that_any_paper_may_have_is_none() -> None:
    told = secrets(paper("Appendix C", exempt=EXEMPT, file="attachments/report.pdf"))
    assert not found("https://www.lyne.example.org/annual-report.pdf", told)


def test_a_string_that_is_not_written_as_it_says_is_read_all_the_same() -> None:
    def spoil(opened: Pdf) -> None:
        opened.Root.Strange = String(b"\xef\xbb\xbf" + COPIED.encode() + b"\xe9")

    told = secrets(paper("Sale", COPIED, EXEMPT))
    for mode in (pikepdf.ObjectStreamMode.generate, pikepdf.ObjectStreamMode.disable):
        target = io.BytesIO()
        with pikepdf.open(io.BytesIO(merge(request([("a", report("Alpha"))])).data)) as opened:
            spoil(opened)
            opened.save(target, object_stream_mode=mode)
        assert hits_in(texts_of(target.getvalue()), told)
