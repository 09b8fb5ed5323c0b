"""What is printed for a value that a tag names.

Takes any value of a document's data; gives its text for Word's XML, with line breaks and tabs as Word has them. Never
prints a list or a group of values as Python would.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from packgen.fill.budget import Budget
from packgen.fill.filters import FilterError

# What XML cannot hold, and half of a character.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPACE = '<w:t xml:space="preserve">'


def printed(value: Any, budget: Budget) -> Any:
    """What stands for a value: nothing for None, and what is written for Word already as it is."""
    if value is None:
        return ""
    if isinstance(value, Markup):
        return value
    if isinstance(value, Mapping | list | tuple):
        kind = "a group of values" if isinstance(value, Mapping) else "a list"
        raise FilterError(f"this is {kind}, which cannot be printed as it is; name one value of it, or use a loop")
    text = _UNPRINTABLE.sub("", str(value).replace("\r\n", "\n"))
    budget.write(len(text))
    if "\n" not in text and "\t" not in text:
        return text
    escaped = str(escape(text)).replace("\n", f"</w:t><w:br/>{_SPACE}").replace("\t", f"</w:t><w:tab/>{_SPACE}")
    return Markup(escaped)  # noqa: S704  # the author's words were escaped in the line above
