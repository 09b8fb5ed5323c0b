"""Both drawings of every document, and how far they agree.

Takes sources; gives comparisons. The built-in engine draws each document twice: what counts is the second time, once
the process is up and fonts are read.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from tools.compare.measures import Agreement, agreement
from tools.compare.reading import read_pdf
from tools.compare.sources import Source

from packgen.convert import bundled_fonts, convert_docx
from packgen.errors import ConversionError

_CREATED = dt.datetime(2026, 9, 10, tzinfo=dt.UTC)
_PROCESSES = 2


@dataclass(frozen=True)
class Comparison:
    """One document: both PDFs, how far they agree, and the built-in engine's time in milliseconds.

    A document that the built-in engine refuses has what it said in `refused`, and neither PDF nor figures.
    """

    source: Source
    ours: bytes = b""
    theirs: bytes = b""
    agreement: Agreement | None = None
    milliseconds: float = 0.0
    refused: tuple[str, ...] = ()


def compared(sources: Sequence[Source], drawn: Mapping[str, bytes]) -> list[Comparison]:
    """Each source next to what LibreOffice has `drawn` of it, in the order given."""
    # Fresh processes: a copy of one that has threads, as a test run has, may wait for ever.
    with ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn")) as pool:
        return list(pool.map(_compared, sources, [drawn[source.name] for source in sources]))


def _compared(source: Source, theirs: bytes) -> Comparison:
    try:
        ours = _drawn(source)
    except ConversionError as error:
        return Comparison(source, theirs=theirs, refused=tuple(str(problem) for problem in error.problems))
    started = time.perf_counter()
    _drawn(source)
    taken = (time.perf_counter() - started) * 1000
    return Comparison(source, ours, theirs, agreement(read_pdf(ours), read_pdf(theirs)), taken)


def _drawn(source: Source) -> bytes:
    return convert_docx(
        source.docx, name=source.name, fonts=bundled_fonts(), language="en-GB", title=source.name, created=_CREATED
    ).pdf
