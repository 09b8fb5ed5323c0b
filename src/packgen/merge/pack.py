"""Documents in, one tagged and numbered PDF out: the steps of merging, in their order.

Takes a `MergeRequest`; gives a `MergedPdf`. Never reads a file or the clock: the same request gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby

import pikepdf

from packgen.errors import ConversionError, Problem
from packgen.merge.bookmarks import write_bookmarks
from packgen.merge.labels import page_labels
from packgen.merge.layers import join_layers
from packgen.merge.links import write_links
from packgen.merge.metadata import write_metadata
from packgen.merge.source import join_part
from packgen.merge.stamps import draw_pages
from packgen.merge.structure import Structure
from packgen.merge.tagging import tag_part
from packgen.merge.values import JoinedPart, MergedPdf, Removal
from packgen.model import MergeRequest, Standard


def merge(request: MergeRequest) -> MergedPdf:
    """Join the planned pages of all parts.

    Raises:
        InvalidPackError: a link names a target that the pack does not have.
        ConversionError: a part cannot be read, is missing, or has fewer pages than planned.
    """
    pack = pikepdf.new()
    joined = _join_parts(pack, request)
    parts = {part.document_id: part for part in joined}
    write_links(joined, parts, request.links)
    structure = Structure(pack)
    tagged = [tag_part(pack, structure, part, request.metadata.language) for part in joined]
    draw_pages(
        pack,
        [(page, tags, part.part.part.marking) for part in tagged for page, tags in part.pages],
        request.stamp,
    )
    structure.finish(page.page for part in joined for page in part.pages)
    write_bookmarks(pack, request.outline, parts)
    join_layers(pack, joined)
    pack.Root.PageLabels = page_labels([page.page_number for page in request.plan.pages])
    untagged = tuple(part.part.document_id for part in tagged if part.untagged)
    partly = tuple(part.part.document_id for part in tagged if part.untagged and part.part.structure is not None)
    standards = frozenset[Standard]() if untagged else _common_standards(joined)
    write_metadata(pack, request.metadata, standards)
    removed = tuple(Removal(part.document_id, what) for part in joined for what in part.removed)
    return MergedPdf(data=_save(pack), standards=standards, untagged=untagged, partly_tagged=partly, removed=removed)


def _common_standards(parts: Sequence[JoinedPart]) -> frozenset[Standard]:
    """The standards that every part keeps."""
    return frozenset.intersection(*(part.part.standards for part in parts)) if parts else frozenset()


def _join_parts(pack: pikepdf.Pdf, request: MergeRequest) -> list[JoinedPart]:
    joined = []
    for document_id, planned in groupby(request.plan.pages, key=lambda page: page.document_id):
        part = request.parts.get(document_id)
        if part is None:
            raise ConversionError(
                Problem(code="merge.missing-part", file=document_id, message="this document is planned but has no PDF")
            )
        joined.append(join_part(pack, part, list(planned)))
    return joined


def _save(pack: pikepdf.Pdf) -> bytes:
    file = io.BytesIO()
    pack.save(
        file,
        min_version="1.7",
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        deterministic_id=True,
    )
    return file.getvalue()
