"""Items of the agenda and pages of the pack that a text speaks of: some are not there, some will have other numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from packgen.checks.subject import Subject
from packgen.errors import Problem
from packgen.load import JsonFile
from packgen.load.raw_pack import numbers_of_items

EXPLANATION = "an item of the agenda that is spoken of and not there, or a page of the pack named by its number"
_ITEM = re.compile(
    r"\b(?i:agenda\s+item)\s+(?:[Nn]o\.?\s*)?(\d{1,3}[A-Z]?[a-z]?)\b"
    r"|\b[Ii]tem\s+(?:[Nn]o\.?\s*)?(\d{1,3}[A-Z]?[a-z]?)\s+(?:of|on)\s+(?:this|the)\s+agenda\b"
)
_OTHER_BODY = re.compile(r"\b(?:Cabinet|Council|Committee|Board|Panel|Executive|Commission)\b")
_NEAR = 60
"""Letters in front of an item in which another body is named, whose agenda it may be of."""
_PAGE = re.compile(
    r"\b[Pp]ages?\s+\d{1,4}(?:\s*(?:to|[-\u2013])\s*\d{1,4})?\s+of\s+(?:(?:this|the)\s+(?:agenda\s+)?pack|this\s+agenda)\b"
)


def check_file(subject: Subject, file: JsonFile) -> Iterator[Problem]:
    """A warning for each such mention."""
    numbers = numbers_of_items(subject.pack)
    for text in subject.texts(file):
        if "tem " in text.text:
            for found in _ITEM.finditer(text.text):
                elsewhere = found[1] and _OTHER_BODY.search(text.text[max(found.start() - _NEAR, 0) : found.start()])
                if (found[1] or found[2]) not in numbers and not elsewhere:
                    yield text.problem(
                        "check.item-missing",
                        f'"{found[0]}" is spoken of, and this agenda has no item {found[1] or found[2]}',
                        "look whether the number is of another meeting",
                        found.start(),
                    )
        if "age" in text.text:
            for found in _PAGE.finditer(text.text):
                yield text.problem(
                    "check.page-mentioned",
                    f'"{found[0]}" may be another page once the pack is put together',
                    "name the paper and its heading instead, or link to the item: [item 4](packgen:item/4)",
                    found.start(),
                )
