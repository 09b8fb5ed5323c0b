"""Stages 3 and 4: every document of a pack as PDF, filled templates and authors' files alike."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from packgen.assembly import created_at, meeting_in_words
from packgen.context import document_context
from packgen.errors import Problem
from packgen.model import Document, DocumentLength, Item, Pack
from packgen.progress import Progress
from packgen.schemas import SchemaSet
from packgen.stages.drawing import Drawing, DrawingTask, draw, weight
from packgen.stages.workers import Workers
from packgen.workspace import Settings, TemplateSet, shown_path


@dataclass(frozen=True)
class DrawnDocuments:
    """The PDF of each document by id, the drawings among them that packgen made, and every page count."""

    pdfs: Mapping[str, bytes]
    drawings: Mapping[str, Drawing]
    page_counts: Mapping[str, int]

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(warning for drawing in self.drawings.values() for warning in drawing.warnings)

    def lengths(self, documents: tuple[Document, ...]) -> list[DocumentLength]:
        return [DocumentLength(document.id, self.page_counts[document.id]) for document in documents]


def draw_documents(
    pack: Pack, settings: Settings, templates: TemplateSet, schemas: SchemaSet, workers: Workers, progress: Progress
) -> DrawnDocuments:
    """Draws what has to be drawn and reads the PDFs that authors supplied.

    Raises:
        TemplateError, ConversionError: with the problems of every document, not only of the first.
    """
    tasks = [
        _task(document, item, pack, settings, templates, schemas)
        for item in pack.all_items()
        for document in item.documents
        if not is_pdf(document)
    ]
    finished: list[str] = []

    def on_done(task: DrawingTask, drawing: Drawing) -> None:
        finished.append(task.document_id)
        progress.document(task.title, len(finished), len(tasks), drawing.seconds)

    drawn = workers.run(draw, tasks, weight=weight, on_done=on_done)
    drawings = {drawing.document_id: drawing for drawing in drawn}
    pdfs = {
        document.id: document.source.read_bytes() if is_pdf(document) else drawings[document.id].pdf
        for document in pack.all_documents()
    }
    counts = {
        document_id: len(drawings[document_id].page_texts) if document_id in drawings else count_pages(pdf)
        for document_id, pdf in pdfs.items()
    }
    return DrawnDocuments(pdfs, drawings, counts)


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
    filled = document.template is not None
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
        context=document_context(document, item, pack, settings, schemas) if filled else {},
        resources=pack.folder,
        language=pack.language,
        accent=settings.accent,
        font_files=tuple(Path(font) for font in settings.font_files),
        created=created_at(pack),
    )
