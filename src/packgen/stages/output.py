"""The files of a finished build: packs, item PDFs, page map, meeting page, filled Word files, manifest."""

from __future__ import annotations

import hashlib
import html
import platform
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

import packgen
from packgen.accessibility.report import AccessibilityReport, DocumentFacts, PackFacts, as_json, as_text
from packgen.assembly import meeting_in_words
from packgen.cache import version_of
from packgen.deferred.tokens import Deferred
from packgen.errors import Problem
from packgen.front_sheet import item_ranges, sheet_title
from packgen.meeting_page.values import LinkedFile, page_values
from packgen.model import FRONT_SHEET_ID, Access, Pack, PagePlan
from packgen.publications.files import register_bytes
from packgen.publications.notices import kind_of
from packgen.publications.register import Register
from packgen.publish import OutputFolder
from packgen.secrecy.secrets import Secrets
from packgen.stages.documents import DrawnDocuments
from packgen.stages.drawing import Drawing
from packgen.stages.merging import MergedPack
from packgen.stages.readiness import ReadyDocument
from packgen.stages.secrecy import check_public_text
from packgen.workspace import Settings, shown_path

if TYPE_CHECKING:
    from packgen.deferred.filling_in import WholeFile

PACK_PDF = "agenda-pack.pdf"
LIBRARIES = ("docxtpl", "markdown-it-py", "page-validation", "pikepdf", "python-docx", "typst")


class BuildRecord(Struct, frozen=True):
    """What a build was made from, and what was found on the way, for its manifest and its report.

    `register` is what later builds must keep to once this one is published, `keys` the key in it of every document by
    its id, `standing` how the build stands to earlier publications.
    """

    inputs: Mapping[str, str]
    settings: Settings
    drawn: DrawnDocuments
    ready: Mapping[str, ReadyDocument]
    problems: Sequence[Problem]
    timings: Mapping[str, float]
    register: Register
    keys: Mapping[str, str]
    standing: Mapping[str, Any]


def write_output(
    output: OutputFolder,
    pack: Pack,
    packs: Sequence[MergedPack],
    record: BuildRecord,
    secrets: Secrets,
) -> None:
    """Writes the fresh output of a build.

    Raises:
        OutputError: a file cannot be written.
        InspectionError: one of `secrets` stands in a text for the public.
    """
    written: dict[str, str] = {}
    begun: dict[str, Future[str]] = {}

    def write(relative: str, data: bytes) -> None:
        output.write(relative, data)
        written[relative] = hashlib.sha256(data).hexdigest()

    def write_pdf(relative: str, pdf: bytes, merged: MergedPack) -> int:
        deferred = [what for key, what in record.drawn.deferred.items() if key in merged.request.parts]
        whole = _whole(pdf, deferred) if deferred else None
        if whole is None:
            write(relative, pdf)
            return len(pdf)
        begun[relative] = output.begin(relative, whole)
        return whole.size

    for merged in packs:
        folder = merged.access
        sizes = {PACK_PDF: write_pdf(f"{folder}/{PACK_PDF}", merged.pdf, merged)}
        for file in merged.item_files.values():
            sizes[f"items/{file.name}"] = write_pdf(f"{folder}/items/{file.name}", file.pdf, merged)
        for file in merged.supplement_files.values():
            sizes[file.name] = write_pdf(f"{folder}/{file.name}", file.pdf, merged)
        texts = {
            "page-map.json": _json(page_map(merged.pack, merged.plan, record.keys)),
            "agenda.html": _page(merged, sizes, record.settings).encode(),
        }
        for name, text in texts.items():
            if merged.access == "public":
                check_public_text(name, html.unescape(text.decode()), secrets)
            write(f"{folder}/{name}", text)
        for sheet, docx in merged.sheets.items():
            write(f"editable/{_sheet_name(sheet, merged.access, packs)}", docx)
    for document_id, drawing in record.drawn.drawings.items():
        if drawing.docx:
            write(f"editable/{document_id}{drawing.suffix}", drawing.docx)
    report = _report(pack, packs, record)
    write("register.json", register_bytes(record.register))
    write("accessibility.json", _json(as_json(report)))
    write("accessibility.txt", as_text(report).encode())
    written |= {relative: _read_back(output, relative, writing.result()) for relative, writing in begun.items()}
    output.write("manifest.json", _json(_manifest(pack, packs, record, written)))


def _whole(pdf: bytes, deferred: Sequence[Deferred]) -> WholeFile | None:
    """A finished PDF with the pixels that were set aside of its documents; None if none of them are in it."""
    from packgen.deferred.filling_in import WholeFile

    whole = WholeFile(pdf, deferred)
    return None if whole.is_light else whole


def _read_back(output: OutputFolder, relative: str, digest: str) -> str:
    """The digest of a large file that was written, which is as it should be."""
    from packgen.deferred.filling_in import check_filled_in

    with output.in_use():
        check_filled_in(output.fresh / relative, f"{output.final.name}/{relative}")
    return digest


def page_map(pack: Pack, plan: PagePlan, keys: Mapping[str, str]) -> dict[str, Any]:
    """Every page with its index from 0, printed number, item and document; every item with its first and last number.

    `keys` says by which key each document is known in all publications; `notice` what became of a paper, on a page that
    packgen put in its place. An item whose exempt documents stand at the
    back has its further ranges under `also`.
    """
    item_of = {document.id: item.number for item in pack.all_items() for document in item.documents}
    titles = {document.id: document.title for document in pack.all_documents()}
    notices = {document.id: kind_of(document) for document in pack.all_documents()}
    items = []
    for item in pack.all_items():
        ranges = [{"first": pages.first_number, "last": pages.last_number} for pages in item_ranges(item, plan)]
        if ranges:
            entry: dict[str, Any] = {"item": item.number, **ranges[0]}
            if ranges[1:]:
                entry["also"] = ranges[1:]
            items.append(entry)
    return {
        "pages": [
            {
                "index": page.page_index,
                "number": page.page_number,
                "item": item_of.get(page.document_id),
                "document": titles.get(page.document_id) or sheet_title(page.document_id),
                "key": keys[page.document_id],
                "notice": notices.get(page.document_id),
                "blank": page.blank,
            }
            for page in plan.pages
        ],
        "items": items,
    }


def _page(merged: MergedPack, sizes: Mapping[str, int], settings: Settings) -> str:
    """The meeting page."""
    from packgen.meeting_page.html import page_html

    files = {
        number: LinkedFile(f"items/{file.name}", sizes[f"items/{file.name}"])
        for number, file in merged.item_files.items()
    }
    supplements = [
        (supplement, LinkedFile(file.name, sizes[file.name]))
        for supplement in merged.supplements
        if (file := merged.supplement_files.get(supplement.id)) is not None
    ]
    pack_file = LinkedFile(PACK_PDF, sizes[PACK_PDF])
    return page_html(page_values(merged.pack, merged.plan, settings, pack_file, files, supplements))


def _sheet_name(sheet: str, access: Access, packs: Sequence[MergedPack]) -> str:
    name = "00-agenda" if sheet == FRONT_SHEET_ID else sheet
    return f"{name}.docx" if len(packs) == 1 or access == "public" else f"{name}-restricted.docx"


def _manifest(
    pack: Pack, packs: Sequence[MergedPack], record: BuildRecord, written: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "packgen": packgen.__version__,
        "python": platform.python_version(),
        "libraries": {name: version_of(name) for name in LIBRARIES},
        "pack": pack.id,
        "inputs": dict(record.inputs),
        "publication": dict(record.standing),
        "documents": [
            {
                "id": document.id,
                "title": document.title,
                "pages": record.drawn.page_counts[document.id],
                **_engine(record.drawn.drawings.get(document.id)),
                "exempt": list(document.exempt.paragraphs) if document.exempt else None,
                **({"acknowledged": dict(document.acknowledged)} if document.acknowledged else {}),
            }
            for document in pack.all_documents()
        ],
        "packs": [
            {
                "access": merged.access,
                "pages": len(merged.plan.pages),
                "claims": sorted(merged.standards),
                "removed": [
                    {"document": document.title, "what": what}
                    for document in merged.pack.all_documents()
                    for what in (*record.ready[document.id].removed, *record.ready[document.id].left_behind)
                    if document.id in merged.request.parts
                ],
            }
            for merged in packs
        ],
        "outputs": dict(sorted(written.items())),
        "timings": {
            "stages": {name: round(seconds, 3) for name, seconds in record.timings.items()},
            "documents": {name: round(drawing.seconds, 3) for name, drawing in record.drawn.drawings.items()},
        },
    }


def _report(pack: Pack, packs: Sequence[MergedPack], record: BuildRecord) -> AccessibilityReport:
    return AccessibilityReport(
        pack.id,
        meeting_in_words(pack),
        tuple(PackFacts(merged.access, len(merged.plan.pages), merged.standards) for merged in packs),
        tuple(
            DocumentFacts(
                item.number,
                document.title,
                shown_path(document.source),
                _engine(record.drawn.drawings.get(document.id))["engine"],
                record.ready[document.id].standards,
                record.ready[document.id].shortcomings,
            )
            for item in pack.all_items()
            for document in item.documents
        ),
        tuple(record.problems),
    )


def _engine(drawing: Drawing | None) -> dict[str, Any]:
    """What drew a document, and why, if that was not the usual engine."""
    if drawing is None:
        return {"engine": "none (PDF as supplied)"}
    return {"engine": drawing.engine, **({"why": list(drawing.why)} if drawing.why else {})}


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
