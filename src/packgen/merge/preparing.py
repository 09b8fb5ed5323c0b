"""An author's PDF made ready for packs: cleaned, tagged, and with names of its own.

Takes one document; gives a PDF that merging can take over as it is, however many packs and items it goes into, and
that a validator can judge as it will stand there. Never numbers or marks a page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from packgen.merge.pack import merge
from packgen.merge.values import MergedPdf
from packgen.model import MergeRequest, OutlineItem, PackMetadata, PagePlan, PdfPart, PlannedPage


def prepare(part: PdfPart, page_count: int, language: str, created: dt.datetime) -> MergedPdf:
    """`part` as a PDF by itself, with all its `page_count` pages.

    It claims the standards that `part` is said to keep, unless it has pages without tags. `language` is that of the
    pack, such as `en-GB`.

    Raises:
        ConversionError: the PDF cannot be read, or has fewer pages.
    """
    return joined([part], [page_count], language, created)


def joined(parts: Sequence[PdfPart], page_counts: Sequence[int], language: str, created: dt.datetime) -> MergedPdf:
    """Documents one after the other, without numbers, blank pages or a front sheet.

    Raises:
        ConversionError: a PDF cannot be read, or has fewer pages than its place in `page_counts` says.
    """
    places = [
        (part.document_id, index) for part, count in zip(parts, page_counts, strict=True) for index in range(count)
    ]
    pages = [
        PlannedPage(page_index=place, page_number=str(place + 1), document_id=document_id, source_index=index)
        for place, (document_id, index) in enumerate(places)
    ]
    request = MergeRequest(
        plan=PagePlan(tuple(pages)),
        parts={part.document_id: part for part in parts},
        outline=[
            OutlineItem(title=part.title, target=part.document_id, headings_of=part.document_id) for part in parts
        ],
        links={},
        metadata=PackMetadata(title=parts[0].title, author="", subject="", language=language, created=created),
        stamp=None,
    )
    return merge(request)
