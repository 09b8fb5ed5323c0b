"""The words of links, heard by themselves: a screen reader lists a page's links without the text around them.

Takes words and addresses; tells what is wrong with them (WCAG 2.2, 2.4.4 and 2.4.9, technique F84). Knows nothing of
where links stand; opens nothing and follows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Generic, Literal, TypeVar

_Place = TypeVar("_Place")

_EMPTY_PHRASES = frozenset(
    """
    click|click here|click this|click this link|click on this link|click the link|click to view|click to read more
    here|see here|view here|read here|find here|available here|it is here|download here|access here|please click here
    link|a link|this link|the link|see link|web link|weblink|hyperlink|url|follow this link|this
    more|more here|see more|read more|learn more|view more|find out more|find out more here|read more here|continue
    more information|more info|more details|further information|further details|further reading|details|info
    this page|this site|this website|this web page|this webpage|go|go to|open|view|visit|read
    """.replace("\n", "|").split("|")
)
_EMPTY = frozenset(phrase.strip() for phrase in _EMPTY_PHRASES if phrase.strip())
_AROUND = " \t.,:;!?()[]{}<>«»→›…‘’“”\"'*-–—"
_MAIL = re.compile(r"(?:mailto:)?[^@\s/]+@[^@\s/]+\.[a-z]{2,}", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*:/+)?(?P<host>(?:www\d?\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})"
    r"(?P<port>:\d+)?(?P<path>[/?#]\S*)?",
    re.IGNORECASE,
)
_LONGEST_DOMAIN = 30
"""Letters; a plain domain up to this length is read aloud as the name of an organisation is."""

Fault = Literal["", "empty", "address"]


def fault_of(words: str) -> Fault:
    """What is wrong with a link's words: `empty` if they say nothing, `address` if they are an address.

    An e-mail address says what it leads to, and so does a short plain domain such as `www.example.org`. A link without
    words has no fault here.
    """
    said = plain(words)
    if said in _EMPTY:
        return "empty"
    return "address" if _is_address(" ".join(words.split()).strip(_AROUND)) else ""


def _is_address(words: str) -> bool:
    if _MAIL.fullmatch(words):
        return False
    found = _ADDRESS.fullmatch(words)
    if found is None:
        return bool(re.match(r"https?:/", words, re.IGNORECASE)) and " " not in words
    return bool(found["scheme"] or (found["path"] or "/") != "/") or len(words) > _LONGEST_DOMAIN


def plain(words: str) -> str:
    """The words as they are heard: in small letters, without the signs around them."""
    return " ".join(words.split()).strip(_AROUND).casefold()


def same_address(target: str) -> str:
    """An address in the form in which it is compared: `http` and `https`, with or without a last `/`, are the same."""
    return re.sub(r"^http:", "https:", target.strip(), flags=re.IGNORECASE).rstrip("/")


class Ambiguous(Generic[_Place]):
    """Collects the links of one document, and finds words that lead to more than one address.

    Links whose words have a fault of their own are left out, and so are those that lead to a telephone or a mailbox.
    """

    def __init__(self) -> None:
        self._seen: dict[str, dict[str, tuple[str, str, _Place]]] = {}

    def add(self, words: str, target: str, place: _Place) -> None:
        """A link with its words, its address, and where it stands."""
        said = plain(words)
        if said and target and not fault_of(words) and not target.lower().startswith(("tel:", "mailto:")):
            seen = self._seen.setdefault(said, {})
            seen.setdefault(same_address(target), (" ".join(words.split()), target, place))

    def found(self) -> Iterator[tuple[str, list[str], _Place]]:
        """Words that lead to several addresses, these addresses, and the place of the first link to the second."""
        for seen in self._seen.values():
            if len(seen) > 1:
                links = list(seen.values())
                yield links[0][0], [target for _, target, _ in links], links[1][2]


def listed(addresses: Iterable[str], most: int = 3) -> str:
    """Addresses for a message, long ones cut, not more than `most` of them."""
    shown = [address if len(address) <= 60 else f"{address[:57]}..." for address in addresses]
    more = f" and {len(shown) - most} more" if len(shown) > most else ""
    return " and ".join(shown) if len(shown) == 2 else ", ".join(shown[:most]) + more
