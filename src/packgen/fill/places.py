"""Where in a template something is, in words that an officer can search for in Word.

Takes a part's Jinja source, one line for each paragraph; gives problems that quote the tag or the paragraph. Never
changes anything.
"""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from packgen.errors import Problem

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_MARKUP = re.compile(r"<[^>]*>")
_LONGEST_QUOTE = 90


@dataclass(frozen=True)
class Places:
    """The source of one part of a template."""

    template_name: str
    kind: str
    source: str = field(repr=False)

    @cached_property
    def _lines(self) -> list[str]:
        return self.source.split("\n")

    def text(self, line: int) -> str:
        """One line of the source: a paragraph with its markup."""
        return self._lines[line - 1] if line <= len(self._lines) else ""

    def problem(
        self, code: str, message: str, *, line: int | None = None, name: str | None = None, hint: str | None = None
    ) -> Problem:
        """A problem at a line of the source, quoting the tag that holds `name` if there is one."""
        pointer = None if line is None else self._quote(self.text(line), name)
        return Problem(code=code, message=message, file=self.template_name, pointer=pointer, hint=hint)

    def problem_near(self, code: str, message: str, text: str, *, hint: str | None = None) -> Problem:
        """A problem near `text` of the filled part."""
        return Problem(code=code, message=message, file=self.template_name, pointer=self._quote(text), hint=hint)

    def _quote(self, text: str, name: str | None = None) -> str:
        tags: list[str] = TAG.findall(text)
        if name:
            named = [tag for tag in tags if re.search(rf"\b{re.escape(name)}\b", tag)]
            tags = named[:1] or tags
        quoted = tags[0] if len(tags) == 1 else text
        quoted = " ".join(html.unescape(_MARKUP.sub("", quoted)).split())
        if len(quoted) > _LONGEST_QUOTE:
            quoted = quoted[: _LONGEST_QUOTE - 3] + "..."
        where = "" if self.kind == "document" else f"{self.kind}: "
        return f"{where}“{quoted}”" if quoted else self.kind


def near_names(name: str, known: Iterable[str]) -> str:
    """A hint that names what may have been meant."""
    every = sorted(known)
    near = difflib.get_close_matches(name, every, n=3, cutoff=0.6)
    if near:
        return f"did you mean {' or '.join(near)}?"
    return f"the names there are: {', '.join(every)}" if every else "no names are defined here"
