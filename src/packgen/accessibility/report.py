"""The accessibility report of a build: what its packs claim, what keeps them from claiming more, and how to mend it.

Takes what is known of packs and documents after a build; gives one value for programs (`as_json`) and a short text for
officers (`as_text`). For officers only: it names exempt documents too. Never judges anything itself.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from packgen.accessibility.shortcomings import Shortcoming
from packgen.errors import Problem
from packgen.model import PDF_A, PDF_UA, Access, Standard

_WIDTH = 100
_READING = {"prose.picture-alt", "prose.table-heading", "file.picture-alt"}
"""Codes of problems that are about accessibility though they do not begin with `access.`; that a PDF is a scan or has
no tags is told among the shortcomings of documents."""
_MEANING: dict[Standard, str] = {
    PDF_UA: "people can read it with whatever they read with, such as a screen reader (PDF/UA-1, ISO 14289-1)",
    PDF_A: "it can be kept for good, with its structure (PDF/A-2a, ISO 19005-2)",
}


class PackFacts(Struct, frozen=True):
    """A finished pack: for whom, how long, and which standards it keeps."""

    access: Access
    page_count: int
    standards: frozenset[Standard]


class DocumentFacts(Struct, frozen=True):
    """A document of the pack: the number of its item, its title, and the file an officer would open."""

    item: str
    title: str
    file: str
    engine: str
    standards: frozenset[Standard]
    shortcomings: tuple[Shortcoming, ...]


class AccessibilityReport(Struct, frozen=True):
    """All that is known of a build. `problems` are those found in its data and files before anything was drawn."""

    pack_id: str
    meeting: str
    packs: tuple[PackFacts, ...]
    documents: tuple[DocumentFacts, ...]
    problems: tuple[Problem, ...]

    @property
    def about_reading(self) -> tuple[Problem, ...]:
        """Those problems that are about who can read what."""
        return tuple(each for each in self.problems if each.code.startswith("access.") or each.code in _READING)


def as_json(report: AccessibilityReport) -> dict[str, Any]:
    """The report for programs; standards as `PDF/UA-1` and `PDF/A-2a`, rules as the validator names them."""
    return {
        "pack": report.pack_id,
        "packs": [
            {"access": pack.access, "pages": pack.page_count, "claims": sorted(pack.standards)} for pack in report.packs
        ],
        "documents": [
            {
                "item": document.item,
                "title": document.title,
                "file": document.file,
                "engine": document.engine,
                "keeps": sorted(document.standards),
                "shortcomings": [
                    {
                        "code": each.code,
                        "standards": sorted(each.standards),
                        "message": each.what,
                        "hint": each.remedy,
                        "rules": [{"rule": rule, "count": count} for rule, count in each.rules],
                    }
                    for each in document.shortcomings
                ],
            }
            for document in report.documents
        ],
        "problems": [
            {
                "code": each.code,
                "severity": each.severity,
                "file": each.file,
                "line": each.line,
                "column": each.column,
                "pointer": each.pointer,
                "message": each.message,
                "hint": each.hint,
            }
            for each in report.about_reading
        ],
    }


def as_text(report: AccessibilityReport) -> str:
    """The report for officers, in paragraphs of at most 100 letters a line."""
    lines = [f"Accessibility of the papers: {report.meeting}", ""]
    for pack in report.packs:
        lines += _of_pack(pack)
    lines += _of_documents(report.documents)
    lines += _of_problems(report.about_reading)
    lines += [
        "What no program can tell",
        "",
        *_wrapped(
            "Whether an alternative text says what its picture shows, whether headings say what follows, and whether "
            "the words are plain, only people can judge. Ask a member who uses a screen reader."
        ),
    ]
    return "\n".join(lines) + "\n"


def _of_pack(pack: PackFacts) -> Iterator[str]:
    pages = "1 page" if pack.page_count == 1 else f"{pack.page_count} pages"
    yield f"The {pack.access} pack ({pages})"
    yield ""
    for standard, meaning in _MEANING.items():
        answer = "Yes" if standard in pack.standards else "Not claimed"
        yield from _wrapped(f"{answer}: {meaning}.", indent="  ")
    yield ""


def _of_documents(documents: Sequence[DocumentFacts]) -> Iterator[str]:
    poor = [document for document in documents if document.shortcomings]
    if not poor:
        yield from _wrapped("Every document keeps both standards.")
        yield ""
        return
    yield f"What keeps the packs from claiming more ({len(poor)} of {len(documents)} documents)"
    yield ""
    for document in poor:
        yield from _wrapped(f"Item {document.item}: {document.title} ({document.file})")
        for each in document.shortcomings:
            names = " and ".join(sorted(each.standards, reverse=True))
            yield from _wrapped(f"- {each.what} ({names}).", indent="  ", hanging="    ")
            yield from _wrapped(f"To mend it: {each.remedy}.", indent="    ")
        yield ""


def _of_problems(problems: Sequence[Problem]) -> Iterator[str]:
    if not problems:
        return
    yield "Also worth mending, though no standard forbids it"
    yield ""
    for problem in problems:
        yield from _wrapped(f"- {problem.place}: {problem.message}", indent="  ", hanging="    ")
        if problem.hint:
            yield from _wrapped(f"To mend it: {problem.hint}", indent="    ")
    yield ""


def _wrapped(text: str, indent: str = "", hanging: str | None = None) -> list[str]:
    """`text` in lines that begin with `indent`, all but the first with `hanging` if that is given."""
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
