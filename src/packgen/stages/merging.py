"""Stages 7 and 8: the PDF of each pack and of each of its items, joined and read back one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from packgen.assembly import item_file_name, item_request, pack_request
from packgen.errors import Problem
from packgen.model import FRONT_SHEET_ID, Access, MergeRequest, Pack, PagePlan, Standard
from packgen.stages.documents import DrawnDocuments
from packgen.stages.front_sheets import FrontSheet
from packgen.stages.inspection import InspectionTask, inspect, item_inspection, pack_inspection
from packgen.stages.readiness import ReadyDocument
from packgen.stages.workers import Workers
from packgen.workspace import Settings

if TYPE_CHECKING:
    from packgen.merge import MergedPdf


@dataclass(frozen=True)
class JoiningTask:
    """One PDF to be joined, and what must be true of it then."""

    request: MergeRequest
    inspection: InspectionTask


@dataclass(frozen=True)
class Joined:
    """A PDF that was joined and read back, and what is worth a look in it."""

    merged: MergedPdf
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class ItemFile:
    """The PDF of one item, and the name it has in the output."""

    name: str
    pdf: bytes


@dataclass(frozen=True, kw_only=True)
class MergedPack:
    """A finished pack, inspected, with the pack as its readers may know it.

    `item_files` holds the PDF of each item that has pages, by item number; `standards` are those that the pack keeps.
    """

    access: Access
    pack: Pack
    plan: PagePlan
    request: MergeRequest
    pdf: bytes
    item_files: Mapping[str, ItemFile]
    front_sheet_docx: bytes
    standards: frozenset[Standard]
    warnings: tuple[Problem, ...]


def merge_packs(
    fronts: Sequence[FrontSheet],
    drawn: DrawnDocuments,
    ready: Mapping[str, ReadyDocument],
    settings: Settings,
    workers: Workers,
) -> list[MergedPack]:
    """Merges and inspects every pack and every item, on as many processors as may be used, longest first.

    Raises:
        ConversionError: a part cannot be joined, or a link leads to an item without pages.
        InspectionError: with every disagreement between a file and what was planned.
    """
    sources: dict[str, bytes | Sequence[str]] = dict(drawn.pdfs)
    sources |= {drawing.document_id: drawing.page_texts for drawing in drawn.drawings.values()}
    requests: dict[tuple[Access, str | None], MergeRequest] = {}
    tasks: list[JoiningTask] = []
    for front in fronts:
        whole = pack_request(
            front.pack,
            front.plan,
            front.access,
            settings,
            front_sheet=front.drawing.pdf,
            places=front.places,
            pdfs={document_id: document.pdf for document_id, document in ready.items()},
            standards={document_id: document.standards for document_id, document in ready.items()},
        )
        requests[front.access, None] = whole
        folder = f"{front.pack.id}/{front.access}"
        own = sources | {FRONT_SHEET_ID: front.drawing.page_texts}
        tasks.append(JoiningTask(whole, pack_inspection(folder, front.pack, whole, own)))
        for item in front.pack.all_items():
            part = item_request(front.pack, item, whole, settings)
            if part is not None:
                requests[front.access, item.number] = part
                tasks.append(JoiningTask(part, item_inspection(folder, item, part)))
    results = workers.run(join, tasks, weight=lambda task: len(task.request.plan.pages))
    joined = dict(zip(requests, results, strict=True))
    packs = [_merged_pack(front, requests, joined) for front in fronts]
    told: set[Problem] = set()
    for place, pack in enumerate(packs):
        packs[place] = replace(pack, warnings=tuple(each for each in pack.warnings if each not in told))
        told |= set(pack.warnings)
    return packs


def join(task: JoiningTask) -> Joined:
    """Merges one PDF and reads it back.

    Raises:
        ConversionError, InspectionError: as `merge_packs`.
    """
    from packgen.merge import merge

    merged = merge(task.request)
    return Joined(merged, inspect(merged.data, task.inspection))


def _merged_pack(
    front: FrontSheet,
    requests: Mapping[tuple[Access, str | None], MergeRequest],
    joined: Mapping[tuple[Access, str | None], Joined],
) -> MergedPack:
    whole, remarks = joined[front.access, None].merged, joined[front.access, None].warnings
    items = {
        item.number: ItemFile(item_file_name(item), joined[front.access, item.number].merged.data)
        for item in front.pack.all_items()
        if (front.access, item.number) in joined
    }
    return MergedPack(
        access=front.access,
        pack=front.pack,
        plan=front.plan,
        request=requests[front.access, None],
        pdf=whole.data,
        item_files=items,
        front_sheet_docx=front.drawing.docx,
        standards=whole.standards,
        warnings=(*front.drawing.warnings, *remarks),
    )
