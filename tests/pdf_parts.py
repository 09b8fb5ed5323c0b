"""PDFs for tests to merge: tagged ones from Typst, untagged ones from reportlab, and nasty ones.

Each function gives the bytes of a PDF. The words in them are the ones given, so that tests can look for them.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import docx
import pikepdf
import typst
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfgen.canvas import Canvas

import packgen
from packgen.convert import bundled_fonts, convert_docx
from packgen.inspect import Expected
from packgen.model import (
    FRONT_SHEET_ID,
    DocumentLength,
    MergeRequest,
    Numbering,
    OutlineItem,
    PackMetadata,
    PdfPart,
)
from packgen.paginate import paginate

FONTS = Path(packgen.__file__).parent / "data" / "fonts"
A4 = (595.28, 841.89)

_PREAMBLE = """
#set document(title: "{title}", author: "A council")
#set text(lang: "en", region: "GB", font: "Liberation Sans", size: 11pt)
#set page(paper: "a4")
"""


@cache
def tagged(body: str, title: str = "A report") -> bytes:
    """Typst markup as PDF/UA-1 and PDF/A-2a, tagged."""
    source = _PREAMBLE.replace("{title}", title) + body
    return typst.compile(
        source.encode("utf-8"), pdf_standards=["ua-1", "a-2a"], font_paths=[FONTS], ignore_system_fonts=True
    )


def report(word: str, pages: int = 1) -> bytes:
    """A tagged report in which each page has a heading, a paragraph, a footnote, a table and a link to the last page.

    Its names of places and its element IDs are the same in every report.
    """
    parts = [
        f"= {word} heading {number} <place-{number}>\n{word} paragraph {number}#footnote[{word} note {number}]. "
        f"#link(<place-{pages}>)[{word} link {number}]\n"
        f"#table(columns: 2, table.header([{word} head], [Figure]), [{word} cell], [{number}])\n"
        for number in range(1, pages + 1)
    ]
    return tagged("#pagebreak()\n".join(parts), f"{word} report")


def front_sheet(lines: Mapping[str, str], pages: int = 1) -> bytes:
    """An agenda whose lines link to `packgen:item/...`: pages in words by item number."""
    body = "= Agenda\n" + "\n\n".join(
        f'Item {item} #link("packgen:item/{item}")[(Pages {words})]' for item, words in lines.items()
    )
    return tagged(body + "\n#pagebreak()\nMore about the meeting." * (pages - 1), "Agenda")


def untagged(*pages: str, size: tuple[float, float] = A4, draw: Callable[[Canvas, int], None] | None = None) -> bytes:
    """A PDF without tags, each page with its words near its upper left corner."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size, invariant=1)
    for index, words in enumerate(pages):
        canvas.drawString(72, size[1] - 72, words)
        if draw:
            draw(canvas, index)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def scan(pages: int = 1) -> bytes:
    """A PDF whose pages are pictures without a letter."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    for _ in range(pages):
        canvas.setFillGray(0.9)
        canvas.rect(36, 36, A4[0] - 72, A4[1] - 72, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def changed(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """A PDF after `change` was called with it open."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        change(opened)
        return saved(opened)


def saved(opened: pikepdf.Pdf, **options: object) -> bytes:
    file = io.BytesIO()
    opened.save(file, static_id=True, **options)  # type: ignore[arg-type]  # passed on as they are
    return file.getvalue()


def on_first_page(**entries: object) -> Callable[[pikepdf.Pdf], None]:
    """A change that sets entries of the first page, such as `Rotate=90`."""

    def change(opened: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            opened.pages[0].obj[f"/{key}"] = value

    return change


def with_content(content: bytes) -> bytes:
    """A page drawn by `content`, with the font `/F1`."""

    def change(opened: pikepdf.Pdf) -> None:
        opened.pages[0].Contents = opened.make_stream(content)

    return changed(untagged("replaced"), change)


def drawn_around(pdf: bytes, before: bytes = b"", behind: bytes = b"") -> bytes:
    """A PDF with something drawn before and behind what its first page draws."""

    def change(opened: pikepdf.Pdf) -> None:
        page = opened.pages[0]
        page.contents_coalesce()
        page.Contents = opened.make_stream(before + b"\n" + page.Contents.read_bytes() + b"\n" + behind)

    return changed(pdf, change)


def spot_colour(word: str, rgb: list[float]) -> bytes:
    """A report with a box in an ink of a certain name."""

    def change(opened: pikepdf.Pdf) -> None:
        mixed = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1, 1, 1]), C1=Array(rgb), N=1)
        page = opened.pages[0].obj
        page.Resources = page.Resources.copy()
        page.Resources.ColorSpace = Dictionary(CS9=Array([Name.Separation, Name("/House Blue"), Name.DeviceRGB, mixed]))

    return drawn_around(
        changed(tagged(f"= {word}"), change), before=b"/Artifact BMC q /CS9 cs 1 scn 9 9 9 9 re f Q EMC"
    )


def poisoned(secret: str) -> bytes:
    """An untagged page with everything that must not get into a pack, each piece holding the word `secret`."""

    def change(opened: pikepdf.Pdf) -> None:
        script = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{secret}')"))
        page = opened.pages[0].obj
        opened.Root.OpenAction = script
        opened.Root.AA = Dictionary(WC=script)
        opened.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
        opened.Root.Metadata = opened.make_stream(secret.encode(), Type=Name.Metadata, Subtype=Name.XML)
        opened.Root.PieceInfo = Dictionary(Maker=Dictionary(Private=String(secret)))
        opened.attachments["budget.xlsx"] = secret.encode()
        opened.docinfo.Author = String(secret)
        page.AA = Dictionary(O=script)
        page.Metadata = opened.make_stream(secret.encode())
        page.PieceInfo = Dictionary(Maker=Dictionary(Private=String(secret)))
        page.Thumb = opened.make_stream(secret.encode(), Width=1, Height=1, ColorSpace=Name.DeviceGray)
        picture = opened.make_stream(
            b"\x00", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8,
            ColorSpace=Name.DeviceGray, Metadata=opened.make_stream(secret.encode()),
        )  # fmt: skip
        page.Resources.XObject = Dictionary(Im1=picture)
        page.Annots = opened.make_indirect(Array(_poisoned_annotations(opened, secret)))
        opened.Root.AcroForm = Dictionary(Fields=Array([page.Annots[0], page.Annots[1]]), XFA=String(secret))

    return changed(untagged("Visible words"), change)


def _poisoned_annotations(opened: pikepdf.Pdf, secret: str) -> list[pikepdf.Object]:
    rect = Array([72, 700, 200, 720])
    looks = opened.make_stream(
        b"BT /F1 12 Tf 2 4 Td (Shown value) Tj ET", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 128, 20]),
        Resources=Dictionary(Font=Dictionary(F1=opened.pages[0].Resources.Font.F1)),
    )  # fmt: skip
    drawn = Dictionary(N=looks)
    actions = [
        Dictionary(S=Name.Launch, F=String(secret)),
        Dictionary(S=Name.SubmitForm, F=String(f"https://example.org/{secret}")),
        Dictionary(S=Name.URI, URI=String(f"file:///C:/{secret}.docx")),
        Dictionary(
            S=Name.URI, URI=String("https://example.org/kept"), Next=Dictionary(S=Name.Launch, F=String(secret))
        ),
        Dictionary(S=Name.GoToR, F=String(secret), D=Array([0, Name.Fit])),
    ]
    annotations = [
        Dictionary(Subtype=Name.Widget, FT=Name.Tx, T=String(secret), V=String(secret), Rect=rect, AP=drawn, F=4),
        Dictionary(Subtype=Name.Widget, FT=Name.Tx, T=String("h"), V=String(secret), Rect=rect, AP=drawn, F=2),
        Dictionary(Subtype=Name.Text, Contents=String(secret), Rect=rect),
        Dictionary(Subtype=Name.Popup, Contents=String(secret), Rect=rect),
        Dictionary(Subtype=Name.FileAttachment, Contents=String(secret), Rect=rect),
        Dictionary(Subtype=Name.RichMedia, Contents=String(secret), Rect=rect),
        *(Dictionary(Subtype=Name.Link, Rect=rect, A=action) for action in actions),
    ]
    return [opened.make_indirect(annotation) for annotation in annotations]


def request(
    parts: Sequence[tuple[str, bytes]],
    front: bytes | None = None,
    *,
    policy: Numbering | None = None,
    links: Mapping[str, str] | None = None,
    **of_part: str | bool,
) -> MergeRequest:
    """A request for a pack of authors' documents by id; titles are the ids; each document has a bookmark.

    `of_part` are entries of every `PdfPart`, such as `marking`. The front sheet is always packgen's own.
    """
    pdfs = dict(parts)
    lengths = [DocumentLength(document_id, count(pdf)) for document_id, pdf in pdfs.items()]
    plan = paginate(count(front) if front else 0, lengths, policy or Numbering())
    if front:
        pdfs = {FRONT_SHEET_ID: front, **pdfs}
    return MergeRequest(
        plan=plan,
        parts={
            key: PdfPart(
                document_id=key,
                title=f"Title of {key}",
                pdf=pdf,
                **{"authored": key != FRONT_SHEET_ID} | (of_part if key != FRONT_SHEET_ID else {}),
            )
            for key, pdf in pdfs.items()
        },
        outline=[OutlineItem(title=f"Item {key}", target=key, headings_of=key) for key, _ in parts],
        links=links or {},
        metadata=PackMetadata(
            title="A pack & its <title>",
            author="Westmere Council",
            subject="A meeting",
            language="en-GB",
            created=dt.datetime(2022, 10, 14, tzinfo=dt.UTC),
        ),
    )


def count(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def with_annotation(opened: pikepdf.Pdf, drawing: bytes | None = None, **entries: object) -> pikepdf.Object:
    """An annotation on the first page of an open PDF, 100 by 20 points unless `entries` say otherwise.

    `drawing` is the content of its appearance, with the font `/F1`; without it there is none.
    """
    page = opened.pages[0].obj
    annotation = opened.make_indirect(Dictionary(Type=Name.Annot, Rect=Array([100, 300, 200, 320]), F=4))
    for key, value in entries.items():
        annotation[f"/{key}"] = value
    if drawing is not None:
        looks = opened.make_stream(
            drawing, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 20]),
            Resources=Dictionary(Font=Dictionary(F1=page.Resources.Font.get("/F1", Dictionary()))),
        )  # fmt: skip
        annotation.AP = Dictionary(N=looks)
    page.Annots = Array([*page.get("/Annots", Array()), annotation])
    return annotation


def form_field(drawing: bytes | None = None, *, needs_appearances: bool = False, **entries: object) -> bytes:
    """A page with one form field, drawn by `drawing` if that is given."""

    def change(opened: pikepdf.Pdf) -> None:
        field = with_annotation(opened, drawing, Subtype=Name.Widget, T=String("name"), **entries)
        opened.Root.AcroForm = Dictionary(Fields=Array([field]), NeedAppearances=needs_appearances)

    return changed(untagged("Words"), change)


def marked(kind: str, drawing: bytes | None = None, **entries: object) -> bytes:
    """A page with an annotation such as `Highlight` on it."""
    return changed(
        untagged("Words"), lambda opened: with_annotation(opened, drawing, Subtype=Name(f"/{kind}"), **entries)
    )


@cache
def drawn(word: str) -> bytes:
    """A report as packgen draws it: headings, a list, a table with header cells, two pages."""
    document = docx.Document()
    document.add_heading(f"{word} (1) heading", 1)
    document.add_paragraph(f"{word} 100% of 7 0 R and a \\ backslash)")
    for item in ("first", "second"):
        document.add_paragraph(f"{word} {item}", style="List Number")
    table = document.add_table(rows=2, cols=2)
    for index, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"{word} cell {index}"
    marked = table.rows[0]._tr.get_or_add_trPr()
    marked.append(marked.makeelement("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}tblHeader", {}))
    document.add_page_break()
    document.add_heading(f"{word} below", 2)
    document.add_paragraph(f"{word} last words")
    file = io.BytesIO()
    document.save(file)
    return convert_docx(
        file.getvalue(),
        name=word,
        fonts=bundled_fonts(),
        language="en-GB",
        title=word,
        created=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    ).pdf


def several(*names: str) -> MergeRequest:
    """A pack of documents that packgen drew, one of each name."""
    return request([(f"{place}", drawn(name)) for place, name in enumerate(names)], authored=False)


def expected(made: MergeRequest) -> Expected:
    """What must be true of the pack that a request makes."""
    return Expected(
        made.plan,
        name="x",
        titles={key: [part.title] for key, part in made.parts.items()},
        outline=made.outline,
        sources={key: part.pdf for key, part in made.parts.items()},
    )
