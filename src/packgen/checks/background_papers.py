"""Background papers, which the law wants listed: Local Government Act 1972, section 100D."""

from __future__ import annotations

import re
from collections.abc import Iterator

from packgen.checks.subject import Subject, WrittenText
from packgen.errors import Problem
from packgen.load import JsonFile

EXPLANATION = "a report that rests on other papers and lists none, or lists a paper without saying which"
_LEANS_ON = re.compile(
    r"(?<!no )(?<!any )\bbackground (?:papers?|documents?)\b"
    r"|\b(?:report|review|strategy|survey|assessment|guidance)\s+(?:of|dated|published (?:on|in))\s+"
    r"(?:\d{1,2}\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{4}\b",
    re.IGNORECASE,
)  # fmt: skip
_NOTHING = re.compile(
    r"(?:none(?: identified)?|there are none|no background (?:papers|documents)|nil|n/?a|not applicable"
    r"|-|\u2014|\u2013|various|see (?:above|below|report))\.?",
    re.IGNORECASE,
)


def check_file(subject: Subject, file: JsonFile) -> Iterator[Problem]:
    """Warnings for a cover report."""
    listed = file.value["background_documents"]
    if not listed:
        for text in subject.prose(file):
            found = _LEANS_ON.search(text.text)
            if found is not None:
                yield text.problem(
                    "check.background-papers",
                    "the report rests on another paper here, and its list of background papers is empty",
                    'list it under "background_documents", as section 100D of the Local Government Act 1972 asks',
                    found.start(),
                )
                return
    for index, paper in enumerate(listed):
        if _NOTHING.fullmatch(paper["title"].strip()):
            path = ("background_documents", index, "title")
            yield WrittenText(file, path, paper["title"]).problem(
                "check.background-paper",
                f'"{paper["title"]}" names no paper',
                "write what the paper is called, or leave the list empty, which prints None",
            )
