"""Whether recommendations can be put to the vote: each begins with what the committee is to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from packgen.checks.subject import Subject, WrittenText
from packgen.errors import Problem
from packgen.load import JsonFile

EXPLANATION = "a recommendation that does not begin with a verb"
_FIRST = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_OPENING = frozenset(
    ("that", "to", "the", "committee", "cabinet", "council", "members", "should", "be", "panel", "board")
)
"""What may stand before the verb, as in `That the Committee note the report`."""
_NO_VERBS = frozenset(
    ("a", "an", "all", "any", "are", "as", "at", "because", "both", "by", "each", "every", "following", "he",
     "her", "his", "i", "if", "in", "is", "it", "its", "my", "no", "none", "of", "on", "our", "she", "some",
     "there", "these", "they", "this", "those", "was", "we", "were", "what", "when", "which", "who", "why",
     "with", "your")
)  # fmt: skip


def check_file(_: Subject, file: JsonFile) -> Iterator[Problem]:
    """A warning for each such recommendation of a cover report."""
    for index, text in enumerate(file.value["recommendations"]["items"]):
        words = [word.lower() for word in _FIRST.findall(text)]
        said = [word for word in words if word not in _OPENING]
        if not said or said[0] in _NO_VERBS:
            path = ("recommendations", "items", index)
            yield WrittenText(file, path, text).problem(
                "check.recommendation",
                "the recommendation does not begin with what the committee is to do",
                "begin with a verb: note, approve, agree, recommend, ask",
            )
