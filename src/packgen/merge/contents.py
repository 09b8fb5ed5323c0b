"""A page's own drawing, made safe to draw after.

Takes a page whose content streams may leave the graphics state or marked content open; wraps or encloses them so
that what packgen draws afterwards stands where it should. Never changes what the page shows.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Sequence

import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

MAX_MCID = 65_535
"""Pages number their marked content from 0 on; a file that says more than this is broken, and is not believed."""

_OPERATORS = "q Q BT ET BMC BDC EMC"
_OPERATOR = re.compile(rb"(?<![^\s<>\[\]])(q|Q|BT|ET|BMC|BDC|EMC)(?![^\s<>\[\]/])")
_OF_PICTURES = {"/XObject", "/ProcSet", "/ColorSpace"}
"""Resources of pages that show nothing but pictures."""
_PLACING = {b"q", b"Q", b"cm", b"Do", b"re", b"W", b"W*", b"n", b"g", b"G", b"rg", b"RG", b"k", b"K", b"w", b"f"}
_OPERAND = re.compile(rb"[-+]?[0-9]*\.?[0-9]*|/[A-Za-z0-9_.+-]+")
_SHORT = 2**14
_SHOWS_TEXT = re.compile(rb"T[jJ]|['\"]\s")
_MCID = re.compile(rb"/MCID\s*(\d{1,9})")
_PAINTS = frozenset(["Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"])
"""Operators that draw something; pikepdf gives an inline image as one."""
_KNOWN = frozenset({
    "b", "B", "b*", "B*", "BDC", "BMC", "BT", "BX", "c", "cm", "CS", "cs", "d", "d0", "d1", "Do", "DP", "EMC", "ET",
    "EX", "f", "F", "f*", "G", "g", "gs", "h", "i", "j", "J", "K", "k", "l", "m", "M", "MP", "n", "q", "Q", "re", "RG",
    "rg", "ri", "s", "S", "SC", "sc", "SCN", "scn", "sh", "T*", "Tc", "Td", "TD", "Tf", "Tj", "TJ", "TL", "Tm", "Tr",
    "Ts", "Tw", "Tz", "v", "w", "W", "W*", "y", "'", '"', "INLINE IMAGE",
})  # fmt: skip
"""All operators (ISO 32000-1, annex A)."""
LAST = b"\n/PackgenLast MP"
"""Put behind content to see whether it is read to its end."""
_STRING = re.compile(rb"\((?:[^()\\]|\\.)*\)", re.DOTALL)
_MARK = re.compile(rb"\b(?:BMC|BDC|EMC)\b")
_HARD = re.compile(rb"[()%]|BI\s")
"""Comments, inline images and strings with brackets in them can hold what looks like an operator."""


class Shape(Struct, frozen=True):
    """What a content stream leaves behind: `unopened` Q without q, and the operators that close what is open."""

    unopened: int
    closing: bytes
    highest_mcid: int


BALANCED = Shape(0, b"", -1)
"""What content leaves behind that packgen drew itself; whatever it marks belongs to an element."""


def page_streams(page: Object) -> list[Object]:
    """The content streams of a page, in order."""
    contents = page.get("/Contents")
    if contents is None:
        return []
    streams = list(contents) if isinstance(contents, Array) else [contents]
    return [stream for stream in streams if isinstance(stream, Stream)]


def read_page(page: Object) -> bytes:
    """The decoded content of a page.

    Raises:
        pikepdf.PdfError: a stream is damaged.
    """
    return b"\n".join(stream.read_bytes() for stream in page_streams(page))


def has_text(page: Object, content: bytes) -> bool:
    """Whether a page draws letters, itself or in a form that it uses; a scan does not.

    `content` is the decoded content of `page`.
    """
    resources = page.get("/Resources")
    if not isinstance(resources, Dictionary):
        return False
    if "/Font" in resources and _SHOWS_TEXT.search(content):
        return True
    forms = resources.get("/XObject")
    return isinstance(forms, Dictionary) and any(
        isinstance(form, Stream) and "/Font" in form.get("/Resources", Dictionary())
        for form in forms.as_dict().values()
    )


def may_have_words(page: Object, content: bytes) -> bool:
    """Whether it takes more than a look at a page to say that it draws no letters at all, as a scan does not.

    `content` is the decoded content of `page`.
    """
    resources = page.get("/Resources")
    if not isinstance(resources, Dictionary) or "/Annots" in page or not _shows_pictures_alone(content):
        return True
    if not set(resources.keys()) <= _OF_PICTURES:
        return True
    drawn = resources.get("/XObject")
    things = drawn.as_dict().values() if isinstance(drawn, Dictionary) else ()
    return not all(isinstance(each, Stream) and each.get("/Subtype") == Name.Image for each in things)


def _shows_pictures_alone(content: bytes) -> bool:
    """Whether content is nothing but what puts pictures in their places. Some readers show letters outside of texts."""
    return len(content) < _SHORT and all(
        word in _PLACING or _OPERAND.fullmatch(word) is not None for word in content.split()
    )


def parse(stream: Object, operators: str = "") -> Sequence[pikepdf.ContentStreamInstruction]:
    """The instructions of a page or a form XObject, or only those with one of some `operators`.

    Raises:
        pikepdf.PdfError: it cannot be read.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        drawing = stream if isinstance(stream, Stream) else pikepdf.Page(stream)
        return pikepdf.parse_content_stream(drawing, operators)  # type: ignore[return-value]  # no inline images by type


def rewritable(pdf: Pdf, content: bytes) -> Sequence[pikepdf.ContentStreamInstruction]:
    """The instructions of decoded `content`; none at all if it would look different once they are written again.

    That is so if reading stops before the end, or if something that is no operator is taken for one, as are numbers
    such as `5-3`.
    """
    try:
        instructions = parse(pdf.make_stream(content + LAST))
        if not instructions or str(instructions[-1].operator) != "MP":
            return ()
        if any(str(each.operator) not in _KNOWN or is_broken(each) for each in instructions):
            return ()
    except (pikepdf.PdfError, TypeError, ValueError):
        return ()
    return instructions[:-1]


def ends_whole(content: bytes) -> bool:
    """Whether `content`, the decoded content of a page, ends outside of any string, array or dictionary.

    What packgen draws afterwards would otherwise become part of it. Only content that looks like it is read closely.
    """
    plain = _STRING.sub(b" ", content)
    if not _HARD.search(plain) and plain.count(b"<") == plain.count(b">") and plain.count(b"[") == plain.count(b"]"):
        return True
    with pikepdf.new() as scratch:
        last = [str(each.operator) for each in parse(scratch.make_stream(content + LAST), "MP")][-1:]
    return last == ["MP"]


def only_artifacts(pdf: Pdf, page: Object) -> bool:
    """Whether all that a page draws is marked as an artifact: headers, footers, ornaments.

    Not if it cannot be read to its end.
    """
    content = read_page(page)
    instructions = rewritable(pdf, content)
    marks: list[bool] = []
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator in {"BMC", "BDC"}:
            marks.append(str(instruction.operands[0]) == "/Artifact" if len(instruction.operands) else False)
        elif operator == "EMC":
            marks = marks[:-1]
        elif operator in _PAINTS and not any(marks):
            return False
    return bool(instructions) or not content.strip()


def saved(pdf: Pdf) -> bytes:
    """A PDF as bytes, for another library to read."""
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of form fields that no form knows
        pdf.save(file, fix_metadata_version=False)  # what its metadata say is of no interest here
    return file.getvalue()


def shape_of(page: Object, content: bytes) -> Shape:
    """Look at what `content`, the decoded content of `page`, leaves open.

    Raises:
        pikepdf.PdfError: the content cannot be read.
    """
    highest = max((mcid for mcid in map(int, _MCID.findall(content)) if mcid <= MAX_MCID), default=-1)
    plain = _STRING.sub(b" ", content)
    if _HARD.search(plain):
        instructions = parse(page, _OPERATORS)
        operators = [str(instruction.operator).encode("ascii") for instruction in instructions]
    else:
        operators = _OPERATOR.findall(plain)
    depth = lowest = marks = 0
    in_text = False
    for operator in operators:
        if operator == b"q":
            depth += 1
        elif operator == b"Q":
            depth -= 1
            lowest = min(lowest, depth)
        elif operator in {b"BT", b"ET"}:
            in_text = operator == b"BT"
        elif operator == b"EMC":
            marks = max(marks - 1, 0)
        else:
            marks += 1
    closing = [b"ET"] * in_text + [b"EMC"] * marks + [b"Q"] * (depth - lowest)
    return Shape(-lowest, b" ".join(closing), highest)


def wrap(pdf: Pdf, page: Object, shape: Shape, opening: Object, after: bytes) -> None:
    """Put a page's content between q and Q, and `after` behind it.

    `opening` is a content stream `q` of `pdf` that all pages share.
    """
    streams = page_streams(page)
    if shape is BALANCED and len(streams) > 1 and streams[0].read_bytes() == opening.read_bytes():
        page.Contents = Array([*streams, pdf.make_stream(after)])  # between q and Q since it was made ready
        return
    end = b"\n" + (shape.closing + b"\n" if shape.closing else b"") + b"Q\n" + after
    if shape.unopened:
        opening = pdf.make_stream(b"q " * shape.unopened + b"q\n")
    page.Contents = Array([opening, *streams, pdf.make_stream(end)]) if streams else pdf.make_stream(after)


def enclose(pdf: Pdf, page: Object, name: str) -> None:
    """Turn a page's content into a form XObject `name` of the page, and leave the page's own content empty.

    Whatever such content does to the graphics state or to marked content ends with the form. Its own marks are taken
    out, since the tags that they belonged to are not there, and a screen reader would pass over what they enclose.
    """
    resources = page.get("/Resources")
    form = pdf.make_stream(
        unmarked(page, read_page(page)),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=page.MediaBox,
        Resources=resources if isinstance(resources, Dictionary) else Dictionary(),
    )
    page.Resources = pdf.make_indirect(Dictionary(XObject=Dictionary({name: form})))
    page.Contents = pdf.make_stream(b"")


def unmarked(stream: Object, content: bytes) -> bytes:
    """The decoded `content` of a page or form without marked content, but for layers (`/OC`).

    Content that cannot be read to its end is left as it is, since it would look different afterwards.
    """
    if not _MARK.search(content):
        return content
    try:
        instructions = parse(stream)
        if any(is_broken(instruction) for instruction in instructions):
            return content
        return pikepdf.unparse_content_stream(list(_without_marks(instructions)))
    except (pikepdf.PdfError, TypeError, ValueError):
        return content


def is_broken(instruction: pikepdf.ContentStreamInstruction) -> bool:
    """Whether an operand of an instruction could not be read; no operator takes null.

    Raises:
        UnicodeDecodeError: the operator is none at all.
    """
    str(instruction.operator)
    if b"null" not in pikepdf.unparse_content_stream([instruction]):
        return False
    return any(
        operand is None or (isinstance(operand, Array) and any(each is None for each in operand.as_list()))
        for operand in instruction.operands
    )


def _without_marks(
    instructions: Iterable[pikepdf.ContentStreamInstruction],
) -> Iterable[pikepdf.ContentStreamInstruction]:
    layers: list[bool] = []
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator in {"BMC", "BDC"}:
            layers.append(len(instruction.operands) > 0 and str(instruction.operands[0]) == "/OC")
            if layers[-1]:
                yield instruction
        elif operator != "EMC" or (layers and layers.pop()):
            yield instruction


def drawn_objects(pages: Iterable[Object]) -> set[tuple[int, int]]:
    """The object ids of all XObjects that pages can draw, themselves or within forms."""
    found: set[tuple[int, int]] = set()
    holders = list(pages)
    while holders:
        resources = holders.pop().get("/Resources")
        entries = resources.get("/XObject") if isinstance(resources, Dictionary) else None
        for thing in entries.as_dict().values() if isinstance(entries, Dictionary) else ():
            if isinstance(thing, Stream) and thing.objgen not in found:
                found.add(thing.objgen)
                holders.append(thing)
    return found


def add_resource(page: Object, kind: str, name: str, resource: Object) -> None:
    """Give a page a resource, in dictionaries of its own so that no other page is touched."""
    resources = page.get("/Resources")
    mine = resources.copy() if isinstance(resources, Dictionary) else Dictionary()
    of_kind = mine.get(kind)
    entries = of_kind.copy() if isinstance(of_kind, Dictionary) else Dictionary()
    entries[name] = resource
    mine[kind] = entries
    page.Resources = mine


def free_name(page: Object, kind: str, wanted: str) -> str:
    """`wanted`, or the first of `wanted-2`, `wanted-3` that the page does not use for another resource."""
    resources = page.get("/Resources")
    taken = resources.get(kind) if isinstance(resources, Dictionary) else None
    name, count = wanted, 1
    while isinstance(taken, Dictionary) and name in taken:
        count += 1
        name = f"{wanted}-{count}"
    return name
