"""Facts read back from PDFs, for tests to assert.

Takes a PDF's bytes; gives plain values read with pypdf and pdfium. Uses nothing of packgen, so that no test checks
packgen against itself.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdf import PdfReader
from pypdfium2 import raw


@dataclass(frozen=True)
class Link:
    """A link annotation: the page it is on, where it leads (page index, or address), and what is said of it."""

    page_index: int
    words: str
    target_index: int | None
    address: str | None
    contents: str


@dataclass(frozen=True)
class Bookmark:
    depth: int
    title: str
    target_index: int | None


@dataclass(frozen=True)
class Tag:
    """An element in reading order: its role as written, what it stands for, and the words it holds itself."""

    depth: int
    role: str
    standard_role: str
    title: str | None = None
    alt: str | None = None
    language: str | None = None
    identifier: str | None = None
    text: str = ""
    page_indexes: tuple[int, ...] = ()
    objects: int = 0


def page_count(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def page_labels(pdf: bytes) -> list[str]:
    """What a viewer calls each page."""
    return list(PdfReader(io.BytesIO(pdf)).page_labels)


def page_texts(pdf: bytes) -> list[str]:
    """The words of each page, with single spaces between them."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def visible_texts(pdf: bytes) -> list[str]:
    """The text of each page as far as it stands inside the page's box."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def page_sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page as seen, in whole points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [(round(page.get_width()), round(page.get_height())) for page in document]
    finally:
        document.close()


def words_at(pdf: bytes, page_index: int, words: str) -> tuple[float, float, float, float]:
    """Where words last stand on a page as seen: left, bottom, right, top in points from its lower left corner."""
    return places_of(pdf, page_index, words)[-1]


def places_of(pdf: bytes, page_index: int, words: str) -> list[tuple[float, float, float, float]]:
    """Every place where words stand on a page, each as `words_at` gives it; there is at least one."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[page_index]
        text = page.get_textpage()
        search = text.search(words, match_case=True)
        found = list(iter(search.get_next, None))
        assert found, f"{words!r} is not on page index {page_index}"
        width, height = page.get_width(), page.get_height()
        places: list[tuple[float, float, float, float]] = []
        for start, length in found:
            boxes = [text.get_charbox(index) for index in range(start, start + length)]
            left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
            right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
            corners = [_on_screen(page, x, y, width, height) for x in (left, right) for y in (bottom, top)]
            xs, ys = [x for x, _ in corners], [y for _, y in corners]
            places.append((min(xs), min(ys), max(xs), max(ys)))
        return places
    finally:
        document.close()


def picture(pdf: bytes, page_index: int, scale: float = 2.0) -> Any:
    """A page as an RGB image of Pillow's, `scale` pixels a point."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[page_index].render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()


def _on_screen(page: Any, x: float, y: float, width: float, height: float) -> tuple[float, float]:
    """A point of the page's own coordinates as seen, by pdfium's own reckoning, at ten units a point."""
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, round(width * 10), round(height * 10), 0, x, y, across, down)
    return across.value / 10, height - down.value / 10


def outline(pdf: bytes) -> list[Bookmark]:
    """Bookmarks in the order of the list."""
    reader = PdfReader(io.BytesIO(pdf))
    return list(_bookmarks(reader.outline, _indexes(reader), 0))


def links(pdf: bytes) -> list[Link]:
    """Link annotations in the order of pages."""
    reader = PdfReader(io.BytesIO(pdf))
    indexes = _indexes(reader)
    document = pypdfium2.PdfDocument(pdf)
    found = []
    try:
        for page_index, page in enumerate(reader.pages):
            for reference in page.get("/Annots") or ():
                annotation = reference.get_object()
                if annotation["/Subtype"] != "/Link":
                    continue
                rect = [float(length) for length in annotation["/Rect"]]
                words = document[page_index].get_textpage().get_text_bounded(*rect)
                action = annotation.get("/A", {})
                found.append(
                    Link(
                        page_index,
                        " ".join(words.split()),
                        _target(annotation.get("/Dest", action.get("/D")), indexes),
                        action.get("/URI"),
                        str(annotation.get("/Contents", "")),
                    )
                )
    finally:
        document.close()
    return found


def annotation_kinds(pdf: bytes) -> list[str]:
    """The kind of every annotation, in the order of pages."""
    reader = PdfReader(io.BytesIO(pdf))
    return [str(reference.get_object()["/Subtype"]) for page in reader.pages for reference in page.get("/Annots") or ()]


def tags(pdf: bytes) -> list[Tag]:
    """Every element of the structure tree in reading order."""
    reader = PdfReader(io.BytesIO(pdf))
    root = _catalog(reader).get("/StructTreeRoot")
    if root is None:
        return []
    root = root.get_object()
    roles = {str(role): str(meaning) for role, meaning in root.get("/RoleMap", {}).items()}
    words = _marked_words(pdf)
    return list(_elements(root["/K"], roles, words, _indexes(reader), 0))


def spoken(pdf: bytes) -> str:
    """All words in the order in which a screen reader comes to them; a picture speaks its alternative text."""
    reader = PdfReader(io.BytesIO(pdf))
    root = _catalog(reader).get("/StructTreeRoot")
    if root is None:
        return ""
    return " ".join("".join(_speak(root["/K"], None, _marked_words(pdf), _indexes(reader))).split())


def information(pdf: bytes) -> dict[str, str]:
    """The document information dictionary."""
    metadata = PdfReader(io.BytesIO(pdf)).metadata or {}
    return {str(key): str(value) for key, value in metadata.items()}


def xmp(pdf: bytes) -> str:
    metadata = _catalog(PdfReader(io.BytesIO(pdf))).get("/Metadata")
    return metadata.get_object().get_data().decode("utf-8") if metadata is not None else ""


def catalog(pdf: bytes) -> dict[str, Any]:
    """The catalog, so that tests can look for what must or must not be there."""
    return dict(_catalog(PdfReader(io.BytesIO(pdf))).items())


def plain_bytes(pdf: bytes) -> bytes:
    """Every object and every stream, unpacked, to search for words that must not be in a file in any form."""
    reader = PdfReader(io.BytesIO(pdf))
    parts = []
    for number in range(1, int(reader.trailer["/Size"])):
        thing = reader.get_object(number)
        if thing is None:
            continue
        written = io.BytesIO()
        if hasattr(thing, "get_data"):
            parts.append(thing.get_data())
            thing = dict(thing.items())
        elif hasattr(thing, "write_to_stream"):
            thing.write_to_stream(written)
        parts.append(written.getvalue() or repr(thing).encode("utf-8"))
    return b"\n".join(parts)


def _catalog(reader: PdfReader) -> Any:
    return reader.trailer["/Root"]


def _indexes(reader: PdfReader) -> dict[int, int]:
    """The index of each page by its object's number."""
    return {page.indirect_reference.idnum: index for index, page in enumerate(reader.pages)}  # type: ignore[union-attr]  # pages of a file have one


def _target(destination: Any, indexes: dict[int, int]) -> int | None:
    array = destination.get_object() if destination is not None else None
    return indexes.get(getattr(array[0], "idnum", -1)) if isinstance(array, list) and array else None


def _bookmarks(entries: Sequence[Any], indexes: dict[int, int], depth: int) -> Iterator[Bookmark]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _bookmarks(entry, indexes, depth + 1)
        else:
            yield Bookmark(depth, str(entry.title), indexes.get(getattr(entry.page, "idnum", -1)))


def _elements(
    kids: Any, roles: dict[str, str], words: dict[tuple[int, int], str], indexes: dict[int, int], depth: int
) -> Iterator[Tag]:
    for kid in _list(kids):
        element = kid.get_object()
        if not isinstance(element, dict) or "/S" not in element:
            continue
        role = str(element["/S"])
        own = _list(element.get("/K"))
        here = list(_content(element, own, indexes))
        yield Tag(
            depth,
            role[1:],
            roles.get(role, role)[1:],
            title=_text(element, "/T"),
            alt=_text(element, "/Alt"),
            language=_text(element, "/Lang"),
            identifier=_text(element, "/ID"),
            text=" ".join(" ".join(words.get(place, "") for place in here).split()),
            page_indexes=tuple(dict.fromkeys(page_index for page_index, _ in here)),
            objects=sum(isinstance(each.get_object(), dict) and "/Obj" in each.get_object() for each in own),
        )
        yield from _elements(own, roles, words, indexes, depth + 1)


def _speak(kids: Any, page: Any, words: dict[tuple[int, int], str], indexes: dict[int, int]) -> Iterator[str]:
    for kid in _list(kids):
        value = kid.get_object()
        if isinstance(value, int):
            yield words.get((indexes[page.idnum], int(value)), "")
        elif isinstance(value, dict) and "/MCID" in value:
            own = value.raw_get("/Pg") if "/Pg" in value else page
            yield words.get((indexes[own.idnum], int(value["/MCID"])), "")
        elif isinstance(value, dict) and "/S" in value:
            own = value.raw_get("/Pg") if "/Pg" in value else None
            inline = str(value["/S"]) in {"/Span", "/Link", "/Lbl", "/Quote", "/Em", "/Strong"}
            yield "" if inline else " "
            alternative = _text(value, "/Alt")
            if alternative is None:
                yield from _speak(value.get("/K"), own, words, indexes)
            else:
                yield alternative
            yield "" if inline else " "


def _content(element: Any, kids: Sequence[Any], indexes: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Page index and identifier of the marked content that an element holds itself."""
    own_page = element.raw_get("/Pg") if "/Pg" in element else None
    for kid in kids:
        value = kid.get_object()
        if isinstance(value, int):
            yield indexes[own_page.idnum], int(value)
        elif isinstance(value, dict) and "/MCID" in value:
            page = value.raw_get("/Pg") if "/Pg" in value else own_page
            yield indexes[page.idnum], int(value["/MCID"])


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    value = value.get_object() if not isinstance(value, list) and isinstance(value.get_object(), list) else value
    return list(value) if isinstance(value, list) else [value]


def _text(element: Any, key: str) -> str | None:
    value = element.get(key)
    if value is None:
        return None
    return value.decode("utf-8") if isinstance(value, bytes) else str(value)


def _marked_words(pdf: bytes) -> dict[tuple[int, int], str]:
    """The words under each marked content identifier of each page."""
    document = pypdfium2.PdfDocument(pdf)
    found: dict[tuple[int, int], list[str]] = {}
    try:
        for page_index, page in enumerate(document):
            text = page.get_textpage()
            for thing in _page_objects(page):
                mcid = raw.FPDFPageObj_GetMarkedContentID(thing)
                if mcid >= 0:
                    found.setdefault((page_index, mcid), []).extend(_object_words(thing, text))
    finally:
        document.close()
    return {place: "".join(words) for place, words in found.items()}


def _page_objects(page: Any) -> Iterator[Any]:
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield raw.FPDFPage_GetObject(page, index)


def _object_words(thing: Any, text: Any) -> Iterator[str]:
    kind = raw.FPDFPageObj_GetType(thing)
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        size = raw.FPDFTextObj_GetText(thing, text, None, 0)
        letters = (ctypes.c_ushort * (size // 2 + 1))()
        raw.FPDFTextObj_GetText(thing, text, letters, size)
        yield bytes(letters)[: max(size - 2, 0)].decode("utf-16-le", "replace")
    elif kind == raw.FPDF_PAGEOBJ_FORM:
        for index in range(raw.FPDFFormObj_CountObjects(thing)):
            yield from _object_words(raw.FPDFFormObj_GetObject(thing, index), text)
            yield " "
