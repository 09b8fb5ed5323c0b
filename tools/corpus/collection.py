"""Which documents there are.

A function that makes one is put on the list by `document`; `documents` gives them all, in the order of `MODULES`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

MODULES: tuple[str, ...] = (
    "tables",
    "table_styles",
    "pictures",
    "reports",
    "papers",
    "minutes",
    "programmes",
    "styles",
    "characters",
    "numbering",
    "paragraphs",
    "sections",
    "headers",
    "notes",
    "references",
)

Maker = Callable[[], bytes]


@dataclass(frozen=True)
class CorpusDocument:
    """A document by its name, with what it covers and the function that makes it as DOCX."""

    name: str
    covers: str
    make: Maker


_FOUND: dict[str, CorpusDocument] = {}


def document(name: str, covers: str) -> Callable[[Maker], Maker]:
    """Put the function below on the list.

    Raises:
        ValueError: if there is another document of that name.
    """

    def put(make: Maker) -> Maker:
        if name in _FOUND:
            raise ValueError(f"two documents are called {name}")
        _FOUND[name] = CorpusDocument(name, covers, make)
        return make

    return put


def documents() -> tuple[CorpusDocument, ...]:
    for module in MODULES:
        import_module(f"tools.corpus.{module}")
    return tuple(_FOUND.values())
