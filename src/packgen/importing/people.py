"""People as minutes and programmes print them: names with roles in brackets, one or many on a line.

Takes words; gives `{"name", "role"}` as the data has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SEPARATOR = re.compile(r",\s+(?:and\s+)?|;\s*(?:and\s+)?|\s+and\s+")


def person_of(words: str) -> dict[str, str]:
    """`Clive Ormerod (Chair)` as a name and a role; the role is the bracket that closes at the end."""
    words = " ".join(words.split())
    if words.endswith(")"):
        depth = 0
        for index in range(len(words) - 1, 0, -1):
            depth += {")": 1, "(": -1}.get(words[index], 0)
            if depth == 0:
                name, role = words[:index].strip(), words[index + 1 : -1].strip()
                return {"name": name, "role": role} if name and role else {"name": words}
    return {"name": words}


def people_of(words: str) -> list[dict[str, str]]:
    """Several people on one line, parted by commas and `and` outside brackets."""
    return [person_of(each) for each in _parted(words) if each.strip(" .")]


def _parted(words: str) -> Iterator[str]:
    depth, start, index = 0, 0, 0
    while index < len(words):
        depth += {"(": 1, ")": -1}.get(words[index], 0)
        match = _SEPARATOR.match(words, index) if depth == 0 else None
        if match is not None:
            yield words[start:index]
            start = index = match.end()
        else:
            index += 1
    yield words[start:].rstrip(".") if depth == 0 else words[start:]
