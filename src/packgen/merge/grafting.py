"""Documents that packgen drew or made ready, joined as blocks: the steps of it, in their order.

Takes a `MergeRequest` and what an earlier merging handed on; gives the blocks of all documents. Never makes a block
that is there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from msgspec import Struct, msgpack
from msgspec.structs import replace

from packgen.merge.block_file import Placed
from packgen.merge.layout import layout_of
from packgen.merge.roles import Roles
from packgen.merge.source import read_only
from packgen.merge.tree_text import NotGraftable
from packgen.merge.values import Block, KeptBlock, Made, ReadPart
from packgen.merge.words import Words
from packgen.model import Layout, MergeRequest, PdfPart, PlannedPage, Reserved


class _Document(Struct, frozen=True):
    """A document on its way into the pack."""

    part: PdfPart
    planned: Sequence[PlannedPage]
    digest: str
    read: ReadPart
    reserved: Reserved


class Grafted(Struct, frozen=True):
    """The blocks of all documents in the order of the pack, and what they have in common."""

    documents: Sequence[Placed]
    roles: Roles
    layout: Layout
    made: Made


def graft(request: MergeRequest, planned_parts: Sequence[tuple[PdfPart, list[PlannedPage]]], before: Made) -> Grafted:
    """The blocks for a request, whose documents with their pages are `planned_parts`.

    Raises:
        NotGraftable: a part is an author's, or cannot be taken over as text.
        ConversionError: a part cannot be read, or has fewer pages than planned.
    """
    layout = request.layout or layout_of(request)
    documents = _read_documents(planned_parts, layout, before)
    words = Words(request.stamp, layout.alphabet, before)
    blocks: dict[str, KeptBlock] = {}
    by_id = {document.part.document_id: document for document in documents}
    for document in documents:
        document_id = document.part.document_id
        key = _key(document, by_id, request, layout.alphabet)
        known = before.blocks.get(document_id)
        if known is not None and known.key == key and not (known.block.has_words and words.fonts is None):
            words.keep(document_id)
            blocks[document_id] = known
        else:
            blocks[document_id] = KeptBlock(key, _made_block(document, by_id, request, words))
    made = Made({each.digest: each.read for each in documents}, words.lettered, words.fonts, blocks)
    placed = [Placed(each.part, each.planned, blocks[each.part.document_id].block) for each in documents]
    return Grafted(placed, _common_roles(placed), layout, made)


def _read_documents(
    planned_parts: Sequence[tuple[PdfPart, list[PlannedPage]]], layout: Layout, before: Made
) -> list[_Document]:
    documents: list[_Document] = []
    for part, planned in planned_parts:
        reserved = layout.documents.get(part.document_id)
        if reserved is None or planned[0].blank or any(each.part is part for each in documents):
            raise NotGraftable
        digest = hashlib.sha256(part.pdf).hexdigest()
        read = read_only(part, planned, before.parts.get(digest))
        documents.append(_Document(part, planned, digest, read, reserved))
    if not documents:
        raise NotGraftable
    return documents


def _targets(
    document: _Document, by_id: Mapping[str, _Document], request: MergeRequest
) -> dict[str, tuple[str, PlannedPage, int, object]]:
    """What is said of other documents that links of this one lead to, by document id."""
    named = {link.target for links in document.read.links for link in links if link.target is not None}
    if not named <= request.links.keys():
        raise NotGraftable  # a problem, which is told of all documents together
    targets = (by_id.get(request.links[name]) for name in sorted(named))
    return {
        each.part.document_id: (each.part.title, each.planned[0], each.reserved.first + 3, each.read.frame)
        for each in targets
        if each is not None and each is not document
    }


def _key(document: _Document, by_id: Mapping[str, _Document], request: MergeRequest, alphabet: str) -> bytes:
    """A digest of all that the block of a document depends on."""
    part = document.part
    targets = _targets(document, by_id, request)
    names = {link.target for links in document.read.links for link in links if link.target is not None}
    asked = (
        document.digest,
        [_without_place(page) for page in document.planned],
        document.reserved,
        request.metadata.language,
        request.stamp,
        alphabet,
        part.marking,
        part.title if part.document_id in {request.links[name] for name in names} else None,
        sorted((name, request.links[name]) for name in names),
        [(key, title, _without_place(page), number, frame) for key, (title, page, number, frame) in targets.items()],
    )
    return hashlib.sha256(msgpack.encode(asked)).digest()


def _without_place(page: PlannedPage) -> PlannedPage:
    return replace(page, page_index=0)


def _made_block(document: _Document, by_id: Mapping[str, _Document], request: MergeRequest, words: Words) -> Block:
    from packgen.merge.blocks import BlockRequest, Target, make_block

    targets = {key: Target(*told) for key, told in _targets(document, by_id, request).items()}  # type: ignore[arg-type]
    asked = BlockRequest(
        part=document.part,
        planned=document.planned,
        read=document.read,
        reserved=document.reserved,
        language=request.metadata.language,
        links=request.links,
        targets=targets,
    )
    return make_block(asked, lambda pages: words.of(document.part.document_id, pages))


def _common_roles(documents: Sequence[Placed]) -> Roles:
    """The roles of all documents; none may mean two things, and no two may have one ID."""
    roles = Roles()
    identifiers: set[bytes] = set()
    for document in documents:
        own = {name for name, _ in document.block.identifiers}
        meanings = document.block.roles
        if identifiers & own or not all(roles.keeps(role, meaning) for role, meaning in meanings):
            raise NotGraftable
        identifiers |= own
        for role, meaning in meanings:
            roles.name_for(role, meaning)
    return roles
