"""The files of a comparison with what was published: for people, for scripts, for members, for the printer.

Takes differences and the finished pack that they are about; gives files by name. What is for the public is searched for
private words, as public packs are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from packgen.assembly import created_at, meeting_in_words, pack_metadata
from packgen.context import document_context
from packgen.differences.as_json import as_json
from packgen.differences.as_text import as_text
from packgen.differences.result import PackDifferences
from packgen.differences.sides import Side
from packgen.errors import InspectionError
from packgen.load.sources import Sources
from packgen.model import (
    Document,
    Item,
    MergeRequest,
    OutlineItem,
    Pack,
    PagePlan,
    PdfPart,
    PlannedPage,
    Standard,
)
from packgen.publications.files import Publication
from packgen.publications.identity import keys_of
from packgen.secrecy.secrets import Secrets, names_kept_back, secrets_of
from packgen.stages.change_notice import notice_data
from packgen.stages.drawing import DrawingTask, draw
from packgen.stages.secrecy import check_public_text
from packgen.wording import long_date
from packgen.workspace import Settings, shown_path

NOTICE = "change-notice"
SHEETS_PDF = "replacement-sheets.pdf"
_WHOLE = "pack"


class ChangedPack(Struct, frozen=True):
    """A pack of which some readers have an older printing: how it differs, the pack itself, and what its PDF keeps."""

    differences: PackDifferences
    now: Side
    standards: frozenset[Standard]


class PrivateWords:
    """The words of a pack that the public may not read, and those that it read once and should not again.

    These are titles of papers that have become exempt, and of items that have a public title now.
    """

    def __init__(self, pack: Pack, last: Publication | None) -> None:
        keys = keys_of(pack, last.register) if last else {}
        known = {each.key: each.title for each in last.register.documents} if last else {}
        names = [title for item in pack.all_items() for title in _titles_kept_back(item, keys, known)]
        if last is not None:
            private = {item.number for item in pack.all_items() if item.public_title is not None}
            moved = {item.title for item in pack.all_items() if item.public_title is not None}
            names += [each.title for each in last.register.items if each.number in private or each.title in moved]
        self._secrets = secrets_of(pack)
        self._all = Secrets((*self._secrets.phrases, *names_kept_back(pack, names)), known=self._secrets.known)

    def are_in(self, text: str) -> bool:
        """Whether some of them stand in a text."""
        try:
            check_public_text("text", text, self._all)
        except InspectionError:
            return True
        return False

    def check(self, name: str, text: str) -> None:
        """Raise `InspectionError` if some of them stand in a public file."""
        check_public_text(name, text, self._secrets)


def _titles_kept_back(item: Item, keys: Mapping[str, str], known: Mapping[str, str]) -> Iterator[str]:
    """The titles of exempt papers, as they are and as they were published."""
    for document in item.documents:
        if document.exempt is not None:
            yield document.title
            yield known.get(keys.get(document.id, ""), "")


def change_files(changed: ChangedPack, pack: Pack, sources: Sources, words: PrivateWords) -> dict[str, bytes]:
    """The files for readers of one pack, by name; without differences there are only those that say so.

    Raises:
        TemplateError: the council's own template of the notice cannot be filled.
        ConversionError: it cannot be drawn.
        InspectionError: something private stands in what is for the public.
    """
    differences = changed.differences
    data = notice_data(differences, pack)
    texts = {
        "changes.txt": as_text(differences, pack_in_words(pack)),
        "changes.json": json.dumps(as_json(differences), ensure_ascii=False, indent=2) + "\n",
    }
    if differences.access == "public":
        for name, text in {**texts, f"{NOTICE}.docx": " ".join(_strings(data))}.items():
            words.check(name, text)
    files = {name: text.encode() for name, text in texts.items()}
    if differences.nothing:
        return files
    drawing = draw(_notice_task(data, pack, sources))
    files |= {f"{NOTICE}.docx": drawing.docx, f"{NOTICE}.pdf": drawing.pdf}
    if differences.sheets is not None and differences.sheets.to_print:
        files[SHEETS_PDF] = _replacement_sheets(changed, differences.sheets.to_print, pack, sources.settings)
    return files


def pack_in_words(pack: Pack) -> str:
    """`Climate Committee, 17 September 2026`."""
    return f"{pack.committee}, {long_date(pack.meeting.date)}"


def _notice_task(data: Mapping[str, Any], pack: Pack, sources: Sources) -> DrawingTask:
    settings = sources.settings
    title = f"Changes to the agenda pack: {pack_in_words(pack)}"
    file = pack.folder / "pack.json"
    document = Document(id=NOTICE, title=title, source=file, template=NOTICE, data=data)
    return DrawingTask(
        document_id=NOTICE,
        name=shown_path(file),
        title=title,
        author=settings.council_name or pack.committee,
        subject=meeting_in_words(pack),
        file=sources.templates.files[NOTICE],
        template_name=NOTICE,
        context=document_context(document, Item(number="", title=title), pack, settings, sources.schemas),
        resources=pack.folder,
        language=pack.language,
        accent=settings.accent,
        font_files=settings.font_files,
        created=created_at(pack),
    )


def _replacement_sheets(changed: ChangedPack, indexes: Sequence[int], pack: Pack, settings: Settings) -> bytes:
    """Only some pages of the finished pack, with their numbers, tags, and links as far as those stay among them."""
    from packgen.merge import merge

    pages = [changed.now.map.pages[index] for index in indexes]
    title = f"Replacement sheets since publication {changed.differences.publication}: {pack_in_words(pack)}"
    first_pages = {page.key: page for page in reversed(pages)}
    request = MergeRequest(
        plan=PagePlan(
            tuple(
                PlannedPage(place, page.number, _WHOLE, page.index, right_hand=page.index % 2 == 0)
                for place, page in enumerate(pages)
            )
        ),
        parts={_WHOLE: PdfPart(document_id=_WHOLE, title=title, pdf=changed.now.pdf, standards=changed.standards)},
        outline=[
            OutlineItem(title=f"{page.document} (page {page.number})", target=_WHOLE, source_index=page.index)
            for page in sorted(first_pages.values(), key=lambda page: page.index)
        ],
        links={},
        metadata=pack_metadata(pack, settings, title),
        stamp=None,
    )
    return merge(request).data


def _strings(value: Any) -> list[str]:
    """Every text in some data."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        value = list(value.values())
    return [text for each in value for text in _strings(each)] if isinstance(value, list) else []
