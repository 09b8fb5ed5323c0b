"""Acronyms that readers meet before anybody tells them what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from packgen.checks.subject import Subject
from packgen.errors import Problem
from packgen.load import JsonFile

EXPLANATION = "an acronym that is used before it is explained"
_ACRONYM = re.compile(r"(?<![\w/.@#&-])([A-Z][A-Z&]{1,5}[A-Z])s?(?![\w@/&]|-\w|\.\w)")
_KNOWN = frozenset(
    ("BBC", "CCTV", "COVID", "DVD", "EU", "FAQ", "GCSE", "GDPR", "GP", "HIV", "HMRC", "HTML", "IT", "MBE", "MP", "NHS",
     "OBE", "PDF", "PIN", "SMS", "UK", "UN", "URL", "USA", "USB", "VAT", "NB", "TBC", "AGM", "CV", "PO")
)  # fmt: skip
"""What most readers know, or what stands for nothing else any more."""
_ROMAN = re.compile(r"[IVXLCDM]+")
_SHOUTED = 0.6
"""The part of a text's letters that are capitals in one that is set in capitals throughout."""


def check_file(subject: Subject, file: JsonFile) -> Iterator[Problem]:
    """A warning for each acronym, at the first place where it stands unexplained."""
    met: set[str] = set()
    for text in subject.texts(file):
        letters = [letter for letter in text.text if letter.isalpha()]
        if sum(map(str.isupper, letters)) > _SHOUTED * len(letters):
            continue
        for found in _ACRONYM.finditer(text.text):
            acronym = found[1]
            if acronym in met or acronym in _KNOWN or _ROMAN.fullmatch(acronym):
                continue
            met.add(acronym)
            if not _is_explained(text.text, found):
                yield text.problem(
                    "check.acronym",
                    f"{acronym} is used before it is said what it stands for",
                    f"write it out where it first stands, with the letters in brackets: ... ({acronym})",
                    found.start(),
                )


def _is_explained(text: str, found: re.Match[str]) -> bool:
    """Whether it stands in brackets behind words, or has words in brackets behind it."""
    before, after = text[: found.start()].rstrip("*_\u2018\u201c\"'"), text[found.end() :].lstrip("*_\u2019\u201d\"'")
    in_brackets = before.endswith("(") and after.startswith((")", ",", ";")) and before[:-1].rstrip()[-1:].isalpha()
    return in_brackets or re.match(r"\s*\((?=[^)]*[a-z]{3})", after) is not None
