"""Stage 8, for readers' sake: nothing that is kept from the public stands in a public file.

Takes the pack with all that is in it, and the finished public files; raises `InspectionError` where a public pack has
pages of an exempt document, or where private words stand in a file. Goes by the pack as it was written, not by what
was made of it for the public, so that a fault there is found here. Never repeats the words.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Any

from msgspec import Struct

from packgen.errors import InspectionError, Problem
from packgen.model import Item, Pack
from packgen.stages.merging import MergedPack

_STRING = re.compile(rb"\([^()\\]*+(?:\\.[^()\\]*+)*+\)|<[0-9A-Fa-f][0-9A-Fa-f\s]*+>", re.DOTALL)
_BLANKS = re.compile(r"\s+")
_HINT = "nothing was written; this is a fault of packgen, not of the pack: please report it"


class Secret(Struct, frozen=True):
    """Words that the public may not read, without blanks and in small letters, and what they are."""

    words: str
    what: str


def secrets_of(pack: Pack) -> tuple[Secret, ...]:
    """The private words of a pack, less those that it says in public as well.

    They are all that is said of an item that has a public title, and the reasons for which documents are exempt.
    """
    public = _squeezed(" ".join(words for item in pack.items + pack.part_two for words in _said_in_public(item)))
    found = [*(secret for item in pack.part_two for secret in _of_item(item, hidden=item.public_title is not None))]
    found += [
        Secret(_squeezed(document.exempt.reason), f"the reason why a document of item {item.number} is exempt")
        for item in pack.all_items()
        for document in item.documents
        if document.exempt and document.exempt.reason
    ]
    return tuple(secret for secret in dict.fromkeys(found) if secret.words and secret.words not in public)


def names_kept_back(pack: Pack, names: Iterable[str]) -> tuple[Secret, ...]:
    """Those of some titles that a pack does not say in public: on its agenda, or as the title of a public paper."""
    papers = [document.title for document in pack.all_documents() if document.exempt is None]
    agenda = [words for item in pack.items + pack.part_two for words in _said_in_public(item)]
    public = _squeezed(" ".join([*papers, *agenda]))
    found = (Secret(_squeezed(name), "the title of something that is private now") for name in dict.fromkeys(names))
    return tuple(secret for secret in found if secret.words and secret.words not in public)


def _said_in_public(item: Item) -> Iterator[str]:
    """What the agenda itself says to everybody of an item and its sub-items."""
    if item.public_title is not None:
        yield item.public_title
    else:
        yield from filter(None, (item.title, item.report_of, item.presenter, item.text))
    for sub in item.sub_items:
        if item.public_title is None or sub.public_title is not None:
            yield from _said_in_public(sub)


def _of_item(item: Item, *, hidden: bool) -> Iterator[Secret]:
    if hidden:
        yield Secret(_squeezed(item.title), f"the private title of item {item.number}")
        for words in (item.report_of, item.presenter, item.text, item.to_follow.reason if item.to_follow else None):
            yield Secret(_squeezed(words or ""), f"what is said of item {item.number}")
    for sub in item.sub_items:
        yield from _of_item(sub, hidden=hidden)


def check_public_packs(pack: Pack, packs: Sequence[MergedPack], secrets: Sequence[Secret]) -> None:
    """Look through the PDFs of the public pack and its items.

    Raises:
        InspectionError: with everything found.
    """
    exempt = {document.id for document in pack.all_documents() if document.exempt}
    problems: list[Problem] = []
    for merged in packs:
        if merged.access != "public" or not (exempt or secrets):
            continue
        if exempt & ({page.document_id for page in merged.plan.pages} | set(merged.request.parts)):
            problems.append(_problem("agenda-pack.pdf", "pages of an exempt document are in it"))
        if secrets:
            problems += _found("agenda-pack.pdf", " ".join(_texts(merged.pdf, merged.page_texts)), secrets)
            for number, file in merged.item_files.items():
                # A file's name can be what must not be said, so the item is named instead.
                problems += _found(
                    f"items (item {number})", " ".join([_named(file.name), *_texts(file.pdf, file.page_texts)]), secrets
                )
            for file in merged.supplement_files.values():
                problems += _found(file.name, " ".join(_texts(file.pdf, file.page_texts)), secrets)
    if problems:
        raise InspectionError(problems)


def check_public_text(name: str, text: str, secrets: Sequence[Secret]) -> None:
    """Look through a public file that is text.

    Raises:
        InspectionError: with everything found.
    """
    problems = list(_found(name, text, secrets))
    if problems:
        raise InspectionError(problems)


def _found(name: str, text: str, secrets: Sequence[Secret]) -> Iterator[Problem]:
    squeezed = _squeezed(text)
    for secret in secrets:
        if secret.words in squeezed:
            yield _problem(name, f"{secret.what} stands in it, which the public may not read")


def _texts(pdf: bytes, pages: Sequence[str] | None = None) -> Iterator[str]:
    """The words on the pages of a PDF, and every text in its objects: titles, bookmarks, descriptions.

    `pages` are the words on its pages, if they are known.
    """
    import pikepdf

    from packgen.inspect.page_facts import page_texts
    from packgen.inspect.written import read_written

    yield from page_texts(pdf) if pages is None else pages
    written = read_written(pdf)
    strings = written_strings([*written.streams, written.loose]) if written is not None else None
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        yield from strings if strings is not None else _strings(opened)
        metadata = opened.Root.get("/Metadata")
        if isinstance(metadata, pikepdf.Stream):
            yield unescape(metadata.read_bytes().decode("utf-8", "replace"))


def written_strings(texts: Sequence[bytes]) -> list[str] | None:
    """All strings in texts of objects, each once; None if they are not all written as qpdf writes them."""
    from pikepdf import Object

    found: dict[bytes, None] = {}
    for text in texts:
        strings = _STRING.findall(text)
        within = b"".join(strings)
        if any(text.count(bracket) != within.count(bracket) for bracket in (b"(", b")")):
            return None  # a string with brackets within its brackets
        found.update(dict.fromkeys(strings))
    return [str(Object.parse(string)) for string in found]


def _named(file_name: str) -> str:
    return file_name.replace("-", " ")


def _strings(pdf: Any) -> Iterator[str]:
    """All strings in the objects of an open PDF, asked for one by one."""
    from pikepdf import Array, Dictionary, Stream, String

    things = [*pdf.objects, pdf.trailer]
    while things:
        each = things.pop()
        if isinstance(each, String):
            yield str(each)
        elif isinstance(each, Array):
            things += [value for value in each.as_list() if not getattr(value, "is_indirect", False)]
        elif isinstance(each, Dictionary | Stream):
            things += [value for _, value in each.items() if not getattr(value, "is_indirect", False)]


def _squeezed(text: str) -> str:
    return _BLANKS.sub("", text).casefold()


def _problem(name: str, message: str) -> Problem:
    return Problem(code="inspection.secret", file=f"public/{name}", message=message, hint=_HINT)
