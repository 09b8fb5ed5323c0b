"""Tags for what came without: authors' untagged pages, blank pages, markings, and what was drawn over a page.

Takes a document's pages after its own structure tree was joined; adds elements and says how each page's content is
to be drawn so that they hold. Untagged pages become paragraphs and pictures in reading order (`untagged`); where that
cannot be told, a page is one paragraph, or one figure if there is no text on it. Never passes an untagged page off as
accessible: the document is reported.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from packgen.elements import kids_of
from packgen.merge import contents
from packgen.merge.frames import IDENTITY, Matrix, box_of, matrix_operator, then, transformed, turned_about
from packgen.merge.ornaments import mark_ornaments
from packgen.merge.source import rotation_of
from packgen.merge.structure import Structure
from packgen.merge.values import JoinedPage, JoinedPart, PageTags

if TYPE_CHECKING:
    from packgen.merge.untagged import ReadElement, ReadPage

_CONTENT_NAME = "/PackgenContent"
_OVER_NAME = "/PackgenOver"
_NO_ROTATE = 0b1_0000


@dataclass(frozen=True)
class TaggedPart:
    """A document whose pages are all tagged; `untagged` if some were not before.

    `silent` are the indexes, in the document, of pages on which everything is marked as decoration.
    """

    part: JoinedPart
    pages: tuple[tuple[JoinedPage, PageTags], ...]
    untagged: bool
    silent: tuple[int, ...] = ()


def tag_part(pack: Pdf, structure: Structure, part: JoinedPart, pack_language: str) -> TaggedPart:
    """Join a document's structure tree, and tag what is not in it."""
    top = structure.add_part(part, pack_language)
    unheard = _unheard(structure, part)
    silent = {index for index, joined in unheard.items() if contents.only_artifacts(pack, joined.page)}
    bare = _read_bare(pack, structure, part, unheard, silent)
    pages: list[tuple[JoinedPage, PageTags]] = []
    last: Object | None = None
    for index, joined in enumerate(part.pages):
        if joined.planned.blank:
            mcid = 0
            _say_language(structure.add_element(top, "P", joined.page, mcid), top, pack_language)
            pages.append((joined, PageTags(notice=mcid)))
            continue
        own = shape = None
        if index in bare:
            own, last = _tag_untagged(structure, top, joined, part, bare[index], last if index - 1 in bare else None)
        elif part.part.authored:
            mark_ornaments(pack, joined.page, structure.contents)
            shape = contents.shape_of(joined.page, contents.read_page(joined.page))
        else:
            shape = contents.BALANCED
        next_mcid = max(structure.next_mcid(joined.page), shape.highest_mcid + 1 if shape else 0)
        over = _draw_annotations(structure, top, joined.page, next_mcid)
        marking = None
        if part.part.marking and not pages:
            marking = max(structure.next_mcid(joined.page), next_mcid)
            _say_language(structure.add_element(top, "P", joined.page, marking, first=True), top, pack_language)
        _tag_links(structure, top, joined.page)
        pages.append((joined, PageTags(shape, own, over, marking=marking)))
    return TaggedPart(part, tuple(pages), untagged=bool(bare), silent=tuple(sorted(silent.difference(bare))))


def _say_language(element: Object, top: Object, language: str) -> None:
    """Words of packgen's own are in the language of the pack, whatever that of the document is."""
    if "/Lang" in top:
        element.Lang = String(language)


def _unheard(structure: Structure, part: JoinedPart) -> dict[int, JoinedPage]:
    """The pages of a document of which no element holds anything, by their place in it."""
    return {
        index: joined for index, joined in enumerate(part.pages)
        if not joined.planned.blank and joined.page.objgen not in structure.covered
    }  # fmt: skip


def _read_bare(
    pack: Pdf, structure: Structure, part: JoinedPart, unheard: Mapping[int, JoinedPage], silent: Container[int]
) -> dict[int, ReadPage | None]:
    """The pages of a document that have no tags, by their place in it, read as far as they can be."""
    tagged = part.structure is not None and any(page.page.objgen in structure.covered for page in part.pages)
    bare = {index: joined for index, joined in unheard.items() if not (tagged and index in silent)}
    if not bare:
        return {}
    from packgen.merge.untagged import read_untagged

    read = read_untagged(pack, [(joined.page, joined.frame) for joined in bare.values()])
    return dict(zip(bare, read, strict=True))


def _tag_untagged(
    structure: Structure, top: Object, joined: JoinedPage, part: JoinedPart, read: ReadPage | None, last: Object | None
) -> tuple[bytes, Object | None]:
    """Tag the content of an untagged page; gives what draws it, and its last element.

    `last` is the last element of the page before, which may go on here.
    """
    if read is None:
        return _tag_whole(structure, top, joined, part), None
    page = joined.page
    page.Resources = read.resources
    page.Contents = structure.pack.make_stream(b"")
    annotations = list(page.get("/Annots", Array()).as_list())
    figures = [each for each in read.elements if each.role == "Figure"]
    parent = top
    for place, each in enumerate(read.elements):
        if last is not None and read.goes_on and place == 0 and each.item is None:
            element = last
        elif each.item is None:
            element = structure.add_element(top, each.role, page)
        else:
            if each.item.first:
                parent = structure.add_element(top, "L", page)
                parent.A = Dictionary(O=Name.List, ListNumbering=Name(f"/{each.item.numbering}"))
            element = _append_item(structure, parent, page, each)
        if each.role == "Figure":
            alone = len(figures) == 1 and joined is _drawn(part)[0]
            _describe(element, (alone and part.part.alt) or _picture_on(joined, part), each.box)
        _hold(structure, element, page, each, annotations)
        last = element
    return read.content, last if read.elements else None


def _append_item(structure: Structure, parent: Object, page: Object, read: ReadElement) -> Object:
    """A new item of a list with its label, if that stands apart; gives what is to hold its words."""
    item = structure.add_element(parent, "LI", page)
    if read.label:
        label = structure.add_element(item, "Lbl", page)
        label.K = Array(read.label)
        for mcid in read.label:
            structure.add_content(page, mcid, label)
    return structure.add_element(item, "LBody", page)


def _hold(structure: Structure, element: Object, page: Object, read: ReadElement, annotations: list[Object]) -> None:
    """Let an element, which may have begun on another page, hold the marked content and links of what was read."""
    kids: list[object] = []
    begun_here = element.Pg.objgen == page.objgen
    for held in read.held:
        holder = element
        if held.link is not None:
            holder = structure.pack.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Link, P=element, Pg=page))
            holder.K = Array(held.mcids)
            structure.add_object(holder, page, annotations[held.link])
            kids.append(holder)
        else:
            kids += held.mcids if begun_here else [Dictionary(Type=Name.MCR, Pg=page, MCID=each) for each in held.mcids]
        for mcid in held.mcids:
            structure.add_content(page, mcid, holder)
    element.K = Array([*kids_of(element), *kids])


def _tag_whole(structure: Structure, top: Object, joined: JoinedPage, part: JoinedPart) -> bytes:
    """Enclose the content of an untagged page and tag it as one paragraph, or as one figure if it is a picture."""
    page = joined.page
    content = contents.read_page(page)
    name = contents.free_name(page, "/XObject", _CONTENT_NAME)
    text = contents.has_text(page, content)
    contents.enclose(structure.pack, page, name)
    if not content.strip():
        return b""
    role = "P" if text else "Figure"
    element = structure.add_element(top, role, page, 0)
    if not text:
        box = page.get("/CropBox", page.MediaBox).as_list()
        _describe(element, _alternative(joined, part), [float(length) for length in box])
    return b"/%s <</MCID 0>> BDC q %s Do Q EMC\n" % (role.encode("ascii"), name.encode("ascii"))


def _describe(figure: Object, alternative: str, box: Sequence[float]) -> None:
    """Say what a picture shows, and where it stands on the page."""
    figure.Alt = String(alternative)
    figure.A = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array(round(length, 3) for length in box))


def _drawn(part: JoinedPart) -> list[JoinedPage]:
    """The pages of a document that it brought itself."""
    return [page for page in part.pages if not page.planned.blank]


def _picture_on(joined: JoinedPage, part: JoinedPart) -> str:
    """What is said for a picture among words of which nothing else is known."""
    place = f"page {(joined.planned.source_index or 0) + 1} of {part.part.title}"
    return f"a picture on {place}, without a description"


def _alternative(joined: JoinedPage, part: JoinedPart) -> str:
    """What is said for a page that is a picture: the author's words on the first, where it is on the others."""
    index = joined.planned.source_index or 0
    drawn = _drawn(part)
    if part.part.alt and joined is drawn[0]:
        return part.part.alt
    place = f"{part.part.title}, page {index + 1}" if len(drawn) > 1 else part.part.title
    return f"{place}: a picture of a page, without text" + ("" if part.part.alt else " and without a description")


def _tag_links(structure: Structure, top: Object, page: Object) -> None:
    """Links that no element holds get one of their own, at the end of their document."""
    for annotation in page.get("/Annots", Array()).as_list():
        if annotation.objgen not in structure.objects:
            structure.add_object(structure.add_element(top, "Link", page), page, annotation)


def _draw_annotations(structure: Structure, top: Object, page: Object, next_mcid: int) -> bytes:
    """Make form fields and comments part of the page: gives what draws them, and leaves only links as annotations."""
    annotations = page.get("/Annots", Array()).as_list()
    drawn = [annotation for annotation in annotations if annotation.get("/Subtype") != "/Link"]
    if not drawn:
        return b""
    code = []
    for mcid, annotation in enumerate(drawn, next_mcid):
        placed = _placed(annotation, rotation_of(page))
        _, element = structure.objects.pop(annotation.objgen, (None, None))
        if placed is None:
            continue
        name = contents.free_name(page, "/XObject", _OVER_NAME)
        contents.add_resource(page, "/XObject", name, annotation.AP.N)
        if element is None:
            structure.add_element(top, "Span", page, mcid)
        else:
            _replace_by_content(structure, element, annotation, page, mcid)
        code.append(b"/Span <</MCID %d>> BDC q %s %s Do Q EMC\n" % (mcid, placed, name.encode("ascii")))
    links = [annotation for annotation in annotations if annotation.get("/Subtype") == "/Link"]
    if links:
        page.Annots = Array(links)
    else:
        del page.Annots
    return b"".join(code)


def _replace_by_content(structure: Structure, element: Object, annotation: Object, page: Object, mcid: int) -> None:
    """Let an element that held an annotation hold what is drawn in its place."""
    structure.add_content(page, mcid, element)
    kids: list[object] = []
    for kid in kids_of(element):
        if isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR" and kid.Obj.objgen == annotation.objgen:
            kids.append(Dictionary(Type=Name.MCR, Pg=page, MCID=mcid))
        else:
            kids.append(kid)
    element.K = Array(kids)
    if element.get("/S") in {"/Form", "/Annot"}:
        element.S = Name.Span


def _placed(annotation: Object, rotate: int) -> bytes | None:
    """The matrix that brings an annotation's appearance to where it is shown (ISO 32000-1, 12.5.5), as an operator.

    On a page that is shown turned by `rotate` degrees, some annotations stay upright, turning about their upper left
    corner (table 165, NoRotate).
    """
    form = annotation.AP.N
    rect, box = box_of(annotation.get("/Rect")), box_of(form.get("/BBox"))
    if rect is None or box is None:
        return None
    corners = [transformed(_matrix_of(form), x, y) for x in box[::2] for y in box[1::2]]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if not width or not height:
        return None
    left, bottom, right, top = rect
    across, up = (right - left) / width, (top - bottom) / height
    matrix: Matrix = (across, 0.0, 0.0, up, left - min(xs) * across, bottom - min(ys) * up)
    flags = annotation.get("/F", 0)
    if isinstance(flags, int) and flags & _NO_ROTATE:
        matrix = then(matrix, turned_about(left, top, rotate))
    return matrix_operator(matrix)


def _matrix_of(form: Object) -> Matrix:
    try:
        a, b, c, d, e, f = (float(length) for length in form.Matrix.as_list())
    except (AttributeError, TypeError, ValueError):
        return IDENTITY
    return (a, b, c, d, e, f)
