"""Links of documents, leading where their pages now stand in the pack.

Takes all joined parts and what the front sheet's targets stand for; writes the destination of every link that stays
in the pack. A link to a page that is not there, as in the PDF of a single item, is taken out; its words stay. Never
touches links to other places.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pikepdf import Array, Object, String

from packgen.errors import InvalidPackError, Problem
from packgen.merge.values import JoinedPage, JoinedPart, PartLink
from packgen.merge.views import top_of, view_array

_PAGE = re.compile(r"\bpage [0-9]+$")


def write_links(joined: Sequence[JoinedPart], parts: Mapping[str, JoinedPart], targets: Mapping[str, str]) -> None:
    """Write every link's destination.

    Args:
        joined: the documents in the order of the pack.
        parts: the same, by document id.
        targets: what a link such as `packgen:item/4` leads to: a document id.

    Raises:
        InvalidPackError: links with a target that `targets` lacks, all of them.
    """
    problems = [
        problem for part in joined for page in part.pages for link in page.links
        if (problem := _unknown(part, page, link, targets))
    ]  # fmt: skip
    if problems:
        raise InvalidPackError(problems)
    for part in joined:
        pages = {page.planned.source_index: page for page in part.pages if page.planned.source_index is not None}
        for page in part.pages:
            _write_page(page, pages, parts, targets)


def _write_page(
    page: JoinedPage,
    pages: Mapping[int, JoinedPage],
    parts: Mapping[str, JoinedPart],
    targets: Mapping[str, str],
) -> None:
    dead: set[tuple[int, int]] = set()
    for link in page.links:
        annotation = page.page.Annots[link.annotation_index]
        if link.target is not None:
            part = parts.get(targets[link.target])
            if part is not None:
                first = part.pages[0]
                _lead(annotation, top_of(first))
                annotation.Contents = String(f"{part.part.title}, page {first.planned.page_number}")
                continue
        elif link.destination is not None and link.destination.source_index in pages:
            there = pages[link.destination.source_index]
            _lead(annotation, view_array(there.page, link.destination.view))
            _renumber(annotation, there.planned.page_number)
            continue
        dead.add(annotation.objgen)
    if dead:
        _take_out(page.page, dead)
    for annotation in page.page.get("/Annots", Array()).as_list():
        if "/Contents" not in annotation and annotation.get("/Subtype") == "/Link":
            annotation.Contents = String(_words(annotation))


def _lead(annotation: Object, destination: Object) -> None:
    """Write where a link leads, in the place of an action: some viewers follow that and leave the destination."""
    if "/A" in annotation:
        del annotation.A
    annotation.Dest = destination


def _renumber(annotation: Object, page_number: str) -> None:
    """A link that says which page it leads to, as `Section, page 2` does, must say the pack's number of it."""
    words = annotation.get("/Contents")
    if isinstance(words, String):
        annotation.Contents = String(_PAGE.sub(f"page {page_number}", str(words)))


def _take_out(page: Object, dead: set[tuple[int, int]]) -> None:
    left = [annotation for annotation in page.Annots.as_list() if annotation.objgen not in dead]
    if left:
        page.Annots = Array(left)
    else:
        del page.Annots


def _words(annotation: Object) -> str:
    """What a screen reader says of a link that does not say it itself (ISO 14289-1, 7.18.5)."""
    action = annotation.get("/A")
    return str(action.URI) if action is not None else "Link in this document"


def _unknown(part: JoinedPart, page: JoinedPage, link: PartLink, targets: Mapping[str, str]) -> Problem | None:
    if link.target is None or link.target in targets:
        return None
    return Problem(
        code="merge.unknown-link",
        file=part.document_id,
        pointer=f"page {page.planned.page_number}",
        message=f'a link in "{part.part.title}" leads to {link.target}, which this pack does not have',
        hint="targets are " + ", ".join(sorted(targets)) if targets else "the pack has no items with documents",
    )
