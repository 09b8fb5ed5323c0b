"""Whether recommendations can be put to the vote: each begins with what the committee is to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from packgen.checks.subject import Subject, WrittenText
from packgen.errors import Problem
from packgen.load import JsonFile

EXPLANATION = "a recommendation that does not begin with a verb"
_FIRST = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_LETTER = re.compile(r"^\s*\(?(?:[a-z]|[ivx]+|\d+)[.)]\s+", re.IGNORECASE)
"""What counts recommendations and is no word of theirs."""
_OPENING = frozenset(
    ("that", "to", "the", "committee", "cabinet", "council", "members", "should", "be", "panel", "board")
)
"""What may stand before the verb, as in `That the Committee note the report`."""
_BODIES = frozenset(
    ("assembly", "board", "cabinet", "chair", "chairman", "chairperson", "commission", "committee", "council",
     "director", "executive", "forum", "group", "leader", "members", "officers", "panel", "sub-committee",
     "subcommittee")
)  # fmt: skip
_OF = frozenset(("at", "by", "from", "in", "of", "on", "to", "with"))
"""Words in front of which something else than a body is named."""
_LONGEST_NAME = 12
"""Words among which a body's name ends."""
_NO_VERBS = frozenset(
    ("a", "an", "all", "any", "are", "as", "at", "because", "both", "by", "each", "every", "following", "he",
     "her", "his", "i", "if", "in", "is", "it", "its", "my", "no", "none", "of", "on", "our", "she", "some",
     "there", "these", "they", "this", "those", "was", "we", "were", "what", "when", "which", "who", "why",
     "with", "your")
)  # fmt: skip


def check_file(_: Subject, file: JsonFile) -> Iterator[Problem]:
    """A warning for each such recommendation of a cover report whose words before the list bring no verb either."""
    before = [word.lower() for word in _FIRST.findall(file.value["recommendations"].get("lead_in", ""))]
    brings_verb = bool(before) and before[-1] not in _BODIES | _OPENING
    for index, text in enumerate(file.value["recommendations"]["items"]):
        words = [word.lower() for word in _FIRST.findall(_LETTER.sub("", text))]
        said = _said(words, brings_verb=brings_verb)
        if "be" in words[1:]:
            continue  # `the budget be approved`
        if not said or said[0] in _NO_VERBS:
            path = ("recommendations", "items", index)
            yield WrittenText(file, path, text).problem(
                "check.recommendation",
                "the recommendation does not begin with what the committee is to do",
                "begin with a verb: note, approve, agree, recommend, ask",
            )


def _said(words: Sequence[str], *, brings_verb: bool) -> list[str]:
    """The words that tell what is to be done: without who is to do it, if a body is named for that."""
    after_that = [word for word in words[:2] if word not in ("that", "to")] + list(words[2:])
    if after_that[:1] == ["the"] and not brings_verb:
        bodies = [index for index, word in enumerate(after_that[:_LONGEST_NAME]) if word in _BODIES]
        if not bodies or _OF.intersection(after_that[: bodies[0]]):
            return []
        after_that = after_that[bodies[0] + 1 :]
    return [word for word in after_that if word not in _OPENING]
