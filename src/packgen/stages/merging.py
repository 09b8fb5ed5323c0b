"""Stages 7 and 8: the PDF of each pack and of each of its items, joined and read back one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from packgen.assembly import item_file_name, item_request, pack_request, supplement_request
from packgen.digests import bytes_digest
from packgen.errors import Problem
from packgen.inspect import PageFact, PageFacts
from packgen.model import Access, Item, MergeRequest, Pack, PagePlan, Standard, Supplement
from packgen.stages.documents import DrawnDocuments
from packgen.stages.front_sheets import FrontSheet
from packgen.stages.inspection import InspectionTask, inspect, pack_inspection, part_inspection
from packgen.stages.memory import Memory
from packgen.stages.readiness import ReadyDocument
from packgen.stages.workers import Workers
from packgen.workspace import Settings

WHOLE = "agenda-pack.pdf"


@dataclass(frozen=True)
class JoiningTask:
    """One PDF to be joined, and what must be true of it then; `known` is what was seen on its pages before."""

    request: MergeRequest
    inspection: InspectionTask
    known: PageFacts = field(default_factory=dict)


@dataclass(frozen=True)
class Joined:
    """A PDF that was joined and read back, the standards it keeps, and what is worth a look in it."""

    pdf: bytes
    standards: frozenset[Standard]
    warnings: tuple[Problem, ...]
    page_facts: PageFacts = field(default_factory=dict)


@dataclass(frozen=True)
class ItemFile:
    """The PDF of one item, and the name it has in the output."""

    name: str
    pdf: bytes


@dataclass(frozen=True, kw_only=True)
class MergedPack:
    """A finished pack, inspected, with the pack as its readers may know it.

    `item_files` holds the PDF of each item that has pages, by item number; `supplement_files` that of each supplement,
    by its document id. `sheets` are the filled Word files of the front sheets, by document id;
    `standards` are those that the pack keeps.
    """

    access: Access
    pack: Pack
    plan: PagePlan
    request: MergeRequest
    pdf: bytes
    item_files: Mapping[str, ItemFile]
    supplements: tuple[Supplement, ...]
    supplement_files: Mapping[str, ItemFile]
    sheets: Mapping[str, bytes]
    standards: frozenset[Standard]
    warnings: tuple[Problem, ...]


def merge_packs(
    fronts: Sequence[FrontSheet],
    drawn: DrawnDocuments,
    ready: Mapping[str, ReadyDocument],
    settings: Settings,
    workers: Workers,
    memory: Memory,
) -> list[MergedPack]:
    """Merges and inspects every pack, item and supplement, on as many processors as may be used, longest first.

    Raises:
        ConversionError: a part cannot be joined, or a link leads to an item without pages.
        InspectionError: with every disagreement between a file and what was planned.
    """
    sources: dict[str, bytes | Sequence[str]] = dict(drawn.pdfs)
    sources |= {drawing.document_id: drawing.page_texts for drawing in drawn.drawings.values()}
    requests: dict[tuple[Access, str], MergeRequest] = {}
    tasks: list[JoiningTask] = []
    for front in fronts:
        whole = _whole_request(front, ready, settings)
        folder = f"{front.pack.id}/{front.access}"
        own = sources | {sheet: drawing.page_texts for sheet, drawing in front.all_sheets().items()}
        requests[front.access, WHOLE] = whole
        tasks.append(JoiningTask(whole, pack_inspection(folder, front.pack, whole, own)))
        for name, part in _parts(front, whole, settings):
            requests[front.access, name] = part
            tasks.append(JoiningTask(part, part_inspection(f"{folder}/{name}", part)))
    results = _join_all(tasks, workers, memory)
    joined = dict(zip(requests, results, strict=True))
    packs = [_merged_pack(front, requests, joined) for front in fronts]
    told: set[Problem] = set()
    for place, pack in enumerate(packs):
        packs[place] = replace(pack, warnings=tuple(each for each in pack.warnings if each not in told))
        told |= set(pack.warnings)
    return packs


def _whole_request(front: FrontSheet, ready: Mapping[str, ReadyDocument], settings: Settings) -> MergeRequest:
    return pack_request(
        front.pack,
        front.plan,
        settings,
        title="agenda pack" if front.access == "public" else "restricted agenda pack",
        sheets={sheet: drawing.pdf for sheet, drawing in front.all_sheets().items()},
        supplements=front.supplements,
        places=front.places,
        pdfs={document_id: document.pdf for document_id, document in ready.items()},
        standards={document_id: document.standards for document_id, document in ready.items()},
    )


def _parts(front: FrontSheet, whole: MergeRequest, settings: Settings) -> Iterator[tuple[str, MergeRequest]]:
    """What is cut from a pack, by what it is called: its items and its supplements."""
    for item in front.pack.all_items():
        part = item_request(front.pack, item, whole, settings)
        if part is not None:
            yield _item_key(item), part
    for supplement in front.supplements:
        part = supplement_request(front.pack, supplement, whole, settings)
        if part is not None:
            yield supplement.id, part


def _item_key(item: Item) -> str:
    # The title of an item can be what must not be said, so its number is all that messages have.
    return f"items (item {item.number})"


def _join_all(tasks: Sequence[JoiningTask], workers: Workers, memory: Memory) -> list[Joined]:
    """A joined PDF for each task. What was seen on pages is remembered by file, whatever became of the file since."""
    digests: dict[int, str] = {}

    def facts_key(task: JoiningTask) -> str:
        return memory.key("page facts", task.inspection.name)

    def prepared(task: JoiningTask) -> JoiningTask:
        return replace(task, known=memory.recall(facts_key(task), dict[str, PageFact]) or {})

    def joined_key(task: JoiningTask) -> str:
        return memory.key("joined", *_without_bytes(task, digests))

    kept = [memory.recall(joined_key(task), Joined) for task in tasks]
    missing = [prepared(task) for task, known in zip(tasks, kept, strict=True) if known is None]
    made = iter(workers.run(join, missing, weight=lambda task: len(task.request.plan.pages)))
    results = []
    for task, known in zip(tasks, kept, strict=True):
        result = known or next(made)
        if known is None:
            memory.keep(joined_key(task), replace(result, page_facts={}))
            memory.keep(facts_key(task), result.page_facts)
        results.append(result)
    return results


def _without_bytes(task: JoiningTask, digests: dict[int, str]) -> tuple[MergeRequest, InspectionTask, list[str]]:
    """A task with hashes in the place of PDFs. A document goes into several files; each is hashed once."""
    parts, sources = task.request.parts, task.inspection.sources
    pdfs = [part.pdf for part in parts.values()] + [each for each in sources.values() if isinstance(each, bytes)]
    return (
        replace(task.request, parts={key: replace(part, pdf=b"") for key, part in parts.items()}),
        replace(task.inspection, sources={key: each for key, each in sources.items() if not isinstance(each, bytes)}),
        [digests.get(id(pdf)) or digests.setdefault(id(pdf), bytes_digest(pdf)) for pdf in pdfs],
    )


def join(task: JoiningTask) -> Joined:
    """Merges one PDF and reads it back.

    Raises:
        ConversionError, InspectionError: as `merge_packs`.
    """
    from packgen.merge import merge

    merged = merge(task.request)
    inspection = inspect(merged.data, task.inspection, task.known)
    return Joined(merged.data, merged.standards, inspection.warnings, inspection.page_facts)


def _merged_pack(
    front: FrontSheet,
    requests: Mapping[tuple[Access, str], MergeRequest],
    joined: Mapping[tuple[Access, str], Joined],
) -> MergedPack:
    def file(name: str, part: str) -> ItemFile | None:
        made = joined.get((front.access, part))
        return ItemFile(name, made.pdf) if made else None

    whole = joined[front.access, WHOLE]
    items = {item.number: file(item_file_name(item), _item_key(item)) for item in front.pack.all_items()}
    supplements = {each.id: file(f"{each.id}.pdf", each.id) for each in front.supplements}
    sheets = front.all_sheets()
    return MergedPack(
        access=front.access,
        pack=front.pack,
        plan=front.plan,
        request=requests[front.access, WHOLE],
        pdf=whole.pdf,
        item_files={number: made for number, made in items.items() if made},
        supplements=front.supplements,
        supplement_files={each: made for each, made in supplements.items() if made},
        sheets={sheet: drawing.docx for sheet, drawing in sheets.items()},
        standards=whole.standards,
        warnings=(*(each for drawing in sheets.values() for each in drawing.warnings), *whole.warnings),
    )
