"""Processes that make blocks of the last documents of a long pack while this one makes those of the first.

Takes a request; gives what merging will find made. Whatever is not as that wants it, it makes anew: a document with
links to others, for one, whose block depends on them. Never waits, and changes no byte of a pack.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import MsgspecError, Struct, msgpack
from msgspec.structs import replace

from packgen.errors import ConversionError
from packgen.helpers import Helpers
from packgen.merge.tree_text import NotGraftable
from packgen.merge.values import Made, StampFonts
from packgen.model import MergeRequest, PdfPart, PlannedPage

_Document = tuple[PdfPart, list[PlannedPage]]


class Order(Struct, frozen=True):
    """Documents of a pack of which blocks are to be made, each with its number; `request` says all else of the pack."""

    request: MergeRequest
    documents: list[tuple[int, _Document]]


class Makers(Helpers):
    """Up to `count` such processes."""

    def __init__(self, count: int) -> None:
        super().__init__("packgen.merge.making", count)

    def make(self, request: MergeRequest) -> Made:
        """What merging a request that is new hands on, for as many documents as it can be told of each by itself."""
        from packgen.merge.layout import layout_of

        request = replace(request, layout=request.layout or layout_of(request))
        documents = _documents(request)
        bare = replace(request, parts={}, plan=replace(request.plan, pages=()), outline=())
        backwards = list(enumerate(documents))[::-1]
        count = len(self.processes)
        self.begin([[pickle.dumps(Order(bare, backwards[first::count]))] for first in range(count)])
        fonts: StampFonts | None = None
        made: list[Made] = []
        for number, document in enumerate(documents):
            made.append(self._made(number) or made_alone(bare, document, fonts))
            fonts = fonts or made[-1].fonts
        self.stop()
        return _together(made, fonts)

    def _made(self, number: int) -> Made | None:
        told = self.told(number)
        try:
            return msgpack.decode(told, type=Made) if told is not None else None
        except MsgspecError:
            return None


def made_of_each(order: Order) -> Iterator[tuple[int, Made]]:
    """What is made of each document, with its number."""
    fonts: StampFonts | None = None
    for number, document in order.documents:
        made = made_alone(order.request, document, fonts)
        fonts = made.fonts
        yield number, made


def made_alone(request: MergeRequest, document: _Document, fonts: StampFonts | None) -> Made:
    """What is made of one document by itself; nothing if that cannot be told without the others."""
    from packgen.merge.grafting import graft

    part, _ = document
    try:
        return graft(replace(request, parts={part.document_id: part}), [document], Made(fonts=fonts)).made
    except (NotGraftable, ConversionError):  # told, or done otherwise, when all are merged
        return Made(fonts=fonts)


def _documents(request: MergeRequest) -> list[_Document]:
    """The documents in the order of the pack, as far as they are there, each with its pages."""
    planned = groupby(request.plan.pages, key=lambda page: page.document_id)
    return [(request.parts[name], list(pages)) for name, pages in planned if name in request.parts]


def _together(made: Sequence[Made], fonts: StampFonts | None) -> Made:
    return Made(
        parts={key: part for each in made for key, part in each.parts.items()},
        lettered={key: lettered for each in made for key, lettered in each.lettered.items()},
        fonts=fonts,
        blocks={key: block for each in made for key, block in each.blocks.items()},
    )
