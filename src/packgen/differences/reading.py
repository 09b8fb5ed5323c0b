"""Finds what is to be compared: the files of a publication, and those of the last build.

Takes folders and registers; gives a `Comparison` for each kind of reader. Public files are compared with public files
alone. Never believes that a published file is what was published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from packgen.access import readable_pack
from packgen.differences.compare import Comparison
from packgen.differences.sides import Side, read_page_map
from packgen.digests import bytes_digest
from packgen.errors import InvalidPackError, Problem
from packgen.model import TO_FOLLOW_TEMPLATE, Access, Pack
from packgen.publications.files import History, Publication
from packgen.publications.register import KnownDocument, Register
from packgen.workspace import shown_path

_PDF, _MAP = "agenda-pack.pdf", "page-map.json"


def publication_to_compare(history: History, number: int | None) -> Publication:
    """The publication with a number, or the last one.

    Raises:
        InvalidPackError: there is none.
    """
    shown = shown_path(history.folder)
    if history.last is None:
        problem = Problem(
            code="diff.not-published",
            file=shown,
            message="nothing has been published yet, so there is nothing to compare with",
            hint=f"packgen publish {shown}",
        )
        raise InvalidPackError(problem)
    if number is None:
        return history.last
    for publication in history.publications:
        if publication.number == number:
            return publication
    last = history.last.number
    known = "publication 1" if last == 1 else f"publications 1 to {last}"
    problem = Problem(
        code="diff.no-publication",
        file=shown,
        message=f"there is no publication {number}, only {known}",
        hint=f"packgen log {shown}",
    )
    raise InvalidPackError(problem)


def comparisons(
    history: History,
    publication: Publication,
    output: Path,
    register: Register,
    pack: Pack,
    private: Callable[[str], bool],
) -> Iterator[Comparison]:
    """What is compared for the public, and for members if they have or had a pack of their own.

    Args:
        history: all publications of the pack.
        publication: the one to compare with.
        output: the folder of the last build.
        register: that of the last build.
        pack: the pack that it built, all of it.
        private: whether a text holds words that the public may not read.

    Raises:
        InvalidPackError: a published file is no longer what was published.
    """
    folder = history.folder_of(publication)
    renumbered = publication.register.renumbered != register.renumbered
    names = _names(publication.register, register, renumbered=renumbered)
    exempt = frozenset(names[each.key] for each in register.documents if each.exempt is not None)
    # Members read the public pack where there is no other.
    members_had: Access = "restricted" if f"restricted/{_PDF}" in publication.files else "public"
    members_have: Access = "restricted" if (output / "restricted" / _PDF).is_file() else "public"
    wanted: list[tuple[Access, Access, Access]] = [("public", "public", "public")]
    if "restricted" in (members_had, members_have):
        wanted.append(("restricted", members_had, members_have))
    for access, before, now in wanted:
        old = Side(
            _published(folder, f"{before}/{_PDF}", publication),
            read_page_map(_published(folder, f"{before}/{_MAP}", publication)),
        )
        new = Side((output / now / _PDF).read_bytes(), read_page_map((output / now / _MAP).read_bytes()))
        yield Comparison(
            access=access,
            built=now,
            publication=publication.number,
            published=publication.date,
            old=old,
            new=new,
            names={key: names.get(key, key) for key in new.documents},
            withheld=exempt if access == "public" else frozenset(),
            reasons=_reasons(readable_pack(pack, access)),
            private=private if access == "public" else _nothing_is_private,
            renumbered=renumbered,
            duplex=register.numbering.duplex,
        )


def _published(folder: Path, name: str, publication: Publication) -> bytes:
    """A published file, if it is what was published."""
    file = folder / name
    try:
        data = file.read_bytes()
    except OSError:
        data = b""
    if bytes_digest(data) != publication.files.get(name):
        raise InvalidPackError(
            Problem(
                code="diff.published-changed",
                file=shown_path(file),
                message="this file was published and is no longer as it was, so nothing can be compared with it",
                hint="packgen verify says which files differ; put them back from a copy of the pack's folder",
            )
        )
    return data


def _names(old: Register, new: Register, *, renumbered: bool) -> dict[str, str]:
    """One name for each document of the new register: its key in the old one. Keys hold until pages are renumbered."""
    if not renumbered:
        return {document.key: document.key for document in new.documents}
    names: dict[str, str] = {}
    for alike in (_same_file, _same_title):
        free = {document.key: document for document in old.documents if document.key not in names.values()}
        for document in new.documents:
            if document.key not in names:
                key = next((key for key, before in free.items() if alike(before, document)), None)
                if key is not None:
                    names[document.key] = key
                    del free[key]
    return {document.key: names.get(document.key, f"new {document.key}") for document in new.documents}


def _same_file(old: KnownDocument, new: KnownDocument) -> bool:
    placeholders = TO_FOLLOW_TEMPLATE in (old.template, new.template)
    return not placeholders and old.source == new.source


def _same_title(old: KnownDocument, new: KnownDocument) -> bool:
    placeholders = (old.template == TO_FOLLOW_TEMPLATE) == (new.template == TO_FOLLOW_TEMPLATE)
    return placeholders and (old.item_title, old.title) == (new.item_title, new.title)


def _reasons(pack: Pack) -> dict[str, str]:
    """Why items are withdrawn, by their numbers."""
    return {item.number: item.withdrawn.reason for item in pack.all_items() if item.withdrawn and item.withdrawn.reason}


def _nothing_is_private(_: str) -> bool:
    return False
