"""What the processes run that `readers` starts: each reads parts of one PDF, says what it saw, and ends."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import msgpack

from packgen.helpers import serve
from packgen.inspect.readback import read_parts
from packgen.inspect.readers import Order
from packgen.pdfium import library


def read(order: bytes) -> Iterator[tuple[int, bytes]]:
    """What is seen on the pages of each part, with its number."""
    for number, facts in read_parts(msgpack.decode(order, type=Order)):
        yield number, msgpack.encode(facts)


if __name__ == "__main__":
    serve(library, read)
