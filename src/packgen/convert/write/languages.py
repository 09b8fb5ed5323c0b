"""Which language a drawn document is in, and which each of its passages.

Takes a `WordDocument`, or a mark in one, and the language of the pack it is drawn for; gives language tags. Takes what
Word says of its text, where that says anything; looks at the words only to see whether they belie it.

A document's default language is its own, not that of what it is put into (ISO 14289-1, 7.2; WCAG 2.2, 3.1.1 and 3.1.2).
Word, however, marks text without being asked. So variants of the pack's language are no other language (`en-US` in an
`en-GB` pack), and neither is `en-US` anywhere: it is what Word and its like write where nobody has chosen. Nor is a
mark believed of text that is plainly in the pack's language, such as an English report made on a Dutch computer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from packgen.convert.common_words import is_written_in
from packgen.convert.document import Text, WordDocument, flat, paragraphs_of
from packgen.convert.write.typst_text import language

_NOBODY_CHOSE = "en-us"


class Languages(Struct, frozen=True):
    """The tags of the pack's language and of the document's own, which is mostly the same.

    `meanings` holds the tag that is meant by each mark on the document's text.
    """

    pack: str
    document: str
    meanings: Mapping[str, str]

    def of(self, said: str) -> str:
        """The language of text of which Word says that it is in `said`, as a tag."""
        tag = self.meanings.get(said) or meant(said, self.pack)
        return self.document if _tongue(tag) == _tongue(self.document) else tag


def languages_of(document: WordDocument, pack: str) -> Languages:
    """The languages of `document` in a pack whose language is `pack`.

    The document's own is another than the pack's if more than half of the letters in text and notes are in it.
    """
    marked = _marked(document)
    meanings = {said: meant(said, pack, text) for said, text in marked.items()}
    letters: Counter[str] = Counter()
    tongues: Counter[str] = Counter()
    for said, text in marked.items():
        count = sum(map(str.isalpha, text))
        letters[meanings[said]] += count
        tongues[_tongue(meanings[said])] += count
    main, most = max(tongues.items(), key=lambda each: each[1], default=("", 0))
    if main == _tongue(pack) or most * 2 <= tongues.total():
        return Languages(pack, pack, meanings)
    own = max((tag for tag in letters if _tongue(tag) == main), key=lambda tag: letters[tag])
    return Languages(pack, own, meanings)


def _marked(document: WordDocument) -> dict[str, str]:
    """All text under each mark."""
    found: dict[str, list[str]] = {}
    stories = [section.blocks for section in document.sections]
    stories += [*document.footnotes.values(), *document.endnotes.values()]
    for blocks in stories:
        for paragraph in paragraphs_of(blocks):
            for inline in flat(paragraph.content):
                if isinstance(inline, Text):
                    found.setdefault(inline.format.language, []).append(inline.text)
    return {said: " ".join(texts) for said, texts in found.items()}


def meant(said: str, pack: str, text: str = "") -> str:
    """The tag of the language that a mark of Word's on `text` means in a pack: the pack's own where it says nothing."""
    tongue = _tongue(said)
    if not tongue or tongue == _tongue(pack) or said.lower() == _NOBODY_CHOSE:
        return pack
    if is_written_in(text, pack) and not is_written_in(text, said):
        return pack
    return "-".join(filter(None, (tongue, _part(said, "region").upper())))


def _tongue(tag: str) -> str:
    """The language of a tag without its region; "" for what is no tag."""
    return _part(tag, "lang")


def _part(tag: str, name: str) -> str:
    return language(tag).get(name, "").strip('"')
