"""Stages 5 and 6: the page plan and the front sheet, which need each other.

The front sheet's own length can change its page ranges, and its ranges its length; so it is drawn, counted and drawn
again until both agree. The front sheets of the public and the restricted pack are given the same number of pages,
the shorter one a blank page at its end, so that a printed number is the same page in both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from packgen.access import documents_in_order, readable_pack
from packgen.assembly import created_at, meeting_in_words
from packgen.context import front_sheet_context
from packgen.errors import ConversionError, Problem
from packgen.model import FRONT_SHEET_ID, Access, Pack, PagePlan
from packgen.paginate import paginate
from packgen.schemas import SchemaSet
from packgen.stages.documents import DrawnDocuments
from packgen.stages.drawing import Drawing, DrawingTask, draw, weight
from packgen.stages.workers import Workers
from packgen.workspace import Settings, TemplateSet, shown_path

MOST_DRAWINGS = 6
USUAL_PAGES = 2
TEMPLATE_OF_LAYOUT = {"centred": "agenda", "table": "agenda-table"}


@dataclass(frozen=True)
class FrontSheet:
    """One pack's front sheet, drawn, with the plan of the pack that it heads, and that pack as its readers may know it.

    `places` has the page of the front sheet, from 0, on which each item stands, by the item's number.
    """

    access: Access
    pack: Pack
    plan: PagePlan
    drawing: Drawing
    places: Mapping[str, int]


def plan_and_front_sheets(
    pack: Pack,
    accesses: Sequence[Access],
    drawn: DrawnDocuments,
    settings: Settings,
    templates: TemplateSet,
    schemas: SchemaSet,
    workers: Workers,
) -> tuple[FrontSheet, ...]:
    """The settled front sheet and plan of each pack that is built.

    Raises:
        ConversionError: the front sheet's length does not settle, which needs a template that swings back and forth.
    """
    template = TEMPLATE_OF_LAYOUT[settings.layout]
    base = DrawingTask(
        document_id=FRONT_SHEET_ID,
        name=shown_path(pack.folder / "pack.json"),
        title=f"Agenda: {pack.committee}",
        author=settings.council_name or pack.committee,
        subject=meeting_in_words(pack),
        file=templates.files[template],
        template_name=template,
        context={},
        resources=pack.folder,
        language=pack.language,
        accent=settings.accent,
        font_files=settings.font_files,
        created=created_at(pack),
    )
    pages = USUAL_PAGES
    packs = {access: readable_pack(pack, access) for access in accesses}
    known: dict[Access, tuple[Mapping[str, object], Drawing]] = {}
    for _ in range(MOST_DRAWINGS):
        plans = {access: _plan(packs[access], drawn, pages) for access in accesses}
        contexts = {
            access: front_sheet_context(packs[access], plan, settings, schemas) for access, plan in plans.items()
        }
        changed = [access for access in accesses if access not in known or known[access][0] != contexts[access]]
        drawings = workers.run(draw, [replace(base, context=contexts[access]) for access in changed], weight=weight)
        known |= {access: (contexts[access], drawing) for access, drawing in zip(changed, drawings, strict=True)}
        counts = {access: len(drawing.page_texts) for access, (_, drawing) in known.items()}
        if max(counts.values()) == pages:
            plans = {access: _padded(plans[access], counts[access]) for access in accesses}
            return _settled(packs, plans, {access: known[access][1] for access in accesses}, workers)
        pages = max(counts.values())
    raise ConversionError(
        Problem(
            code="front-sheet.unsettled",
            file=f"{template}.docx",
            message="the front sheet grows and shrinks with its own page ranges and does not settle",
            hint="change the template a little, so that its last line does not stand at the very foot of a page",
        )
    )


def _settled(
    packs: Mapping[Access, Pack],
    plans: Mapping[Access, PagePlan],
    drawings: Mapping[Access, Drawing],
    workers: Workers,
) -> tuple[FrontSheet, ...]:
    """The front sheets that are final, with the places of the items on them."""
    asked = [(drawing.pdf, lines_of_items(packs[access])) for access, drawing in drawings.items()]
    places = workers.run(places_of_items, asked, weight=lambda _: 1)
    return tuple(
        FrontSheet(access, packs[access], plans[access], drawing, on_pages)
        for (access, drawing), on_pages in zip(drawings.items(), places, strict=True)
    )


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


def _plan(pack: Pack, drawn: DrawnDocuments, front_sheet_pages: int) -> PagePlan:
    return paginate(front_sheet_pages, drawn.lengths(documents_in_order(pack)), pack.numbering)


def _padded(plan: PagePlan, page_count: int) -> PagePlan:
    """The plan with blank pages where the front sheet has fewer pages than were planned for it."""
    return PagePlan(
        tuple(
            replace(page, source_index=None)
            if page.document_id == FRONT_SHEET_ID and page.source_index is not None and page.source_index >= page_count
            else page
            for page in plan.pages
        )
    )
