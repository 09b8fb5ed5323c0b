"""Where in a template something is, in words that an officer can search for in Word.

Takes a part's Jinja source, one line for each paragraph; gives problems that quote the tag or the paragraph. Never
changes anything.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import cached_property

from packgen.errors import Problem

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
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

    def problem(
        self, code: str, message: str, *, line: int | None = None, name: str | None = None, hint: str | None = None
    ) -> Problem:
        """A problem at a line of the source, quoting the tag that holds `name` if there is one."""
        pointer = None
        if line is not None and line <= len(self._lines):
            pointer = self._quote(self._lines[line - 1], name)
        return Problem(code=code, message=message, file=self.template_name, pointer=pointer, hint=hint)

    def problem_near(self, code: str, message: str, text: str, *, hint: str | None = None) -> Problem:
        """A problem near `text` of the filled part."""
        return Problem(code=code, message=message, file=self.template_name, pointer=self._quote(text), hint=hint)

    def _quote(self, text: str, name: str | None = None) -> str:
        tags: list[str] = _TAG.findall(text)
        if name:
            named = [tag for tag in tags if re.search(rf"\b{re.escape(name)}\b", tag)]
            tags = named[:1] or tags
        quoted = tags[0] if len(tags) == 1 else text
        quoted = " ".join(html.unescape(_MARKUP.sub("", quoted)).split())
        if len(quoted) > _LONGEST_QUOTE:
            quoted = quoted[: _LONGEST_QUOTE - 3] + "..."
        where = "" if self.kind == "document" else f"{self.kind}: "
        return f"{where}“{quoted}”" if quoted else self.kind
