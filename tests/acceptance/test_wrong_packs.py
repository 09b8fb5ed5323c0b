"""Each folder of `tests/packs/negative` is a pack with a mistake; `expected.txt` holds the command, the exit code
and all that is printed."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, Packgen

CASES = REPOSITORY / "tests" / "packs" / "negative"
NAMES = sorted(path.name for path in CASES.iterdir() if path.is_dir())


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_pack_is_met_with_place_reason_and_remedy(
    name: str, packgen: Packgen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(CASES)
    command, expected_exit, *expected = (CASES / name / "expected.txt").read_text(encoding="utf-8").splitlines()
    out = ["--out", str(tmp_path)] if command.startswith("build") else []

    run = packgen(*shlex.split(command), *out)

    printed = [line for line in run.err.splitlines() if not line.lstrip()[:1].isdigit()]
    assert printed == expected
    assert f"exit {run.code}" == expected_exit
    assert "Traceback" not in run.err
    assert not any(tmp_path.iterdir()), "a wrong pack leaves nothing behind"
