"""Stages 5 and 6: the page plan and the front sheets, which need each other.

A front sheet's own length can change its page ranges, and its ranges its length; so all of them, that of the agenda and
those of supplements, are drawn, counted and drawn again until plan and sheets agree. The sheets of the public and the
restricted pack are given the same number of pages, the shorter one blank pages at its end, so that a printed number is
the same page in both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from packgen.access import documents_in_order, readable_pack
from packgen.assembly import created_at, meeting_in_words
from packgen.context import front_sheet_context, supplement_context
from packgen.errors import ConversionError, Problem
from packgen.front_sheet import sheet_title, supplement_data
from packgen.model import (
    FRONT_SHEET_ID,
    NOTICE_TEMPLATE,
    Access,
    Document,
    DocumentLength,
    Pack,
    PagePlan,
    Supplement,
)
from packgen.paginate import paginate
from packgen.publications.continuing import ContinuedPack, items_of_supplement
from packgen.publications.numbering import continue_plan
from packgen.schemas import SchemaSet
from packgen.stages.documents import DrawnDocuments
from packgen.stages.drawing import SMALL, Drawing, DrawingTask, draw, weight
from packgen.stages.drawing_keys import drawing_values
from packgen.stages.memory import Memory
from packgen.stages.workers import Workers
from packgen.workspace import Settings, TemplateSet, shown_path

MOST_DRAWINGS = 6
USUAL_PAGES = 2
TEMPLATE_OF_LAYOUT = {"centred": "agenda", "table": "agenda-table"}
SUPPLEMENT_TEMPLATE = "supplement"

_Sheets = Mapping[str, Drawing]
"""The drawings of one pack's front sheets, by document id."""


class FrontSheet(Struct, frozen=True):
    """One pack's front sheets, drawn, with the plan of the pack that they head, and that pack as its readers know it.

    `places` has the page of the agenda, from 0, on which each item stands, by the item's number. `supplements` are
    those of the pack, with the documents in it, `sheets` their front sheets by document id.
    """

    access: Access
    pack: Pack
    plan: PagePlan
    drawing: Drawing
    places: Mapping[str, int]
    supplements: tuple[Supplement, ...] = ()
    sheets: Mapping[str, Drawing] = field(default_factory=dict)

    def all_sheets(self) -> dict[str, Drawing]:
        """That of the agenda first, then those of the supplements in their order."""
        return {FRONT_SHEET_ID: self.drawing, **self.sheets}


def plan_and_front_sheets(
    continued: ContinuedPack,
    accesses: Sequence[Access],
    drawn: DrawnDocuments,
    settings: Settings,
    templates: TemplateSet,
    schemas: SchemaSet,
    workers: Workers,
    memory: Memory,
) -> tuple[FrontSheet, ...]:
    """The settled front sheets and plan of each pack that is built.

    Raises:
        ConversionError: a front sheet's length does not settle, which needs a template that swings back and forth.
    """
    writer = _Writer(continued, settings, templates, schemas)
    sheets = [FRONT_SHEET_ID, *(supplement.id for supplement in continued.supplements)]
    pages = dict.fromkeys(sheets, USUAL_PAGES)
    packs = {access: readable_pack(continued.pack, access) for access in accesses}
    known: dict[tuple[Access, str], tuple[DrawingTask, Drawing]] = {}
    for _ in range(MOST_DRAWINGS):
        plans = {access: _plan(continued, packs[access], drawn, pages) for access in accesses}
        tasks = {
            (access, sheet): writer.task(sheet, packs[access], plans[access]) for access in accesses for sheet in sheets
        }
        changed = [key for key, task in tasks.items() if key not in known or known[key][0].context != task.context]
        drawings = memory.run(
            workers,
            draw,
            [tasks[key] for key in changed],
            kind=Drawing,
            key=lambda task: memory.key("sheet", drawing_values(task)),
            weight=weight,
            small=SMALL,
        )
        known |= {key: (tasks[key], drawing) for key, drawing in zip(changed, drawings, strict=True)}
        counts = {sheet: max(len(known[access, sheet][1].page_texts) for access in accesses) for sheet in sheets}
        if counts == pages:
            drawn_sheets = {access: {sheet: known[access, sheet][1] for sheet in sheets} for access in accesses}
            return _settled(continued, packs, plans, drawn_sheets, workers, memory)
        pages = counts
    raise ConversionError(
        Problem(
            code="front-sheet.unsettled",
            file=f"{writer.front_template}.docx",
            message="the front sheet grows and shrinks with its own page ranges and does not settle",
            hint="change the template a little, so that its last line does not stand at the very foot of a page",
        )
    )


class _Writer:
    """Says what is drawn as front sheets."""

    def __init__(
        self, continued: ContinuedPack, settings: Settings, templates: TemplateSet, schemas: SchemaSet
    ) -> None:
        self._continued = continued
        self._settings = settings
        self._templates = templates
        self._schemas = schemas
        self.front_template = TEMPLATE_OF_LAYOUT[settings.layout]

    def task(self, sheet: str, pack: Pack, plan: PagePlan) -> DrawingTask:
        """The drawing of one front sheet, for a pack as its readers may know it."""
        front = sheet == FRONT_SHEET_ID
        template = self.front_template if front else SUPPLEMENT_TEMPLATE
        settings = self._settings
        return DrawingTask(
            document_id=sheet,
            name=shown_path(pack.folder / "pack.json"),
            title=f"Agenda: {pack.committee}" if front else f"{sheet_title(sheet)}: {pack.committee}",
            author=settings.council_name or pack.committee,
            subject=meeting_in_words(pack),
            file=self._templates.files[template],
            template_name=template,
            context=front_sheet_context(pack, plan, settings, self._schemas)
            if front
            else self._supplement(sheet, pack, plan),
            resources=pack.folder,
            language=pack.language,
            accent=settings.accent,
            font_files=settings.font_files,
            created=created_at(pack),
        )

    def _supplement(self, sheet: str, pack: Pack, plan: PagePlan) -> dict[str, object]:
        supplement = next(each for each in self._continued.supplements if each.id == sheet)
        items = items_of_supplement(self._continued, supplement)
        data = supplement_data(pack, plan, supplement, settled=items.settled, added=items.added, exempt=items.exempt)
        return supplement_context(pack, data, self._settings, self._schemas)


def _settled(
    continued: ContinuedPack,
    packs: Mapping[Access, Pack],
    plans: Mapping[Access, PagePlan],
    sheets: Mapping[Access, _Sheets],
    workers: Workers,
    memory: Memory,
) -> tuple[FrontSheet, ...]:
    """The front sheets that are final, with the places of the items on them."""
    asked = [(drawings[FRONT_SHEET_ID].pdf, lines_of_items(packs[access])) for access, drawings in sheets.items()]
    places: list[dict[str, int]] = memory.run(
        workers,
        places_of_items,
        asked,
        kind=dict[str, int],
        key=lambda sheet: memory.key("places", sheet),
        weight=lambda _: 1,
    )
    return tuple(
        FrontSheet(
            access,
            packs[access],
            _padded(plans[access], {sheet: len(drawing.page_texts) for sheet, drawing in drawings.items()}),
            drawings[FRONT_SHEET_ID],
            on_pages,
            tuple(_shown(supplement, packs[access]) for supplement in continued.supplements),
            {sheet: drawing for sheet, drawing in drawings.items() if sheet != FRONT_SHEET_ID},
        )
        for (access, drawings), on_pages in zip(sheets.items(), places, strict=True)
    )


def _shown(supplement: Supplement, pack: Pack) -> Supplement:
    """A supplement with those documents only that are in a pack."""
    there = {document.id for document in pack.all_documents()}
    return replace(supplement, documents=tuple(each for each in supplement.documents if each in there))


def lines_of_items(pack: Pack) -> list[tuple[str, str]]:
    """Number and title of every item in the order of the agenda."""
    return [(item.number, item.title) for item in pack.all_items()]


def places_of_items(front_sheet: tuple[bytes, Sequence[tuple[str, str]]]) -> dict[str, int]:
    """On which page of a front sheet, from 0, each item stands, by number: items are looked for in their order.

    An item that is not found is taken to stand where the one before it does.
    """
    from packgen.convert.proof import page_texts, squeezed

    pdf, items = front_sheet
    pages = [squeezed(text) for text in page_texts(pdf)]
    places: dict[str, int] = {}
    page, start = 0, 0
    for number, title in items:
        for index in range(page, len(pages)):
            found = pages[index].find(squeezed(title), start if index == page else 0)
            if found >= 0:
                page, start = index, found + len(squeezed(title))
                break
        places[number] = page
    return places


def _plan(continued: ContinuedPack, pack: Pack, drawn: DrawnDocuments, sheet_pages: Mapping[str, int]) -> PagePlan:
    """Where the pages of a pack stand, if its front sheets have so many pages."""
    documents = documents_in_order(pack)
    if continued.register is None:
        return paginate(sheet_pages[FRONT_SHEET_ID], drawn.lengths(documents), pack.numbering)
    sheets = [DocumentLength(each.id, sheet_pages[each.id], "sheet") for each in continued.supplements]
    return continue_plan(
        continued.register,
        sheet_pages[FRONT_SHEET_ID],
        [*sheets, *(_length(document, drawn) for document in documents)],
        continued.keys,
    )


def _length(document: Document, drawn: DrawnDocuments) -> DocumentLength:
    kind = "notice" if document.template == NOTICE_TEMPLATE else "document"
    return DocumentLength(document.id, drawn.page_counts[document.id], kind)  # type: ignore[arg-type]  # one of its words


def _padded(plan: PagePlan, page_counts: Mapping[str, int]) -> PagePlan:
    """The plan with blank pages where a front sheet has fewer pages than were planned for it."""
    return PagePlan(
        tuple(
            replace(page, source_index=None)
            if page.source_index is not None and page.source_index >= page_counts.get(page.document_id, 1 << 30)
            else page
            for page in plan.pages
        )
    )
