"""Tests in a browser are skipped where there is none, but never where changes are judged."""

from __future__ import annotations

import pytest

from tests import browser_support


@pytest.mark.parametrize(("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)])
def test_a_missing_browser_skips_a_test_with_the_reason_and_fails_it_in_ci(
    monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(browser_support, "BROWSERS", ("no-such-browser",))
    with pytest.raises(outcome, match=r"not installed|no browser is installed"), browser_support.installed_browser():
        pass


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser_support, "LIBRARIES", ("no_such_library",))
    assert browser_support.missing() == "these Python packages are not installed: no_such_library"
