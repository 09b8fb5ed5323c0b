"""Stage 8, for readers' sake: nothing that is kept from the public stands in a public file.

Takes the pack with all that is in it, and the finished public files; raises `InspectionError` where a public pack has
pages of an exempt document, or where something private stands in a file. Never repeats it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from packgen.digests import bytes_digest
from packgen.errors import InspectionError, Problem
from packgen.model import Document, Pack
from packgen.secrecy.pdf_texts import BETWEEN, PlacedText, texts_of
from packgen.secrecy.search import Hit, hits_in
from packgen.secrecy.secrets import Secrets, secrets_of
from packgen.stages.documents import DrawnDocuments
from packgen.stages.memory import Memory
from packgen.stages.merging import ItemFile, MergedPack
from packgen.stages.readiness import ReadyDocument
from packgen.workspace import shown_path

_FAULT = "nothing was written; this is a fault of packgen, not of the pack: please report it"
_IN_PAPER = (
    'take the words out of this paper; or, if everybody may read them, put them into "public_words" beside the '
    "paragraphs of the exempt document in pack.json"
)
_HIDDEN = (
    "look for them in the titles, bookmarks and descriptions of papers that came as files; if none of these has them, "
    "this is a fault of packgen: please report it"
)


def private_words(pack: Pack, drawn: DrawnDocuments, ready: Mapping[str, ReadyDocument]) -> Secrets:
    """What the public may not read of a pack, with the words of its papers."""
    pages = {document_id: document.page_texts for document_id, document in ready.items()}
    pages |= {document_id: drawing.page_texts for document_id, drawing in drawn.drawings.items()}
    return secrets_of(pack, pages)


def check_public_packs(pack: Pack, packs: Sequence[MergedPack], secrets: Secrets, memory: Memory) -> None:
    """Look through the PDFs of the public pack, its items and supplements.

    Raises:
        InspectionError: with everything found.
    """
    exempt = {document.id for document in pack.all_documents() if document.exempt}
    problems: list[Problem] = []
    for merged in packs:
        if merged.access != "public" or not (exempt or secrets):
            continue
        if exempt & ({page.document_id for page in merged.plan.pages} | set(merged.request.parts)):
            problems.append(_problem("agenda-pack.pdf", "pages of an exempt document are in it", _FAULT))
        if secrets:
            problems += _of_pack(pack, merged, secrets, memory)
    if problems:
        raise InspectionError(dict.fromkeys(problems))


def check_public_text(name: str, text: str, secrets: Secrets) -> None:
    """Look through a public file that is text.

    Raises:
        InspectionError: with everything found.
    """
    hits = hits_in([PlacedText(text, "in it")], secrets)
    if hits:
        raise InspectionError(
            _problem(name, f"it has {hit.what} in it, which the public may not read", _FAULT) for hit in hits
        )


def _of_pack(pack: Pack, merged: MergedPack, secrets: Secrets, memory: Memory) -> Iterator[Problem]:
    documents = {document.id: document for document in pack.all_documents()}
    whole = _hits(merged.pdf, merged.page_texts, secrets, memory)
    seen = {hit.what for hit in whole if hit.page_index is not None}
    for hit in whole:
        # What is seen on a page stands in the objects of the file as well.
        if hit.page_index is not None or hit.what not in seen:
            yield _told(hit, "agenda-pack.pdf", merged, documents)
    told = {hit.what for hit in whole}
    # A file's name can be what must not be said, so the item is named instead.
    files = [(f"items (item {number})", file) for number, file in merged.item_files.items()]
    files += [(file.name, file) for file in merged.supplement_files.values()]
    for name, file in files:
        for hit in (*_named(file, secrets), *_hits(file.pdf, file.page_texts, secrets, memory)):
            if hit.what not in told:
                yield _problem(name, f"it has {hit.what} {hit.place}, which the public may not read", _HIDDEN)


def _hits(pdf: bytes, pages: Sequence[str], secrets: Secrets, memory: Memory) -> Sequence[Hit]:
    key = memory.key("secrecy", bytes_digest(pdf), secrets.digest)
    known = memory.recall(key, list[Hit])
    if known is not None:
        return known
    found = hits_in(texts_of(pdf, pages), secrets)
    memory.keep(key, found)
    return found


def _named(file: ItemFile, secrets: Secrets) -> Sequence[Hit]:
    return hits_in([PlacedText(file.name.replace("-", " ") + BETWEEN, "in its name")], secrets)


def _told(hit: Hit, name: str, merged: MergedPack, documents: Mapping[str, Document]) -> Problem:
    if hit.page_index is None:
        return _problem(name, f"it has {hit.what} {hit.place}, which the public may not read", _HIDDEN)
    page = merged.plan.pages[hit.page_index]
    document = documents.get(page.document_id)
    number = f"page {page.page_number}" if page.page_number else f"its page {hit.page_index + 1}"
    if document is None or document.notice:
        return _problem(name, f"{number} has {hit.what} on it, which the public may not read", _FAULT)
    return Problem(
        code="inspection.secret",
        file=shown_path(document.source),
        message=f"this paper has {hit.what} in it ({number} of the public pack), which the public may not read",
        hint=_IN_PAPER,
    )


def _problem(name: str, message: str, hint: str) -> Problem:
    return Problem(code="inspection.secret", file=f"public/{name}", message=message, hint=hint)
