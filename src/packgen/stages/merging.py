"""Stage 7: the PDF of each pack and of each of its items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from packgen.assembly import item_file_name, item_request, pack_request
from packgen.errors import Problem
from packgen.model import Access, MergeRequest, Pack, PagePlan
from packgen.stages.documents import DrawnDocuments
from packgen.stages.front_sheets import FrontSheet
from packgen.stages.workers import Workers
from packgen.workspace import Settings

if TYPE_CHECKING:
    from packgen.merge import MergedPdf


@dataclass(frozen=True)
class ItemFile:
    """The PDF of one item, and the name it has in the output."""

    name: str
    pdf: bytes


@dataclass(frozen=True, kw_only=True)
class MergedPack:
    """A finished pack, not yet inspected, with the pack as its readers may know it.

    `item_files` holds the PDF of each item that has pages, by item number.
    """

    access: Access
    pack: Pack
    plan: PagePlan
    request: MergeRequest
    pdf: bytes
    item_files: Mapping[str, ItemFile]
    front_sheet_docx: bytes
    untagged: tuple[str, ...]
    removed: Sequence[Mapping[str, Any]]
    warnings: tuple[Problem, ...]


def merge_packs(
    fronts: Sequence[FrontSheet], drawn: DrawnDocuments, settings: Settings, workers: Workers
) -> list[MergedPack]:
    """Merges every pack and every item, on as many processors as may be used, longest first.

    Raises:
        ConversionError: a part cannot be joined, or a link leads to an item without pages.
    """
    from packgen.merge import merge

    requests: dict[tuple[Access, str | None], MergeRequest] = {}
    for front in fronts:
        whole = pack_request(
            front.pack,
            front.plan,
            front.access,
            settings,
            front_sheet=front.drawing.pdf,
            places=front.places,
            pdfs=drawn.pdfs,
        )
        requests[front.access, None] = whole
        for item in front.pack.all_items():
            part = item_request(front.pack, item, whole, settings)
            if part is not None:
                requests[front.access, item.number] = part
    results = workers.run(merge, list(requests.values()), weight=lambda request: len(request.plan.pages))
    merged = dict(zip(requests, results, strict=True))
    return [_merged_pack(front, requests, merged) for front in fronts]


def _merged_pack(
    front: FrontSheet,
    requests: Mapping[tuple[Access, str | None], MergeRequest],
    merged: Mapping[tuple[Access, str | None], MergedPdf],
) -> MergedPack:
    whole = merged[front.access, None]
    titles = {document.id: document.title for document in front.pack.all_documents()}
    items = {
        item.number: ItemFile(item_file_name(item), merged[front.access, item.number].data)
        for item in front.pack.all_items()
        if (front.access, item.number) in merged
    }
    removed = [
        {"document": titles.get(each.document_id, each.document_id), "what": each.what} for each in whole.removed
    ]
    return MergedPack(
        access=front.access,
        pack=front.pack,
        plan=front.plan,
        request=requests[front.access, None],
        pdf=whole.data,
        item_files=items,
        front_sheet_docx=front.drawing.docx,
        untagged=whole.untagged,
        removed=removed,
        warnings=front.drawing.warnings,
    )
