"""The private words of a pack: what must not be read in anything public.

Takes the pack as it was written and the words on the pages of its papers; gives `Secrets`. They are all that is said of
an item with a public title; titles, file names and reasons of exempt papers; and what those papers say, in runs of
words. What the agenda says to everybody is no secret, nor what the officer named as public (`public_words`), nor a
sentence that public papers of several items share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field, json

from packgen.digests import bytes_digest
from packgen.model import Document, Item, Pack
from packgen.secrecy.words import runs_of, spaced, words_of

_SAYS_NOTHING = frozenset(
    ("a", "an", "and", "annex", "annexe", "appendices", "appendix", "as", "at", "attachment",
     "background", "by", "commercial", "commercially", "committee", "confidential", "council",
     "decision", "document", "draft", "enclosure", "exempt", "file", "final", "for", "from", "has",
     "have", "in", "information", "into", "is", "its", "minutes", "not", "note", "notes", "of", "on",
     "or", "page", "pages", "paper", "part", "plan", "private", "proposal", "public", "report",
     "reports", "restricted", "review", "schedule", "section", "sensitive", "summary", "table", "that",
     "the", "this", "to", "update", "version", "was", "with")
)  # fmt: skip
"""Words that any paper may have in its title, or be kept back for."""
_OF_TITLE, _OF_PERSON, _OF_TEXT = 2, 3, 4
"""Words that say something, which a title, the name of somebody and a sentence must have to be known again."""
_STANDING = (
    "Not for publication by virtue of paragraph of Part 1 of Schedule 12A of the Local Government Act 1972 as amended",
    "Information relating to any individual. Information which is likely to reveal the identity of an individual.",
    "Information relating to the financial or business affairs of any particular person (including the authority "
    "holding that information)",
    "Information relating to any consultations or negotiations, or contemplated consultations or negotiations, in "
    "connection with any labour relations matter arising between the authority or a Minister of the Crown and "
    "employees of, or office holders under, the authority",
    "Information in respect of which a claim to legal professional privilege could be maintained in legal proceedings",
    "Information which reveals that the authority proposes to give under any enactment a notice under or by virtue of "
    "which requirements are imposed on a person, or to make an order or direction under any enactment",
    "Information relating to any action taken or to be taken in connection with the prevention, investigation or "
    "prosecution of crime",
    "in all the circumstances of the case, the public interest in maintaining the exemption outweighs the public "
    "interest in disclosing the information",
)
"""What the law says of exempt papers (Local Government Act 1972, Schedule 12A), and public papers say of them too: its
words say nothing in a run.
"""


class Secret(Struct, frozen=True):
    """Private words, as `spaced` gives them, and what they are."""

    words: str
    what: str


class Secrets(Struct, frozen=True):
    """All that is private: phrases that must not stand anywhere, and runs of words with what they are part of.

    `known` are words that the agenda and the law say to everybody, which say nothing in a run.
    """

    phrases: tuple[Secret, ...] = ()
    runs: Mapping[str, str] = field(default_factory=dict)
    known: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.phrases or self.runs)

    @property
    def digest(self) -> str:
        """A hash of all of it."""
        told = ([(each.words, each.what) for each in self.phrases], sorted(self.runs.items()), sorted(self.known))
        return bytes_digest(json.encode(told))


def secrets_of(pack: Pack, pages: Mapping[str, Sequence[str]] | None = None) -> Secrets:
    """The private words of a pack, less those that it says in public as well.

    `pages` are the words on the pages of documents by their ids; without them, what exempt papers say is not among it.
    """
    agenda = [*_said_of_meeting(pack), *(each for item in pack.items + pack.part_two for each in _said_in_public(item))]
    papers = [document.title for document in pack.all_documents() if document.exempt is None]
    allowed = [words for each in pack.all_documents() if each.exempt for words in each.exempt.public_words]
    public = _all_of([*agenda, *papers, *allowed])
    found = [secret for item in pack.part_two for secret in _of_item(item, hidden=item.public_title is not None)]
    found += [secret for item in pack.all_items() for secret in _of_papers(item)]
    phrases = tuple(each for each in dict.fromkeys(found) if each.words not in public)
    known = frozenset(words_of(" ".join([*agenda, *papers, *_STANDING])))
    runs = _runs(pack, pages, known) if pages is not None else {}
    if pages is None or not runs:
        return Secrets(phrases, known=known)
    innocent = {run for words in allowed for run in runs_of(words_of(words), known)}
    innocent |= _shared(pack, pages, known, runs)
    return Secrets(phrases, {run: what for run, what in runs.items() if run not in innocent}, known)


def names_kept_back(pack: Pack, names: Iterable[str]) -> tuple[Secret, ...]:
    """Those of some titles that a pack does not say in public: on its agenda, or as the title of a public paper."""
    papers = [document.title for document in pack.all_documents() if document.exempt is None]
    agenda = [words for item in pack.items + pack.part_two for words in _said_in_public(item)]
    public = _all_of([*papers, *agenda])
    found = (Secret(spaced(name), "the title of something that is private now") for name in dict.fromkeys(names))
    return tuple(secret for secret in found if secret.words.strip() and secret.words not in public)


def _said_of_meeting(pack: Pack) -> Iterator[str]:
    yield from (pack.committee, pack.meeting.venue, *pack.notices)
    yield from (text for note in pack.public_notes for text in note.values())
    people = (pack.proper_officer, pack.contact, *pack.membership)
    told = ((person.name, person.title, person.role) for person in people if person is not None)
    yield from (words for each in told for words in each if words)


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
        if _tells(item.title, _OF_TITLE):
            yield Secret(spaced(item.title), f"the private title of item {item.number}")
        for words in (item.report_of, item.presenter):
            if words is not None and _tells(words, _OF_PERSON):
                yield Secret(spaced(words), f"what is said of item {item.number}")
        reasons = [each.reason for each in (item.to_follow, item.withdrawn) if each is not None]
        for words in (item.text, *reasons):
            if words is not None and _tells(words, _OF_TEXT):
                yield Secret(spaced(words), f"what is said of item {item.number}")
    for sub in item.sub_items:
        yield from _of_item(sub, hidden=hidden)


def _of_papers(item: Item) -> Iterator[Secret]:
    for place, document in enumerate(item.documents, 1):
        if document.exempt is None:
            continue
        paper = _called(item, place)
        if _tells(document.exempt.reason or "", _OF_TEXT):
            yield Secret(spaced(document.exempt.reason or ""), f"the reason why {paper} is exempt")
        if _tells(document.title, _OF_TITLE):
            yield Secret(spaced(document.title), f"the title of {paper}")
        if document.template is None and _tells(document.source.stem, _OF_TITLE):
            yield Secret(spaced(document.source.name), f"the file name of {paper}")


def _all_of(texts: Iterable[str]) -> str:
    return "|".join(map(spaced, texts))


def _called(item: Item, place: int) -> str:
    return f"the exempt document {place} of item {item.number}"


def _tells(text: str, least: int) -> bool:
    """Whether a text says so much that it is known again, and not what stands in many papers."""
    words = {word for word in words_of(text) if len(word) > 1 and not word.isdigit() and word not in _SAYS_NOTHING}
    return len(words) >= least


def _runs(pack: Pack, pages: Mapping[str, Sequence[str]], known: frozenset[str]) -> dict[str, str]:
    """The runs of words of exempt papers, each with the paper it is from."""
    found: dict[str, str] = {}
    for item in pack.all_items():
        for place, document in enumerate(item.documents, 1):
            if document.exempt is None or document.notice:
                continue
            for text in _said_by(document, pages):
                found |= dict.fromkeys(runs_of(words_of(text), known), _called(item, place))
    return found


def _said_by(document: Document, pages: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What a document says itself: its data, since the words of a template are in every paper; else its pages."""
    if document.data is not None:
        yield from _texts(document.data)
    else:
        yield from pages.get(document.id, ())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, Sequence):
        for each in value:
            yield from _texts(each)


def _shared(pack: Pack, pages: Mapping[str, Sequence[str]], known: frozenset[str], runs: Mapping[str, str]) -> set[str]:
    """Runs that stand in public papers of two items or more: standing sentences, which nobody copied from a secret."""
    items: dict[str, set[str]] = defaultdict(set)
    for item in pack.all_items():
        for document in item.documents:
            if document.exempt is None:
                for text in pages.get(document.id, ()):
                    for run in runs_of(words_of(text), known):
                        if run in runs:
                            items[run].add(item.number)
    return {run for run, where in items.items() if len(where) > 1}
