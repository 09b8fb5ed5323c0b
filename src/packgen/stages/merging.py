"""Stages 7 and 8: the PDF of each pack and of each of its items, joined and read back one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from packgen.assembly import Sheets, item_file_name, item_request, pack_request, supplement_request
from packgen.digests import bytes_digest
from packgen.errors import Problem
from packgen.inspect import Expected, Known, Span, all_known, inspect_pack
from packgen.model import Access, ContentsLine, Item, MergeRequest, Pack, PagePlan, Standard, Supplement
from packgen.stages.carried import Carried
from packgen.stages.documents import DrawnDocuments
from packgen.stages.front_sheets import FrontSheet
from packgen.stages.inspection import pack_expected, part_expected, supplement_lines
from packgen.stages.memory import Memory
from packgen.stages.readiness import ReadyDocument
from packgen.stages.workers import Workers
from packgen.workspace import Settings

if TYPE_CHECKING:
    from packgen.merge.values import Made

WHOLE = "agenda-pack.pdf"
_SMALL = 60
"""Pages that are joined and read back sooner than other processes would have started."""
LONG = 60
"""Pages from which on the items of a pack that is new are joined and read back side by side, before the pack itself,
which takes over what was found of their pages and made of their documents.
"""
VERY_LONG = 400
"""Pages from which on the pack comes first, by several processes together, and its items take over from it: there may
be one item that has nearly all of them.
"""
MOST_HELPERS = 3
"""Processes that join and read one pack beside the one that was asked to; each holds the whole file."""
_SEEN_BEFORE = 3
"""How many pages that were seen before take as long as one that was not."""


class JoiningTask(Struct, frozen=True):
    """One PDF to be joined, and what must be true of it then.

    `folder` is that of its pack. `facts` are what was found before of pages and documents of that pack, `made` is what
    other mergings of it hand on. `helpers` is how many processes may join and read it beside this one.
    """

    request: MergeRequest
    expected: Expected
    folder: str
    facts: tuple[Carried[Known], ...] = ()
    made: tuple[Carried[Made], ...] = ()
    helpers: int = 0


class Joined(Struct, frozen=True):
    """A PDF that was joined and read back: the standards it keeps, what is worth a look in it, its words by page."""

    pdf: bytes
    standards: frozenset[Standard]
    warnings: tuple[Problem, ...]
    page_texts: tuple[str, ...] = ()


class Learned(NamedTuple):
    """A PDF that was joined, with what was found and made on the way, for the next time."""

    joined: Joined
    facts: Carried[Known]
    made: Carried[Made]


class ItemFile(Struct, frozen=True):
    """The PDF of one item or supplement, the name it has in the output, and the words on its pages."""

    name: str
    pdf: bytes
    page_texts: tuple[str, ...]


class MergedPack(Struct, frozen=True, kw_only=True):
    """A finished pack, inspected, with the pack as its readers may know it.

    `item_files` holds the PDF of each item that has pages, by item number; `supplement_files` that of each supplement,
    by its document id. `page_texts` are the words on the pages of the whole pack. `sheets` are the filled Word files of
    the front sheets, by document id; `standards` are those that the pack keeps.
    """

    access: Access
    pack: Pack
    plan: PagePlan
    request: MergeRequest
    pdf: bytes
    page_texts: tuple[str, ...]
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
    sources = {document_id: document.page_texts for document_id, document in ready.items()}
    sources |= {drawing.document_id: drawing.page_texts for drawing in drawn.drawings.values()}
    requests: dict[tuple[Access, str], MergeRequest] = {}
    tasks: list[JoiningTask] = []
    for front in fronts:
        whole = _whole_request(front, ready, settings)
        folder = f"{front.pack.id}/{front.access}"
        own = sources | {sheet: drawing.page_texts for sheet, drawing in front.all_sheets().items()}
        requests[front.access, WHOLE] = whole
        expected = pack_expected(f"{folder}/{WHOLE}", front.pack, front.supplements, whole, own)
        tasks.append(JoiningTask(whole, expected, folder))
        for name, part, contents in _parts(front, whole, settings):
            requests[front.access, name] = part
            tasks.append(JoiningTask(part, part_expected(f"{folder}/{name}", part, contents), folder))
    results = _join_all(tasks, workers, memory)
    joined = dict(zip(requests, results, strict=True))
    packs = [_merged_pack(front, requests, joined) for front in fronts]
    told: set[Problem] = set()
    for place, pack in enumerate(packs):
        packs[place] = replace(pack, warnings=tuple(each for each in pack.warnings if each not in told))
        told |= set(pack.warnings)
    return packs


def _whole_request(front: FrontSheet, ready: Mapping[str, ReadyDocument], settings: Settings) -> MergeRequest:
    """The request for a whole pack, with the layout that its items take over."""
    from packgen.merge.layout import layout_of

    whole = pack_request(
        front.pack,
        front.plan,
        settings,
        title="agenda pack" if front.access == "public" else "restricted agenda pack",
        sheets=Sheets(
            pdfs={sheet: drawing.pdf for sheet, drawing in front.all_sheets().items()},
            supplements=front.supplements,
            places=front.places,
        ),
        pdfs={document_id: document.pdf for document_id, document in ready.items()},
        standards={document_id: document.standards for document_id, document in ready.items()},
    )
    return replace(whole, layout=layout_of(whole))


def _parts(
    front: FrontSheet, whole: MergeRequest, settings: Settings
) -> Iterator[tuple[str, MergeRequest, Sequence[ContentsLine]]]:
    """What is cut from a pack, by what it is called: its items, and its supplements with what they say of pages."""
    for item in front.pack.all_items():
        part = item_request(front.pack, item, whole, settings)
        if part is not None:
            yield _item_key(item), part, ()
    for supplement in front.supplements:
        part = supplement_request(front.pack, supplement, whole, settings)
        if part is not None:
            yield supplement.id, part, list(supplement_lines(front.pack, supplement, part.plan))


def _item_key(item: Item) -> str:
    # The title of an item can be what must not be said, so its number is all that messages have.
    return f"items (item {item.number})"


def _join_all(tasks: Sequence[JoiningTask], workers: Workers, memory: Memory) -> list[Joined]:
    """A joined PDF for each task. What was seen and made on the way is remembered, whatever became of a file since."""
    digests: dict[int, str] = {}

    def facts_key(task: JoiningTask) -> str:
        return memory.key("page facts", task.folder)

    def made_key(task: JoiningTask) -> str:
        return memory.key("made", task.expected.name)

    def prepared(task: JoiningTask) -> JoiningTask:
        from packgen.merge.values import Made

        facts, made = memory.recall(facts_key(task), Known), memory.recall(made_key(task), Made)
        return replace(
            task,
            facts=(Carried(Known, facts),) if facts is not None else (),
            made=(Carried(Made, made),) if made is not None else (),
        )

    keys = [memory.key("joined", *_without_bytes(task, digests)) for task in tasks]
    kept = [memory.recall(key, Joined) for key in keys]
    missing = [prepared(task) for task, known in zip(tasks, kept, strict=True) if known is None]
    learned = iter(_join_missing(missing, workers))
    results = []
    for task, key, known in zip(tasks, keys, kept, strict=True):
        if known is not None:
            results.append(known)
            continue
        joined, facts, made = next(learned)
        memory.keep(key, joined)
        memory.keep(made_key(task), made.to_be_kept)
        if _is_whole(task):
            memory.keep(facts_key(task), facts.to_be_kept)
        results.append(joined)
    return results


def _join_missing(tasks: Sequence[JoiningTask], workers: Workers) -> list[Learned]:
    """What becomes of each task, in two rounds: of long packs, what comes second takes over what was found and made."""
    sizes = {task.folder: len(task.request.plan.pages) for task in tasks if _is_long(task)}
    very_long = [folder for folder, size in sizes.items() if size >= VERY_LONG]
    first = [each for each in tasks if each.folder in sizes and _is_whole(each) == (each.folder in very_long)]
    then = [each for each in tasks if each.folder in sizes and _is_whole(each) != (each.folder in very_long)]
    spare = (workers.jobs - len(very_long)) // len(very_long) if very_long else 0
    turns = [
        *([replace(task, helpers=max(min(spare, MOST_HELPERS), 0))] for task in first if _is_whole(task)),
        *_side_by_side([task for task in first if not _is_whole(task)], workers.jobs),
        *_in_turns([task for task in tasks if task.folder not in sizes]),
    ]
    learned = _joined(turns, workers)
    known = {folder: [learned[each.expected.name] for each in first if each.folder == folder] for folder in sizes}
    turns = [
        *([_taking_over(task, known)] for task in then if _is_whole(task)),
        *_side_by_side([_taking_over(task, known) for task in then if not _is_whole(task)], workers.jobs),
    ]
    learned |= _joined(turns, workers)
    return [learned[task.expected.name] for task in tasks]


def _joined(turns: Sequence[Sequence[JoiningTask]], workers: Workers) -> dict[str, Learned]:
    """What becomes of the tasks of some turns, by the names of the files."""
    done = workers.run(join_in_turn, turns, weight=_pages_to_look_at, small=_SMALL)
    names = (task.expected.name for turn in turns for task in turn)
    return dict(zip(names, (each for turn in done for each in turn), strict=True))


def _is_whole(task: JoiningTask) -> bool:
    return task.expected.name.endswith(WHOLE)


def _is_long(task: JoiningTask) -> bool:
    return _is_whole(task) and not task.facts and len(task.request.plan.pages) >= LONG


def _taking_over(task: JoiningTask, known: Mapping[str, Sequence[Learned]]) -> JoiningTask:
    """A task with all that was learned of the same pack, beside what was known of it before."""
    learned = known[task.folder]
    return replace(
        task,
        facts=(*task.facts, *(each.facts for each in learned)),
        made=(*task.made, *(each.made for each in learned)),
    )


def _side_by_side(tasks: Sequence[JoiningTask], count: int) -> list[list[JoiningTask]]:
    """Up to `count` turns that take about as long as each other."""
    turns: list[list[JoiningTask]] = [[] for _ in range(count)]
    for task in sorted(tasks, key=lambda task: -len(task.request.plan.pages)):
        min(turns, key=_pages_to_look_at).append(task)
    return [turn for turn in turns if turn]


def _in_turns(tasks: Sequence[JoiningTask]) -> list[list[JoiningTask]]:
    """Which tasks are done one after the other: those of one pack if there is little to do, else none."""
    if _pages_to_look_at(tasks) > _SMALL:
        return [[task] for task in tasks]
    return [list(of_pack) for _, of_pack in groupby(tasks, lambda task: task.folder)]


def _pages_to_look_at(tasks: Sequence[JoiningTask]) -> int:
    """How long tasks take, in pages that are seen for the first time."""
    pages = [(len(task.request.plan.pages), task.facts) for task in tasks]
    return sum(count if not facts else count // _SEEN_BEFORE for count, facts in pages)


def _without_bytes(task: JoiningTask, digests: dict[int, str]) -> tuple[MergeRequest, Expected, list[str]]:
    """A task with hashes in the place of PDFs. A document goes into several files; each is hashed once."""
    parts = task.request.parts
    return (
        replace(task.request, parts={key: replace(part, pdf=b"") for key, part in parts.items()}),
        task.expected,
        [
            digests.get(id(pdf)) or digests.setdefault(id(pdf), bytes_digest(pdf))
            for pdf in (part.pdf for part in parts.values())
        ],
    )


def join_in_turn(tasks: Sequence[JoiningTask]) -> list[Learned]:
    """Merges PDFs and reads them back. What was made and found for the first helps with the others, which are parts.

    Raises:
        ConversionError, InspectionError: as `merge_packs`.
    """
    learned: list[Learned] = []
    of_whole: Learned | None = None
    for task in tasks:
        made, facts = (task.made, task.facts) if of_whole is None else ((of_whole.made,), (of_whole.facts,))
        learned.append(_join(task, made, facts))
        if _is_whole(task):
            of_whole = learned[-1]
    return learned


def _join(task: JoiningTask, made: Sequence[Carried[Made]], facts: Sequence[Carried[Known]]) -> Learned:
    from packgen.inspect.readers import Readers
    from packgen.merge import merge
    from packgen.merge.makers import Makers
    from packgen.merge.values import Made, all_made

    with Makers(task.helpers) as makers, Readers(task.helpers) as readers:
        before = all_made([each.value for each in made]) if made or not task.helpers else makers.make(task.request)
        merged = merge(task.request, before)
        spans = [Span(span.begin, span.end, span.first, span.count) for span in merged.spans]
        known = all_known([each.value for each in facts])
        inspection = inspect_pack(merged.data, task.expected, known, spans, readers)
    joined = Joined(merged.data, merged.standards, inspection.warnings, inspection.page_texts)
    return Learned(joined, Carried(Known, inspection.found), Carried(Made, merged.made))


def _merged_pack(
    front: FrontSheet,
    requests: Mapping[tuple[Access, str], MergeRequest],
    joined: Mapping[tuple[Access, str], Joined],
) -> MergedPack:
    def file(name: str, part: str) -> ItemFile | None:
        made = joined.get((front.access, part))
        return ItemFile(name, made.pdf, made.page_texts) if made else None

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
        page_texts=whole.page_texts,
        item_files={number: made for number, made in items.items() if made},
        supplements=front.supplements,
        supplement_files={each: made for each, made in supplements.items() if made},
        sheets={sheet: drawing.docx for sheet, drawing in sheets.items()},
        standards=whole.standards,
        warnings=(*(each for drawing in sheets.values() for each in drawing.warnings), *whole.warnings),
    )
