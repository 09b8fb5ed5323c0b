"""Every test that docs/security.md names as showing a promise is there."""

from __future__ import annotations

import re

from tests.conftest import REPOSITORY


def test_the_tests_that_show_promises_are_there() -> None:
    page = (REPOSITORY / "docs" / "security.md").read_text(encoding="utf-8")
    files = set(re.findall(r"`(tests/[\w/]+\.py)`", page))
    names = set(re.findall(r"`(test_\w+)`", page))
    assert len(files) >= 6
    assert len(names) >= 6
    assert [path for path in files if not (REPOSITORY / path).is_file()] == []
    written = "\n".join(file.read_text(encoding="utf-8") for file in (REPOSITORY / "tests").rglob("test_*.py"))
    assert [name for name in names if f"def {name}(" not in written] == []
