"""What the built-in engine draws, next to what LibreOffice draws of the same Word files: which words on which page.

The Word files are those that the shipped packs are filled into. LibreOffice is started once for all of them, with a
profile of its own.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import pytest

from packgen.cli import main
from tests import pdf_facts
from tests.conftest import REPOSITORY
from tests.docx_parts import draw

PACKS = ("packs/2019-03-04-safe-and-strong-communities", "packs/2022-10-24-safeguarding", "examples/quickstart")
SAME_PAGE = 0.995
SPLITS_ROWS_LATER = "community-impact-assessment-review"
"""LibreOffice moves a row that holds a table to the next page before it splits it; Word, like packgen, splits it."""


@pytest.fixture(scope="module")
def drawn_by_both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[bytes, bytes]]]:
    """The PDFs of each Word file by its name: packgen's and LibreOffice's."""
    folder = tmp_path_factory.mktemp("both")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            sys, "argv", ["packgen", "build", *(str(REPOSITORY / pack) for pack in PACKS), "--out", str(folder)]
        )
        with pytest.raises(SystemExit) as stopped:
            main()
    assert not stopped.value.code
    words = folder / "words"
    words.mkdir()
    for file in folder.glob("*/editable/*.docx"):
        shutil.copy(file, words / f"{file.parents[1].name}-{file.name}")
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder / "office"), *map(str, sorted(words.glob("*.docx")))],
        check=True,
        capture_output=True,
        timeout=240,
    )  # fmt: skip
    yield {
        file.stem: (draw(file.read_bytes(), title=file.stem).pdf, (folder / "office" / f"{file.stem}.pdf").read_bytes())
        for file in sorted(words.glob("*.docx"))
    }


@pytest.mark.slow
@pytest.mark.libreoffice
def test_words_stand_on_the_pages_where_libreoffice_puts_them(drawn_by_both: dict[str, tuple[bytes, bytes]]) -> None:
    assert len(drawn_by_both) > 12
    for name, (ours, theirs) in drawn_by_both.items():
        if SPLITS_ROWS_LATER in name:
            assert agreement([sum(words(ours), Counter())], [sum(words(theirs), Counter())]) > 0.9, name
            continue
        assert pdf_facts.page_count(ours) == pdf_facts.page_count(theirs), name
        assert agreement(words(ours), words(theirs)) >= SAME_PAGE, name


def words(pdf: bytes) -> list[Counter[str]]:
    """How often each word stands on each page. Order is left out: the two writers draw merged cells at other times."""
    return [
        Counter(re.sub(r"[\u2011\x02]", "-", text).replace("(", "( ").split()) for text in pdf_facts.page_texts(pdf)
    ]


def agreement(ours: list[Counter[str]], theirs: list[Counter[str]]) -> float:
    """The part of all words that both have on the same page."""
    same = sum((one & other).total() for one, other in zip(ours, theirs, strict=True))
    return same / max(sum(page.total() for page in ours), sum(page.total() for page in theirs))
