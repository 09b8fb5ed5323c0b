"""Documents in, one tagged and numbered PDF out: the steps of merging, in their order.

Takes a `MergeRequest`; gives a `MergedPdf`. Never reads a file or the clock: the same request gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import pikepdf

from packgen.errors import ConversionError, Problem
from packgen.merge.block_file import Skeleton, written_file
from packgen.merge.bookmarks import Row, outline_rows, write_bookmarks
from packgen.merge.grafting import graft
from packgen.merge.labels import page_labels
from packgen.merge.layers import join_layers
from packgen.merge.links import write_links
from packgen.merge.metadata import write_metadata
from packgen.merge.saving import save
from packgen.merge.source import join_part
from packgen.merge.stamps import draw_pages
from packgen.merge.tree_text import NotGraftable
from packgen.merge.values import JoinedPart, Made, MergedPdf, Removal
from packgen.model import MergeRequest, PdfPart, PlannedPage, Standard


def merge(request: MergeRequest, before: Made | None = None) -> MergedPdf:
    """Join the planned pages of all parts.

    `before` is what an earlier merging of the same pack, or a similar one, handed on; it changes no byte of the file.

    Raises:
        InvalidPackError: a link names a target that the pack does not have.
        ConversionError: a part cannot be read, is missing, or has fewer pages than planned.
    """
    try:
        return _grafted(request, before)
    except NotGraftable:
        return _walked(request)


def _grafted(request: MergeRequest, before: Made | None = None) -> MergedPdf:
    """Join parts that packgen drew or made ready, each as a block.

    Raises:
        NotGraftable: a part is an author's, or its tree cannot be taken over as text.
    """
    grafted = graft(request, list(_planned_parts(request)), before or Made())
    skeleton = Skeleton(grafted.documents, grafted.roles, grafted.layout, request.metadata.language)
    standards = _common_standards(skeleton.joined)
    skeleton.write_bookmarks(_bookmarks(request, skeleton.joined))
    _write_rest(skeleton.pdf, request, skeleton.joined, standards)
    data, spans = written_file(grafted.documents, grafted.made.fonts, skeleton.written())
    return MergedPdf(data=data, standards=standards, made=grafted.made, spans=spans)


def _walked(request: MergeRequest) -> MergedPdf:
    """Join any parts, their trees element by element."""
    from packgen.merge.structure import Structure
    from packgen.merge.tagging import tag_part

    pack = pikepdf.new()
    joined = [join_part(pack, part, planned) for part, planned in _planned_parts(request)]
    parts = {part.document_id: part for part in joined}
    write_links(joined, parts, request.links)
    structure = Structure(pack)
    tagged = [tag_part(pack, structure, part, request.metadata.language) for part in joined]
    pages = [(page, tags, part.part.part.marking) for part in tagged for page, tags in part.pages]
    draw_pages(pack, pages, request.stamp)
    structure.finish(page.page for part in joined for page in part.pages)
    untagged = tuple(part.part.document_id for part in tagged if part.untagged)
    partly = tuple(part.part.document_id for part in tagged if part.untagged and part.part.structure is not None)
    standards = frozenset[Standard]() if untagged else _common_standards(joined)
    write_bookmarks(pack, _bookmarks(request, joined))
    _write_rest(pack, request, joined, standards)
    removed = tuple(Removal(part.document_id, what) for part in joined for what in part.removed)
    silent = tuple((part.part.document_id, index) for part in tagged for index in part.silent)
    return MergedPdf(
        data=save(pack),
        standards=standards,
        untagged=untagged,
        partly_tagged=partly,
        silent=silent,
        removed=removed,
    )


def _write_rest(
    pack: pikepdf.Pdf, request: MergeRequest, joined: Sequence[JoinedPart], standards: frozenset[Standard]
) -> None:
    """Write all but pages, tags and bookmarks: layers, page labels, what the pack says of itself."""
    join_layers(pack, joined)
    pack.Root.PageLabels = page_labels([page.page_number for page in request.plan.pages])
    write_metadata(pack, request.metadata, standards)


def _bookmarks(request: MergeRequest, joined: Sequence[JoinedPart]) -> list[Row]:
    return outline_rows(request.outline, {part.document_id: part for part in joined})


def _common_standards(parts: Sequence[JoinedPart]) -> frozenset[Standard]:
    """The standards that every part keeps."""
    return frozenset.intersection(*(part.part.standards for part in parts)) if parts else frozenset()


def _planned_parts(request: MergeRequest) -> Iterator[tuple[PdfPart, list[PlannedPage]]]:
    """The documents in the order of the pack, each with its pages."""
    for document_id, planned in groupby(request.plan.pages, key=lambda page: page.document_id):
        part = request.parts.get(document_id)
        if part is None:
            raise ConversionError(
                Problem(code="merge.missing-part", file=document_id, message="this document is planned but has no PDF")
            )
        yield part, list(planned)
