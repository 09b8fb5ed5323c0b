"""What may identify a resident in an impact assessment: e-mail addresses, telephone numbers, postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from packgen.checks.subject import Subject
from packgen.errors import Problem
from packgen.load import JsonFile

EXPLANATION = "an e-mail address, telephone number or postcode in the text of an impact assessment"
_FINDINGS = {
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"),
    "a telephone number": re.compile(r"(?<![\w/.-])(?:\+44\s?|0)\d(?:[\s-]?\d){8,9}(?!\d)"),
    "a postcode": re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s+\d[ABD-HJLNP-UW-Z]{2}\b"),
}


def check_file(subject: Subject, file: JsonFile) -> Iterator[Problem]:
    """A warning for each prose text, which does not repeat what was found."""
    for text in subject.prose(file):
        for what, pattern in _FINDINGS.items():
            found = pattern.search(text.text)
            if found is not None:
                yield text.problem(
                    "check.personal-data",
                    f"{what} stands in the assessment, which everybody can read",
                    "take it out, unless it is one of the council's own",
                    found.start(),
                )
