"""Says what each merged PDF is made of: a whole pack, or one item. Pure but for counting pages.

Takes the pack, its plan and the PDFs of its documents; gives the requests that merging takes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from packgen.access import documents_in_order, marking
from packgen.bookmarks import outline_of, outline_of_item, outline_of_supplement
from packgen.front_sheet import link_targets, sheet_title
from packgen.item_numbers import padded
from packgen.model import (
    Item,
    MergeRequest,
    OutlineItem,
    Pack,
    PackMetadata,
    PagePlan,
    PdfPart,
    Standard,
    Supplement,
)
from packgen.slugs import slug
from packgen.wording import long_date
from packgen.workspace import Settings


def created_at(pack: Pack) -> dt.datetime:
    """The time that finished files carry: midnight of the day of publication, or else of the meeting.

    It comes from the inputs, because the same inputs must give the same bytes.
    """
    return dt.datetime.combine(pack.published or pack.meeting.date, dt.time(), tzinfo=dt.UTC)


def meeting_in_words(pack: Pack) -> str:
    """`Meeting of the Climate Committee on 17 September 2026`."""
    return f"Meeting of the {pack.committee} on {long_date(pack.meeting.date)}"


class Sheets(Struct, frozen=True, kw_only=True):
    """The front sheets of a pack.

    `pdfs` has the PDF of each by document id, that of the agenda first; `supplements` are those whose sheets are among
    them; `places` has the page of the agenda, from 0, on which an item stands, by the item's number.
    """

    pdfs: Mapping[str, bytes]
    supplements: Sequence[Supplement]
    places: Mapping[str, int]


def pack_request(
    pack: Pack,
    plan: PagePlan,
    settings: Settings,
    *,
    title: str,
    sheets: Sheets,
    pdfs: Mapping[str, bytes],
    standards: Mapping[str, frozenset[Standard]],
) -> MergeRequest:
    """The request for a whole pack.

    Args:
        pack: the pack as its readers may know it.
        plan: where its pages stand.
        settings: the council's.
        title: what the pack is, such as `agenda pack`.
        sheets: its front sheets.
        pdfs: the PDF of every document by id, ready for packs.
        standards: what each of them keeps.
    """
    parts = {sheet: PdfPart(document_id=sheet, title=sheet_title(sheet), pdf=pdf) for sheet, pdf in sheets.pdfs.items()}
    items = {document.id: item_title(item) for item in pack.all_items() for document in item.documents}
    for document in documents_in_order(pack):
        parts[document.id] = PdfPart(
            document_id=document.id,
            title=document.title,
            pdf=pdfs[document.id],
            marking=marking(document),
            item=items[document.id],
            standards=standards[document.id],
        )
    return MergeRequest(
        plan=plan,
        parts=parts,
        outline=outline_of(pack, sheets.places, sheets.supplements),
        links=link_targets(pack, plan),
        metadata=pack_metadata(pack, settings, f"{pack.committee}, {long_date(pack.meeting.date)}: {title}"),
        stamp=settings.stamp,
    )


def item_request(pack: Pack, item: Item, request: MergeRequest, settings: Settings) -> MergeRequest | None:
    """The request for the PDF of one item, cut from its pack's; None if the item has no pages of its own."""
    ids = [document.id for document in item.documents]
    title = f"{item_title(item)}: {pack.committee}, {long_date(pack.meeting.date)}"
    part = _part_of(request, ids, outline_of_item(item), pack_metadata(pack, settings, title))
    if part is None:
        return None
    return replace(part, parts={document_id: replace(each, item=None) for document_id, each in part.parts.items()})


def supplement_request(
    pack: Pack, supplement: Supplement, request: MergeRequest, settings: Settings
) -> MergeRequest | None:
    """The request for the PDF of one supplement, cut from its pack's."""
    title = f"{pack.committee}, {long_date(pack.meeting.date)}: {sheet_title(supplement.id)} to the agenda"
    ids = [supplement.id, *supplement.documents]
    return _part_of(request, ids, outline_of_supplement(pack, supplement), pack_metadata(pack, settings, title))


def _part_of(
    request: MergeRequest, ids: Sequence[str], outline: Sequence[OutlineItem], metadata: PackMetadata
) -> MergeRequest | None:
    """Those pages of a request that are of certain documents, numbered as they are; None if there are none."""
    pages = [page for page in request.plan.pages if page.document_id in ids]
    if not pages:
        return None
    planned = {page.document_id for page in pages}
    layout = request.layout
    if layout is not None:  # numbers of others would only make this request another whenever one of them changes
        layout = replace(layout, documents={key: each for key, each in layout.documents.items() if key in planned})
    return replace(
        request,
        plan=PagePlan(tuple(replace(page, page_index=index) for index, page in enumerate(pages))),
        parts={document_id: part for document_id, part in request.parts.items() if document_id in planned},
        outline=outline,
        metadata=metadata,
        layout=layout,
    )


def item_title(item: Item) -> str:
    """`5. Prevent`."""
    return f"{item.number}. {item.title}"


def item_file_name(item: Item) -> str:
    """`04-prevent-activity.pdf`, named by what readers of the pack may know."""
    return f"{padded(item.number)}-{slug(item.title)}.pdf"


def pack_metadata(pack: Pack, settings: Settings, title: str) -> PackMetadata:
    """What a finished PDF with this title says of itself."""
    return PackMetadata(
        title=title,
        author=settings.council_name or pack.committee,
        subject=meeting_in_words(pack),
        language=pack.language,
        created=created_at(pack),
    )
