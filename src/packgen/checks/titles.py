"""Whether a report is about its item: titles that have nothing in common are most likely of another meeting."""

from __future__ import annotations

from collections.abc import Iterator

from packgen.checks.subject import Subject
from packgen.checks.words import telling_words
from packgen.errors import Problem

EXPLANATION = "the title of a cover report has no word in common with its item on the agenda"


def check_pack(subject: Subject) -> Iterator[Problem]:
    """A warning for each cover report whose title is about something else."""
    reports = {id(file): file for file in subject.data("cover-report")}
    for path, item in subject.items():
        said = " ".join(str(item.get(key, "")) for key in ("title", "public_title", "text"))
        for _, document in subject.papers(item, path):
            file = subject.raw.data.get(document.get("data", ""))
            if file is None or id(file) not in reports or not telling_words(file.value["title"]):
                continue
            if not telling_words(file.value["title"]) & telling_words(said) and telling_words(said):
                yield file.problem(
                    "check.title",
                    ("title",),
                    f'the report is called "{file.value["title"]}", its item "{item.get("title")}"',
                    "look whether it is the right report, or give both the same title",
                    severity="warning",
                )
