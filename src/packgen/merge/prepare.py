"""An author's PDF made ready for packs: cleaned, tagged, and with names of its own.

Takes one document; gives a PDF that merging can take over as it is, however many packs and items it goes into, and
that a validator can judge as it will stand there. Never numbers or marks a page.
"""

from __future__ import annotations

import datetime as dt

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
    pages = [
        PlannedPage(page_index=index, page_number=str(index + 1), document_id=part.document_id, source_index=index)
        for index in range(page_count)
    ]
    request = MergeRequest(
        plan=PagePlan(tuple(pages)),
        parts={part.document_id: part},
        outline=[OutlineItem(title=part.title, target=part.document_id, headings_of=part.document_id)],
        links={},
        metadata=PackMetadata(title=part.title, author="", subject="", language=language, created=created),
        stamp=None,
    )
    return merge(request)
