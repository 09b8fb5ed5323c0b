"""A real browser for tests: Chromium, or a browser made from it, as the machine has it installed.

Takes nothing from the network: Playwright drives the installed browser, axe-core comes with its Python package.
Without a browser these tests are skipped, with the reason; where changes are judged (`CI=true`) they fail instead.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge", "chrome", "msedge")
LIBRARIES = ("playwright", "axe_playwright_python")
# The level above the one that is promised.
TRIPLE_A = {"wcag2aaa", "wcag21aaa", "wcag22aaa"}
# What readers may set for themselves (WCAG 2.2, success criterion 1.4.12).
TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }
"""


def missing() -> str | None:
    """What is missing for tests in a browser, in words; None if nothing is."""
    if libraries := [name for name in LIBRARIES if find_spec(name) is None]:
        return f"these Python packages are not installed: {', '.join(libraries)}"
    if _program() is None:
        return f"no browser is installed ({', '.join(BROWSERS)})"
    return None


@contextmanager
def installed_browser() -> Iterator[Browser]:
    """The installed browser, without a window. Skips the test where there is none, and fails it where CI is true."""
    if reason := missing():
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_program())
        try:
            yield browser
        finally:
            browser.close()


def _program() -> str | None:
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


@contextmanager
def opened(browser: Browser, file: Path, width: int, **context: Any) -> Iterator[Page]:
    """A file in a window `width` CSS pixels wide. `context` are Playwright's options for a context of its own."""
    made = browser.new_context(viewport={"width": width, "height": 800}, **context)
    page = made.new_page()
    try:
        page.goto(file.as_uri())
        yield page
    finally:
        made.close()


def axe(page: Page) -> dict[str, Any]:
    """What axe-core says of the page by every rule that it has, also the experimental ones, up to level AA."""
    from axe_playwright_python.sync_playwright import Axe

    runner = Axe()
    page.evaluate(runner.axe_script)
    rules = [rule["ruleId"] for rule in page.evaluate("axe.getRules()") if not TRIPLE_A & set(rule["tags"])]
    response: dict[str, Any] = runner.run(page, options={"runOnly": {"type": "rule", "values": rules}}).response
    return response


def findings(results: list[dict[str, Any]]) -> list[str]:
    """axe-core's findings as lines: the rule, the element, what is wrong."""
    return [
        f"{rule['id']}: {node['html'][:200]}: {node.get('failureSummary', '')}"
        for rule in results
        for node in rule["nodes"]
    ]
