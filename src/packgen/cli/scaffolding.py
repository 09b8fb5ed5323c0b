"""`packgen init` and `packgen new`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from packgen.messages import write_json
from packgen.scaffold import new_item, new_pack, new_workspace
from packgen.schemas import SchemaSet
from packgen.workspace import find_templates, load_settings, shown_path


def run_init(folder: Path, *, json: bool) -> None:
    """Makes a workspace and says what to do next."""
    written = new_workspace(folder)
    _tell(written, f"Next: packgen build {shown_path(folder / 'packs' / 'quickstart')}", json=json)


def run_new_pack(folder: Path, *, committee: str, date: str, time: str, venue: str, json: bool) -> None:
    """Makes a pack and says what to do next."""
    written = new_pack(folder, committee=committee, date=date, time=time, venue=venue)
    _tell(written, f"Next: packgen new item {shown_path(folder)} cover-report 04-my-report", json=json)


def run_new_item(pack: Path, template: str, name: str, *, json: bool) -> None:
    """Makes an item's file and says what to add to `pack.json`."""
    settings = load_settings(pack, SchemaSet(find_templates(None).schemas))
    templates = find_templates(settings.file.parent if settings.file else None)
    written, entry = new_item(pack, template, name, templates)
    _tell(written, f'Next: fill it in, and add {entry} to the "documents" of its item in pack.json', json=json)


def _tell(written: Sequence[Path], following: str, *, json: bool) -> None:
    if json:
        write_json({"written": [shown_path(path) for path in written], "next": following}, sys.stdout)
        return
    for path in written:
        print(shown_path(path), file=sys.stderr)
    print(following, file=sys.stderr)
