"""What the processes run that `makers` starts: each makes blocks of some documents, hands them on, and ends."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from importlib import import_module

from msgspec import msgpack

from packgen.helpers import serve
from packgen.merge.makers import made_of_each

_NEEDED = ("packgen.merge.pack", "packgen.merge.blocks", "reportlab.pdfgen.canvas", "reportlab.pdfbase.ttfonts")


def make(order: bytes) -> Iterator[tuple[int, bytes]]:
    """What is made of each document, with its number."""
    for number, made in made_of_each(pickle.loads(order)):  # noqa: S301  # from packgen's own process
        yield number, msgpack.encode(made)


if __name__ == "__main__":
    serve(lambda: [import_module(name) for name in _NEEDED], make)
