"""Beside drawing and numbering: what did not come from packgen's templates is made ready for packs, and judged.

Takes the drawn documents; gives for each what goes into packs, and which standards it keeps. Each author's document is
cleaned, tagged and judged once, however many packs and items it goes into. That is begun as soon as it is drawn; what
all of them keep together is judged while pages are numbered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from packgen.accessibility.shortcomings import Shortcoming
from packgen.assembly import created_at
from packgen.digests import bytes_digest
from packgen.errors import InvalidPackError, Problem
from packgen.model import PDF_A, PDF_UA, Document, Pack, PdfPart, Standard
from packgen.stages.documents import DrawnDocuments, is_pdf
from packgen.stages.drawing import OFFICE_FILES, Drawing
from packgen.stages.memory import Memory
from packgen.stages.workers import Workers
from packgen.workspace import shown_path

_SHOWN = 4
_FEW_PAGES = 8
"""Pages that are made ready sooner than another process would have started."""
_WORDS_OF_A_TEXT = 25
"""A page with fewer may have nothing but a header and a footer on it."""
_TOLD_BEFORE = {"conform.untagged", "conform.scan"}
"""What the check of a pack tells of a PDF that has no description, before anything is drawn."""
_WITHOUT_TAGS = _TOLD_BEFORE | {"conform.partly-tagged"}
_BOTH: frozenset[Standard] = frozenset({PDF_UA, PDF_A})


class ReadyDocument(Struct, frozen=True, kw_only=True):
    """A document as it goes into packs.

    `removed` is what was taken out of it, `shortcomings` is what keeps it from `standards` that it does not keep.
    `page_texts` are the words on the pages of an author's document as it came, `refusals` what is in the drawing of an
    Office file that must not be published, `left_behind` what of a PDF never comes into packs.
    """

    pdf: bytes
    standards: frozenset[Standard] = _BOTH
    removed: tuple[str, ...] = ()
    shortcomings: tuple[Shortcoming, ...] = ()
    page_texts: tuple[str, ...] = ()
    refusals: tuple[Problem, ...] = ()
    left_behind: tuple[str, ...] = ()


class ReadinessTask(Struct, frozen=True):
    """An author's document to be made ready, with the language of its pack and the date that goes into it.

    `office_file` is where it was drawn from, if its drawing is to be looked at for words that nobody sees; one that
    `came_as_pdf` was not drawn at all.
    """

    part: PdfPart
    page_count: int
    language: str
    created: dt.datetime
    office_file: Path | None = None
    came_as_pdf: bool = False


class Alone(Struct, frozen=True):
    """Authors' documents as they were made ready one by one, by id, and what is to be judged of several together."""

    documents: Mapping[str, ReadyDocument]
    together: Sequence[TogetherTask]


class TogetherTask(Struct, frozen=True):
    """Documents that keep some standards each, to be judged as one file."""

    parts: tuple[ReadinessTask, ...]
    standards: tuple[Standard, ...]


class Together(Struct, frozen=True):
    """What keeps documents from standards that each of them keeps alone, by standard."""

    shortcomings: Mapping[Standard, Shortcoming]


def begin_readiness(pack: Pack, workers: Workers, drawing: Drawing) -> None:
    """Have the drawing of an author's document made ready by another process, while others are still drawn."""
    document = next(each for each in pack.all_documents() if each.id == drawing.document_id)
    if document.template is None:
        workers.begin(make_document_ready, _task(pack, document, drawing.pdf, len(drawing.page_texts)))


def make_documents_ready(pack: Pack, drawn: DrawnDocuments, workers: Workers, memory: Memory) -> Alone:
    """Each author's document made ready; begins to judge what they keep together.

    Raises:
        ConversionError: an author's PDF cannot be read.
        InvalidPackError: there are words in the drawing of an Office file that nobody sees.
    """
    tasks = [
        _task(pack, document, drawn.pdfs[document.id], drawn.page_counts[document.id])
        for document in pack.all_documents()
        if document.template is None
    ]
    made = memory.run(
        workers,
        make_document_ready,
        tasks,
        kind=ReadyDocument,
        key=lambda task: memory.key("ready", *_without_bytes(task)),
        weight=lambda task: task.page_count,
        small=_FEW_PAGES,
    )
    refused = [problem for document in made for problem in document.refusals]
    if refused:
        raise InvalidPackError(refused)
    documents = {task.part.document_id: document for task, document in zip(tasks, made, strict=True)}
    together = _together_tasks(documents, tasks)
    for task in together:
        if memory.recall(_together_key(task, memory), Together) is None:
            workers.begin(judge_together, task)
    return Alone(documents, together)


def ready_for_packs(
    alone: Alone, drawn: DrawnDocuments, workers: Workers, memory: Memory
) -> Mapping[str, ReadyDocument]:
    """Every document by its id. What packgen's templates give is drawn to both standards, and goes on as it is.

    Documents are without the standards that each keeps alone but not all of them together: two may, for example, mean
    different inks by one name. What packgen itself draws cannot be at odds with anything.
    """
    ready = dict(alone.documents)
    judged = memory.run(
        workers,
        judge_together,
        alone.together,
        kind=Together,
        key=lambda task: _together_key(task, memory),
        weight=lambda task: sum(part.page_count for part in task.parts),
        small=_FEW_PAGES,
    )
    for task, found in zip(alone.together, judged, strict=True):
        for standard, shortcoming in found.shortcomings.items():
            for document_id in (part.part.document_id for part in task.parts):
                document = ready[document_id]
                ready[document_id] = replace(
                    document,
                    standards=document.standards - {standard},
                    shortcomings=(*document.shortcomings, shortcoming),
                )
    return {document_id: ready.get(document_id) or ReadyDocument(pdf=pdf) for document_id, pdf in drawn.pdfs.items()}


def _task(pack: Pack, document: Document, pdf: bytes, page_count: int) -> ReadinessTask:
    return ReadinessTask(
        PdfPart(document_id=document.id, title=document.title, pdf=pdf, alt=document.alt, authored=True),
        page_count,
        pack.language,
        created_at(pack),
        document.source if _may_cover(document) else None,
        is_pdf(document),
    )


def _may_cover(document: Document) -> bool:
    """Whether it is an Office file whose covered words, if there are any, nobody has looked at."""
    return document.source.suffix.lower() in OFFICE_FILES and "covered-words" not in document.acknowledged


def _together_tasks(ready: Mapping[str, ReadyDocument], tasks: Sequence[ReadinessTask]) -> list[TogetherTask]:
    """What is to be judged together: mostly the same documents for both standards, which are then joined once."""
    found: dict[tuple[str, ...], list[Standard]] = {}
    for standard in (PDF_UA, PDF_A):
        names = tuple(name for task in tasks if standard in ready[name := task.part.document_id].standards)
        if len(names) > 1:
            found.setdefault(names, []).append(standard)
    by_id = {task.part.document_id: task for task in tasks}
    return [
        TogetherTask(
            tuple(
                replace(by_id[name], part=replace(by_id[name].part, pdf=ready[name].pdf, authored=False))
                for name in names
            ),
            tuple(standards),
        )
        for names, standards in found.items()
    ]


def _together_key(task: TogetherTask, memory: Memory) -> str:
    return memory.key("together", task.standards, *(each for part in task.parts for each in _without_bytes(part)))


def _without_bytes(task: ReadinessTask) -> tuple[ReadinessTask, str]:
    """A task with a hash in the place of its PDF, which may be large."""
    return replace(task, part=replace(task.part, pdf=b"")), bytes_digest(task.part.pdf)


def judge_together(task: TogetherTask) -> Together:
    """Joins documents and looks which standards the file does not keep."""
    from packgen.accessibility.conformance import failings
    from packgen.accessibility.shortcomings import at_odds
    from packgen.merge import joined

    first, counts = task.parts[0], [part.page_count for part in task.parts]
    data = joined([part.part for part in task.parts], counts, first.language, first.created).data
    failed = {standard: failings(data, [standard]) for standard in task.standards}
    return Together({standard: at_odds(found) for standard, found in failed.items() if found})


def make_document_ready(task: ReadinessTask) -> ReadyDocument:
    """Makes one author's document ready.

    Raises:
        ConversionError: it cannot be read.
    """
    from packgen.accessibility.conformance import failings
    from packgen.accessibility.shortcomings import PARTLY_TAGGED, SCANNED, UNTAGGED, shortcomings, unheard
    from packgen.convert.proof import page_texts
    from packgen.hygiene import check_drawn
    from packgen.merge import prepare
    from packgen.merge.properties import left_behind

    prepared = prepare(task.part, task.page_count, task.language, task.created)
    found = shortcomings(failings(prepared.data))
    texts = page_texts(task.part.pdf)
    silent = [index for _, index in prepared.silent if len(texts[index].split()) >= _WORDS_OF_A_TEXT]
    if silent:
        found = (unheard(silent), *found)
    if prepared.partly_tagged:
        found = (PARTLY_TAGGED, *found)
    elif prepared.untagged:
        found = (UNTAGGED if any(map(str.strip, texts)) else SCANNED, *found)
    kept = _BOTH.difference(*(each.standards for each in found)) if found else _BOTH
    return ReadyDocument(
        pdf=prepared.data,
        standards=kept,
        removed=tuple(each.what for each in prepared.removed),
        shortcomings=found,
        page_texts=tuple(texts),
        left_behind=left_behind(task.part.pdf) if task.came_as_pdf else (),
        refusals=tuple(check_drawn(task.office_file, task.part.pdf)) if task.office_file is not None else (),
    )


def remarks(pack: Pack, ready: Mapping[str, ReadyDocument]) -> Iterator[Problem]:
    """What an officer should know of each author's document: what was taken out, and what readers would miss."""
    for document in pack.all_documents():
        if document.template is not None:
            continue
        file, made = shown_path(document.source), ready[document.id]
        if made.removed:
            listed = list(dict.fromkeys(made.removed))
            more = f" and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
            yield Problem(
                code="file.cleaned",
                severity="warning",
                file=file,
                message=f"before it went into the pack, this was taken out: {'; '.join(listed[:_SHOWN])}{more}",
                hint="look at its pages in the pack; the author's own file is as it was",
            )
        for each in _worth_telling(made.shortcomings):
            if each.code in _TOLD_BEFORE and not document.alt:
                continue
            yield Problem(
                code=each.code,
                severity="warning",
                file=file,
                message=f"{each.what}; the pack therefore does not claim {_claim(each)}",
                hint=each.remedy,
            )


def _worth_telling(found: Sequence[Shortcoming]) -> Sequence[Shortcoming]:
    """Of a document without tags nothing else: it has to be made anew. The report has all."""
    return found[:1] if found and found[0].code in _WITHOUT_TAGS else found


def _claim(shortcoming: Shortcoming) -> str:
    return "to be accessible (PDF/UA-1)" if shortcoming.of_reading else "to be fit for keeping (PDF/A-2a)"
