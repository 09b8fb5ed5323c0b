"""Whether private words stand in texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from packgen.secrecy.pdf_texts import PlacedText
from packgen.secrecy.secrets import Secret, Secrets
from packgen.secrecy.words import runs_of, spaced, words_of


class Hit(Struct, frozen=True):
    """Something private that stands somewhere: what it is, and the place; `page_index` if it is seen on a page."""

    what: str
    place: str
    page_index: int | None = None


def hits_in(texts: Iterable[PlacedText], secrets: Secrets) -> list[Hit]:
    """Every place where something private stands: each page on which it is seen, and each other place once."""
    found: dict[tuple[str, object], Hit] = {}
    for text in texts:
        for what in _private(text.text, secrets):
            where = text.page_index if text.page_index is not None else text.place
            found.setdefault((what, where), Hit(what, text.place, text.page_index))
    return list(found.values())


def phrases_in(text: str, phrases: Iterable[Secret]) -> Iterator[str]:
    """What the phrases are that stand in a text."""
    plain = spaced(text)
    return (phrase.what for phrase in phrases if phrase.words in plain)


def _private(text: str, secrets: Secrets) -> Iterator[str]:
    if secrets.phrases:
        yield from phrases_in(text, secrets.phrases)
    if secrets.runs:
        found = (secrets.runs.get(run) for run in runs_of(words_of(text), secrets.known))
        yield from dict.fromkeys(f"words of {paper}" for paper in found if paper is not None)
