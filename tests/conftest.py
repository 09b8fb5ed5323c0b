"""What several tests use: the command line in this process, and small packs to begin from."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# A busy machine is no reason to fail. Where changes are judged, the same examples are tried each time.
settings.register_profile("packgen", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("packgen")

REPOSITORY = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Run:
    """What one command gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Packgen = Callable[..., Run]


@pytest.fixture
def packgen(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Packgen:
    """Runs `packgen` with arguments, as the installed command would, and gives exit code and output."""
    from packgen.cli import main

    def run(*arguments: str | Path) -> Run:
        monkeypatch.setattr(sys, "argv", ["packgen", *(str(argument) for argument in arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main()
        captured = capsys.readouterr()
        code = stopped.value.code
        return Run(code if isinstance(code, int) else 0 if code is None else 1, captured.out, captured.err)

    return run


@pytest.fixture
def small_pack(tmp_path: Path) -> Path:
    """A pack of two items, one with a report, in a folder that may be changed."""
    return write_pack(
        tmp_path / "packs" / "small",
        items=[{"title": "Apologies"}, {"title": "Tree Planting", "documents": [{"data": "items/02-report.json"}]}],
        files={"items/02-report.json": REPORT},
    )


REPORT: dict[str, Any] = {
    "template": "cover-report",
    "title": "Tree Planting",
    "recommendations": {"lead_in": "That the Committee:", "items": ["approve the programme."]},
    "report_of": "the Cabinet Member for Climate",
    "sections": [{"heading": "Background", "text": "The council plants trees along its roads."}],
    "background_documents": [],
    "contacts": [{"name": "Robin Archer", "email": "robin.archer@lyne.example.org"}],
}


def write_pack(folder: Path, *, files: Mapping[str, Any] | None = None, **pack: Any) -> Path:
    """Writes a pack; `files` holds data (written as JSON), text or bytes by path."""
    value = {
        "committee": "Climate Committee",
        "meeting": {"date": "2026-09-17", "time": "10:00", "venue": "Room 1, Town Hall"},
        "items": [{"title": "Apologies"}],
        **pack,
    }
    for name, content in {"pack.json": value, **(files or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=2)
            path.write_text(text, encoding="utf-8")
    return folder
