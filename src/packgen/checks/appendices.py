"""Appendices that a report names and that are not there, that nobody names, or that have one number between them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from packgen.checks.subject import Subject, WrittenText
from packgen.errors import Problem
from packgen.schemas.findings import DataPath

EXPLANATION = "an appendix that is named and not there, there and not named, or numbered like another"
_LABEL = re.compile(r"\bAppendi(?:x|ces)\s+([A-Z]{1,2}|\d{1,2}|[IVX]{1,4})\b(?!\s+(?:of|to|in)\s+the\b)")
_AND = re.compile(r"\bAppendices\s+((?:[A-Z]|\d{1,2})(?:(?:,\s*|\s+and\s+|\s+to\s+)(?:[A-Z]|\d{1,2}))+)\b")
_ONE = re.compile(r"[A-Z]|\d{1,2}")
_RANGE = re.compile(r"\bAppendices\s+([A-Z]|\d{1,2})\s*(?:to|[-\u2013])\s*([A-Z]|\d{1,2})\b")


def check_pack(subject: Subject) -> Iterator[Problem]:
    """Warnings item by item, for items that have a cover report."""
    everywhere = {found[1] for _, each in subject.documents() if (found := _LABEL.match(_title(subject, each)))}
    for path, item in subject.items():
        papers = list(subject.papers(item, path))
        reports = [file for _, each in papers if (file := _report(subject, each)) is not None]
        if reports:
            yield from _of_item(subject, papers, reports, everywhere)


def _of_item(
    subject: Subject,
    papers: list[tuple[DataPath, Mapping[str, Any]]],
    reports: list[Any],
    everywhere: set[str],
) -> Iterator[Problem]:
    attached: dict[str, list[tuple[DataPath, str]]] = defaultdict(list)
    for path, document in papers:
        title = _title(subject, document)
        found = _LABEL.match(title)
        if found is not None:
            attached[found[1]].append((path, title))
    for same in attached.values():
        for path, title in same[1:]:
            message = f'"{title}" has the same number as "{same[0][1]}"'
            hint = "give each appendix of an item a number of its own, in the report too"
            yield subject.raw.pack.problem("check.appendix-number", path, message, hint, severity="warning")
    named: dict[str, WrittenText] = {}
    for file in reports:
        for text in subject.texts(file):
            for label in _labels(text.text):
                named.setdefault(label, text)
    for label, text in named.items():
        if label not in everywhere:
            yield text.problem(
                "check.appendix-missing",
                f"Appendix {label} is named here, and no document of the item is called that",
                'add it to "documents" of the item, with a title that begins "Appendix"; or list it as to follow',
            )
    for label, places in attached.items():
        if label not in named:
            path, title = places[0]
            message, hint = f'the report does not mention "{title}"', "name it in the report, or take it out"
            yield subject.raw.pack.problem("check.appendix-not-named", path, message, hint, severity="warning")


def _labels(text: str) -> set[str]:
    if "Appendi" not in text:
        return set()
    together = {label for found in _AND.finditer(text) for label in _ONE.findall(found[1])}
    for found in _RANGE.finditer(text):
        first, last = found.groups()
        if first.isdigit() and last.isdigit():
            together |= {str(number) for number in range(int(first), int(last) + 1)}
        elif not first.isdigit() and not last.isdigit():
            together |= {chr(letter) for letter in range(ord(first), ord(last) + 1)}
    return together | {found[1] for found in _LABEL.finditer(text)}


def _report(subject: Subject, document: Mapping[str, Any]) -> Any:
    file = subject.raw.data.get(document.get("data", ""))
    return file if any(file is each for each in subject.data("cover-report")) else None


def _title(subject: Subject, document: Mapping[str, Any]) -> str:
    if "title" in document:
        return str(document["title"])
    file = subject.raw.data.get(document.get("data", ""))
    value = file.value if file is not None and isinstance(file.value, dict) else {}
    return " ".join(str(value.get(key, "")) for key in ("label", "title")).strip()
