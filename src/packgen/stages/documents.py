"""Stages 3 and 4: every document of a pack as PDF, filled templates and authors' files alike.

Authors' Word files are drawn first. As soon as it is known which of them need LibreOffice, it is started once for all
of them, and works while the templates are filled and drawn.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from packgen.assembly import created_at, meeting_in_words
from packgen.context import context_values, document_context
from packgen.deferred.tokens import SMALL_FILE, Deferred, Light
from packgen.digests import MISSING, file_digest
from packgen.errors import Problem
from packgen.model import Document, DocumentLength, Item, Pack
from packgen.progress import Progress
from packgen.schemas import SchemaSet
from packgen.stages.ahead import light_key
from packgen.stages.drawing import (
    BUILT_IN,
    REVIEW_MARKS,
    SMALL,
    Drawing,
    DrawingTask,
    Untagged,
    Waiting,
    draw_or_wait,
    draw_untagged,
    waiting_for_office,
    waits_from_the_start,
    weight,
    with_tags,
)
from packgen.stages.drawing_keys import drawing_values
from packgen.stages.memory import Memory
from packgen.stages.second_engine import SecondEngine
from packgen.stages.workers import Workers
from packgen.workspace import Settings, TemplateSet, shown_path

_QUICKLY_SET_ASIDE = 2**25
"""Bytes of PDFs whose pixels are set aside sooner than another process would have started."""
_TOLD_BY_CHECKING = {"convert.heading-level": "access.heading-level"}
"""Warnings of drawing with those of the check of a pack that say the same of an author's file, and say it better.

The check names the headings where a level is missing and what to make them; drawing names every heading whose level had
to change, most of which only follow from the first.
"""


class DrawnDocuments(Struct, frozen=True):
    """The PDF of each document by id, the drawings among them that packgen made, and every page count.

    `deferred` is what was set aside of PDFs that authors supplied: the pixels of large pictures.
    """

    pdfs: Mapping[str, bytes]
    drawings: Mapping[str, Drawing]
    page_counts: Mapping[str, int]
    deferred: Mapping[str, Deferred] = {}

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(warning for drawing in self.drawings.values() for warning in drawing.warnings)

    def warnings_after(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """The warnings without those that `problems`, found before anything was drawn, have told of the same file."""
        told = {(problem.code, problem.file) for problem in problems}
        return tuple(each for each in self.warnings if (_TOLD_BY_CHECKING.get(each.code), each.file) not in told)

    def lengths(self, documents: tuple[Document, ...]) -> list[DocumentLength]:
        return [DocumentLength(document.id, self.page_counts[document.id]) for document in documents]


class DrawingPlan(Struct, frozen=True):
    """What is to be drawn of a pack, and what is remembered: drawings by document id, and the keys of both.

    `tasks` are those of all documents, of which keys are made; those that are `missing` have their contexts too.
    """

    pack: Pack
    tasks: Sequence[DrawingTask]
    missing: Sequence[DrawingTask]
    remembered: Mapping[str, Drawing]
    keys: Mapping[str, str]


def plan_drawings(
    pack: Pack, settings: Settings, templates: TemplateSet, schemas: SchemaSet, memory: Memory
) -> DrawingPlan:
    """Which documents of a pack have to be drawn, with all that it takes."""
    drawn = {
        document.id: (document, item)
        for item in pack.all_items()
        for document in item.documents
        if not is_pdf(document)
    }
    tasks = [_task(*each, pack, settings, templates, schemas) for each in drawn.values()]
    keys = {task.document_id: _key(task, memory) for task in tasks}
    remembered = _remembered(keys, memory)
    missing = [
        replace(task, context=document_context(*drawn[task.document_id], pack, settings, schemas))
        if task.template_name is not None
        else task
        for task in tasks
        if task.document_id not in remembered
    ]
    return DrawingPlan(pack, tasks, missing, remembered, keys)


def begin_drawing(plan: DrawingPlan, workers: Workers) -> None:
    """Have documents drawn by other processes while this one has other things to do.

    Of several those that are made from templates: of authors' files, some may not be fit to be opened.
    """
    tasks = [task for task in plan.missing if not waits_from_the_start(task)]
    if len(tasks) == 1:
        workers.begin(_way_to_draw(tasks), tasks[0])
    else:
        filled = [task for task in tasks if task.template_name is not None]
        workers.begin_all(_way_to_draw(tasks), filled, weight=weight, small=SMALL)


def draw_documents(
    plan: DrawingPlan,
    settings: Settings,
    workers: Workers,
    memory: Memory,
    progress: Progress,
    on_drawn: Callable[[Drawing], None],
) -> DrawnDocuments:
    """Draws what has to be drawn, and reads the PDFs that authors supplied. `on_drawn` is told of each new drawing.

    Raises:
        MissingProgramError: documents need LibreOffice, which is not installed.
        TemplateError, ConversionError: with the problems of every document, not only of the first.
    """
    drawings = dict(plan.remembered)
    progress.unchanged = len(drawings)
    for drawing in _draw_all(plan.missing, settings, workers, progress, on_drawn):
        drawings[drawing.document_id] = drawing
    for task in plan.tasks:
        if task.document_id not in plan.remembered and _key(task, memory) == plan.keys[task.document_id]:
            memory.keep(plan.keys[task.document_id], drawings[task.document_id])
    supplied = {document.id: document.source for document in plan.pack.all_documents() if is_pdf(document)}
    light = _without_pixels(supplied, workers, memory)
    pdfs = {
        document.id: light[document.id][0] if document.id in light else drawings[document.id].pdf
        for document in plan.pack.all_documents()
    }
    counts = {
        document_id: len(drawings[document_id].page_texts) if document_id in drawings else count_pages(pdf)
        for document_id, pdf in pdfs.items()
    }
    deferred = {document_id: what for document_id, (_, what) in light.items() if what.ranges}
    return DrawnDocuments(pdfs, drawings, counts, deferred)


def _without_pixels(
    supplied: Mapping[str, Path], workers: Workers, memory: Memory
) -> dict[str, tuple[bytes, Deferred]]:
    """The PDF of each supplied file by document id, and what was set aside of it."""
    large = [file for file in dict.fromkeys(supplied.values()) if file.stat().st_size >= SMALL_FILE]
    tasks = [(file, file_digest(file)) for file in large]
    made = memory.run(
        workers,
        set_pixels_aside,
        tasks,
        kind=Light,
        # What was set aside of a file that is saved meanwhile is nothing to be remembered.
        key=lambda task: light_key(memory, task[1] if file_digest(task[0]) == task[1] else MISSING),
        weight=lambda task: task[0].stat().st_size,
        small=_QUICKLY_SET_ASIDE,
    )
    light: dict[Path, tuple[Light, Deferred]] = {}
    for (file, digest), known in zip(tasks, made, strict=True):
        light[file] = known, Deferred(file, digest, known.ranges)
        _check_unchanged(light[file][1])
    nothing = Light()
    found: dict[str, tuple[bytes, Deferred]] = {}
    for document_id, file in supplied.items():
        known, deferred = light.get(file) or (nothing, Deferred(file, "", ()))
        found[document_id] = known.pdf or file.read_bytes(), deferred
    return found


def _check_unchanged(deferred: Deferred) -> None:
    from packgen.deferred.filling_in import check_unchanged

    check_unchanged(deferred)


def set_pixels_aside(task: tuple[Path, str]) -> Light:
    """A file without the pixels of its large pictures; it is given with its SHA-256."""
    from packgen.deferred.setting_aside import set_aside

    return set_aside(*task)


def _key(task: DrawingTask, memory: Memory) -> str:
    return memory.key("drawing", drawing_values(task))


def _remembered(keys: Mapping[str, str], memory: Memory) -> dict[str, Drawing]:
    """The drawings that earlier builds made of the same things, by document id; `keys` are what they are kept under."""
    found = {}
    for document_id, key in keys.items():
        drawing = memory.recall(key, Drawing)
        if drawing is not None and (drawing.engine == BUILT_IN or drawing.engine == _office_name()):
            found[document_id] = drawing
    return found


@cache
def _office_name() -> str:
    """The LibreOffice that would draw now."""
    from packgen.convert.office.find import find_office

    program = find_office()
    return program.name if program is not None else ""


def _draw_all(
    tasks: Sequence[DrawingTask],
    settings: Settings,
    workers: Workers,
    progress: Progress,
    on_drawn: Callable[[Drawing], None],
) -> Iterator[Drawing]:
    """A drawing of each task, in no certain order."""
    waiting = [waiting_for_office(task) for task in tasks if waits_from_the_start(task)]
    others = [task for task in tasks if not waits_from_the_start(task)]
    open_questions = {task.document_id for task in others if _may_wait(task)}
    finished: list[str] = []
    progress.expected[:] = [task.title for task in tasks]

    def tell(task: DrawingTask, seconds: float) -> None:
        finished.append(task.document_id)
        progress.document(task.title, len(finished), len(tasks), seconds)

    with SecondEngine(settings) as second:

        def on_done(task: DrawingTask, result: Untagged | Drawing | Waiting) -> None:
            if isinstance(result, Waiting):
                waiting.append(result)
            else:
                tell(task, (result.drawing if isinstance(result, Untagged) else result).seconds)
            if isinstance(result, Drawing):
                on_drawn(result)
            if task.document_id in open_questions:
                open_questions.discard(task.document_id)
                if not open_questions:
                    second.begin(_in_order(waiting, tasks))

        if not open_questions:
            second.begin(waiting)
        drawn = workers.run(
            _way_to_draw(others), others, weight=weight, small=SMALL, on_done=on_done, meanwhile=_load_joining
        )
        yield from (each for each in map(with_tags, drawn) if isinstance(each, Drawing))
        titles = {task.document_id: task for task in tasks}
        for drawing in second.drawings():
            tell(titles[drawing.document_id], drawing.seconds)
            on_drawn(drawing)
            yield drawing


def _way_to_draw(tasks: Sequence[DrawingTask]) -> Callable[[DrawingTask], Untagged | Drawing | Waiting]:
    """What is done with each task. What a single one takes last, this process does as well, and is the sooner ready."""
    return draw_or_wait if len(tasks) > 1 else draw_untagged


def _load_joining() -> None:
    """Load what comes next, while other processes draw."""
    import_module("packgen.stages.preload_joining")


def _may_wait(task: DrawingTask) -> bool:
    """Whether only drawing tells if a document needs LibreOffice."""
    return task.engine == "libreoffice" or (task.template_name is None and task.suffix == ".docx")


def _in_order(waiting: Sequence[Waiting], tasks: Sequence[DrawingTask]) -> list[Waiting]:
    """In the order of the pack, whichever was known first."""
    places = {task.document_id: place for place, task in enumerate(tasks)}
    return sorted(waiting, key=lambda each: places[each.task.document_id])


def is_pdf(document: Document) -> bool:
    """Whether a document comes as PDF and is not drawn."""
    return document.template is None and document.source.suffix.lower() == ".pdf"


def count_pages(pdf: bytes) -> int:
    """How many pages a PDF has that has been opened before, or was made here."""
    import pikepdf

    with pikepdf.Pdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def _task(
    document: Document, item: Item, pack: Pack, settings: Settings, templates: TemplateSet, schemas: SchemaSet
) -> DrawingTask:
    """What a document is drawn from, with the values that its context is made from in place of that."""
    return DrawingTask(
        document_id=document.id,
        name=shown_path(document.source)
        if document.to_follow is None
        else f"{shown_path(document.source)} {document.pointer}",
        title=document.title,
        author=settings.council_name or pack.committee,
        subject=meeting_in_words(pack),
        file=templates.files[document.template] if document.template else document.source,
        template_name=document.template,
        context=context_values(document, item, pack, settings, schemas) if document.template is not None else {},
        resources=pack.folder,
        language=pack.language,
        accent=settings.accent,
        font_files=tuple(Path(font) for font in settings.font_files),
        created=created_at(pack),
        engine=settings.engine,
        alt=document.alt,
        accepted=tuple(sorted(REVIEW_MARKS & document.acknowledged.keys())) if document.template is None else (),
    )
