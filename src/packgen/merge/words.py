"""What packgen draws on the pages of blocks: from what was made before, if that is the same, or made now.

Takes pages with their tags; gives operators for each, and fonts that depend on the alphabet only. Never touches a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pikepdf

from packgen.merge.block_file import FIRST_FONT
from packgen.merge.blocks import DrawnPage, rows_of
from packgen.merge.layout import FIRST_OF_DOCUMENTS
from packgen.merge.lettering import Lettering, fonts_of
from packgen.merge.objects import Stream, renumbered, streams_needed, write_objects
from packgen.merge.stamps import asked_of_pages, page_codes
from packgen.merge.stand_ins import StandIns
from packgen.merge.tree_text import NotGraftable
from packgen.merge.values import Lettered, Made, StampFonts
from packgen.model import StampStyle


class Words:
    """The words on all pages of a pack. reportlab is loaded only if some are new."""

    def __init__(self, style: StampStyle | None, alphabet: str, before: Made) -> None:
        self._style = style
        self._alphabet = alphabet
        self._before = before
        self._lettering: Lettering | None = None
        self.lettered: dict[str, Lettered] = {}
        known = before.fonts
        self.fonts = known if known is not None and known.alphabet == alphabet else None

    def keep(self, document_id: str) -> None:
        """Keep what was drawn before on a document whose block stays."""
        if document_id in self._before.lettered:
            self.lettered[document_id] = self._before.lettered[document_id]

    def of(self, document_id: str, pages: Sequence[DrawnPage]) -> tuple[Sequence[bytes], Mapping[str, int]]:
        """What is drawn on the pages of a document, and the numbers of fonts by name."""
        asked = asked_of_pages(pages, self._style, self._alphabet)
        known = self._before.lettered.get(document_id)
        if known is None or known.asked != asked:
            if self._lettering is None:
                self._lettering = Lettering(self._alphabet)
            known = Lettered(asked, page_codes(self._lettering, pages, self._style))
        self.lettered[document_id] = known
        if not any(b"/Packgen" in code for code in known.codes):
            return known.codes, {}
        return known.codes, self.made_fonts().numbers

    def made_fonts(self) -> StampFonts:
        """The fonts for everything that has words."""
        if self.fonts is None:
            self.fonts = _stamp_fonts(self._alphabet)
        return self.fonts


def _stamp_fonts(alphabet: str) -> StampFonts:
    pdf = pikepdf.new()
    fonts = fonts_of(Lettering(alphabet).fonts(), pdf)
    small = StandIns(pdf).saved(Fonts=list(fonts.values()))
    places = {number: FIRST_FONT + place for place, number in enumerate((*small.texts, *small.streams))}
    texts = dict(
        zip([places[number] for number in small.texts], renumbered([*small.texts.values()], places), strict=True)
    )
    dictionaries = renumbered([stream.dictionary for stream in small.streams.values()], places)
    streams = {
        places[number]: Stream(dictionary, stream.content)
        for (number, stream), dictionary in zip(small.streams.items(), dictionaries, strict=True)
    }
    behind = FIRST_FONT + len(places)
    written = write_objects(texts, streams, behind)
    behind += streams_needed(len(texts))
    if behind > FIRST_OF_DOCUMENTS:
        raise NotGraftable
    numbers = [places[number] for number in small.lists["Fonts"]]
    rows, plain = rows_of(written, FIRST_FONT, behind)
    return StampFonts(alphabet, dict(zip(fonts, numbers, strict=True)), written.data, rows, plain)
