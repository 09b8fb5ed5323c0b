"""Links of a Word document, as a screen reader lists them.

Takes a document as it was read; gives warnings (WCAG 2.2, 2.4.4). Follows no link.
"""

from __future__ import annotations

from collections.abc import Iterator

from packgen.convert.document import Link, Picture, WordDocument, plain_text
from packgen.errors import Problem
from packgen.validate.accessibility import link_words
from packgen.validate.accessibility.word_walk import links, paragraphs, shown, warning

_EDIT = "right-click the link in Word, choose Edit Link, and "
_NAME_IT = f"{_EDIT}write under Text to display what it leads to"


def check_links(document: WordDocument, name: str) -> Iterator[Problem]:
    """Links whose words say nothing, are an address, or lead to different places."""
    seen = link_words.Ambiguous[str]()
    for paragraph in paragraphs(document):
        for link in links(paragraph):
            words = _heard(link)
            if "{{" in words:  # a template's tag: its words come from data
                continue
            seen.add(words, link.uri, paragraph.pointer)
            fault = link_words.fault_of(words)
            if fault == "empty":
                message = f"the words of the link {shown(words)} do not say where it leads"
                hint = f"{_NAME_IT}: screen readers list links without the words around them"
                yield warning(name, "access.link-words", paragraph.pointer, message, hint)
            elif fault == "address":
                message = f"the link {link_words.listed([words.strip()])} has nothing but its address for words"
                hint = f"{_NAME_IT}; read aloud, an address is spelled out sign by sign"
                yield warning(name, "access.link-address", paragraph.pointer, message, hint)
    for words, addresses, place in seen.found():
        message = f"the words {shown(words)} are links to different places: {link_words.listed(addresses)}"
        hint = f"{_EDIT}give each words of its own, so that somebody who hears only them knows which is which"
        yield warning(name, "access.link-same-words", place, message, hint)


def _heard(link: Link) -> str:
    """The words of a link as a screen reader says them, with the alternative texts of pictures in it."""
    pictures = (inline.alt for inline in link.content if isinstance(inline, Picture))
    return " ".join((plain_text(link.content), *pictures)).strip()
