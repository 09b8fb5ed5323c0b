"""What checks of one file found before, so that only what changed is looked at again.

Takes a key for all that findings depend on and the check that finds them; gives them. A memory is handed in by who has
one; without it every check runs. Checks that compare files with each other are never remembered.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from packgen.errors import Problem
from packgen.load import JsonFile

Find = Callable[[], Iterable[Problem]]
Problems = Sequence[Problem]
Key = Callable[[], str]


class Memory(Protocol):
    """Keeps findings from one run to the next.

    Keys hold all that a check looks at, but not the check itself: whoever keeps findings on disk must forget them when
    packgen, or a library that it uses, is of another version.
    """

    def digest(self, file: Path) -> str:
        """A hash of the bytes of a file."""
        ...

    def recall(self, key: Key, find: Find) -> Problems:
        """What was found under this key before, else what `find` finds now.

        To be kept only if the key is still the same afterwards: a file may be saved while it is read. What `find`
        raises is not kept.
        """
        ...


class NoMemory:
    """Every check runs."""

    def digest(self, _: Path) -> str:
        return ""

    def recall(self, _: Key, find: Find) -> Problems:
        return tuple(find())


NO_MEMORY = NoMemory()

Recall = Callable[[str, JsonFile, Find], Problems]
"""Takes the name of a check, the JSON file that it looks at, and the check; gives its findings."""


def look_again(_: str, __: JsonFile, find: Find) -> Problems:
    """The `Recall` of somebody who remembers nothing."""
    return tuple(find())


def key_of(*parts: Any) -> str:
    """A key for values that JSON can hold; other values count as their text."""
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()
