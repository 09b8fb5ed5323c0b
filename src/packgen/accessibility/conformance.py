"""What a validator finds in a PDF against PDF/UA-1 and PDF/A-2a.

Takes a finished PDF as bytes; gives each rule that it breaks. The rules are those of page-validation, which agrees with
veraPDF on its whole corpus of test files, needs no Java, and takes some 5 ms a page. Never changes the PDF.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from packgen.model import PDF_A, PDF_UA, Standard

_PROFILES: dict[Standard, str] = {PDF_UA: "ua1", PDF_A: "2a"}
_NOT_ASKED = re.compile(r"-ID-(?:PART|SCHEMA|CONFORMANCE)\b|-STREAM-LENGTH-")
"""What the file says of itself is decided by what is found here. That streams are as long as they say is the business
of qpdf, which writes all files; the validator takes some for longer that end with what looks like the end of a line."""


class Failing(Struct, frozen=True):
    """A rule that a PDF breaks: its name, what the validator says of the first place, and how many places there are."""

    standard: Standard
    rule: str
    message: str
    count: int


def failings(pdf: bytes, standards: Iterable[Standard] = (PDF_UA, PDF_A)) -> tuple[Failing, ...]:
    """Every rule of some `standards` that a PDF breaks, in their order and then in that of the first places."""
    return tuple(failing for standard in standards for failing in _against(pdf, standard))


def _against(pdf: bytes, standard: Standard) -> list[Failing]:
    import page

    try:
        report = page.validate_pdf_bytes(pdf, profile=_PROFILES[standard], limits=page.SafetyLimits.unlimited())
    except page.PageError as error:
        return [Failing(standard, "NOT-READ", str(error), 1)]
    found = [failure for failure in report.failures if not _NOT_ASKED.search(failure.rule_id)]
    counts = Counter(failure.rule_id for failure in found)
    first = {failure.rule_id: failure.message for failure in reversed(found)}
    return [Failing(standard, rule, first[rule], count) for rule, count in counts.items()]
