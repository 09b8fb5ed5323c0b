"""Words that were meant for the author of a paper: guidance of a form, and places that wait to be filled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from packgen.checks.subject import Subject
from packgen.errors import Problem
from packgen.load import JsonFile

EXPLANATION = "guidance of a form, or a place that waits to be filled, is left in a text"
_LEFT_IN = re.compile(
    "|".join(
        (
            r"\b(?:click|tap) (?:or tap )?here to (?:enter|add)\b",
            r"\bdelete (?:as|where|if) (?:appropriate|applicable|necessary)\b",
            r"\blorem ipsum\b",
            r"\b(?:please )?refer to (?:the )?[\w ]{0,30}\bguidance (?:on|in|at)\b",
            r"\[(?:insert|enter|add|name|date|title|tbc|xx+)\b[^\]]*\]",
            r"\b(?:insert|enter|add) (?:text|name|date|details) here\b",
            r"\btbc\b",
            r"\bxx+\b",
            r"\b(?:dd|xx)[/.](?:mm|xx)[/.](?:yy|yyyy|xx|xxxx)\b",
            r"<(?:insert|enter|name|date)[^>]*>",
            r"\btelephone no\.?(?=\s*$)",
        )
    ),
    re.IGNORECASE | re.MULTILINE,
)


_SIGNS = (" here", "delete ", "lorem", "refer to", "[", "<", "tbc", "xx", "dd/", "dd.", "telephone no")
"""In small letters, one of these stands in every text that has such words."""


def check_file(subject: Subject, file: JsonFile) -> Iterator[Problem]:
    """A warning for each text, at the first of such words."""
    for text in subject.texts(file):
        if text.path[-1] == "telephone":
            continue  # `contacts` says what is wrong with it
        small = text.text.lower()
        found = _LEFT_IN.search(text.text) if any(sign in small for sign in _SIGNS) else None
        if found is not None:
            yield text.problem(
                "check.guidance",
                f'"{" ".join(found[0].split())}" seems to be left over from a form',
                "write what is meant in its place, or delete it",
                found.start(),
            )
