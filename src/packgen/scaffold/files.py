"""Writes skeletons to disk. What is there already stays as it is."""

from __future__ import annotations

import datetime as dt
import json
import os
import tomllib
from pathlib import Path
from typing import Any

from packgen.errors import InvalidPackError, Problem, UsageError
from packgen.resources import resource_folder
from packgen.scaffold.settings_file import settings_text
from packgen.scaffold.skeleton import Skeleton, keys_page
from packgen.schemas import SchemaSet
from packgen.slugs import slug
from packgen.workspace import TemplateSet, shown_path
from packgen.workspace.settings import FILE_NAME

PACK_FILE = "pack.json"
EXAMPLE = "quickstart"


def new_workspace(folder: Path) -> list[Path]:
    """Makes a workspace: settings, schemas for the editor, an empty folder for templates, one example pack.

    Raises:
        UsageError: one of these files is there already; nothing is written then.
    """
    example = resource_folder("examples") / EXAMPLE
    schema = json.loads((resource_folder("schemas") / "settings.schema.json").read_text(encoding="utf-8"))
    values = tomllib.loads((example / FILE_NAME).read_text(encoding="utf-8"))
    wanted = {folder / FILE_NAME: settings_text(schema, values).encode()}
    wanted |= {
        folder / "schemas" / path.name: path.read_bytes() for path in sorted(resource_folder("schemas").glob("*.json"))
    }
    wanted |= {
        folder / "packs" / EXAMPLE / path.relative_to(example): path.read_bytes()
        for path in sorted(example.rglob("*"))
        if path.is_file() and path.name != FILE_NAME
    }
    _refuse_existing(wanted)
    (folder / "templates").mkdir(parents=True, exist_ok=True)
    return _write_all(wanted)


def new_pack(folder: Path, *, committee: str, date: str, time: str, venue: str) -> list[Path]:
    """Makes a pack's folder with an agenda that validates and a page that explains its keys.

    Raises:
        UsageError: the date or time is none, or there is a pack in the folder already.
    """
    day = _date(date)
    _time(time)
    pack: dict[str, Any] = {
        "$schema": _schema_address(folder, "pack", depth=2),
        "committee": committee,
        "meeting": {"date": day.isoformat(), "time": time, "venue": venue},
        "membership": [],
        "items": [
            {"title": "Apologies"},
            {"title": "Declarations of Interest"},
            {"title": "Exclusion of the Public", "kind": "exclusion"},
        ],
        "part_two": [],
    }
    schemas = SchemaSet(
        {path.name.removesuffix(".schema.json"): path for path in resource_folder("schemas").glob("*.json")}
    )
    keys = keys_page(PACK_FILE, Skeleton("pack", schemas, date).keys())
    wanted = {folder / PACK_FILE: _json(pack), folder / "keys" / "pack.md": keys.encode()}
    _refuse_existing(wanted)
    for name in ("items", "attachments"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return _write_all(wanted)


def new_item(pack: Path, template: str, name: str, templates: TemplateSet) -> tuple[list[Path], str]:
    """Makes `items/<name>.json` with every key of a template, and a page that explains them.

    Gives the files, and the entry to put into `pack.json`.

    Raises:
        UsageError: there is no such template, or the file is there already.
        InvalidPackError: the folder is no pack.
    """
    if not (pack / PACK_FILE).is_file():
        raise InvalidPackError(
            Problem(code="pack.no-pack-json", file=shown_path(pack), message="there is no pack.json in this folder")
        )
    if template not in templates.for_documents:
        known = ", ".join(templates.for_documents)
        raise UsageError(
            Problem(code="usage.template", message=f'there is no template "{template}"', hint=f"templates are: {known}")
        )
    schemas = SchemaSet(templates.schemas)
    skeleton = Skeleton(template, schemas, _meeting_date(pack))
    file_name = f"{slug(name.removesuffix('.json'))}.json"
    data = {"$schema": _schema_address(pack / "items", template, depth=3), **skeleton.data()}
    wanted = {pack / "items" / file_name: _json(data)}
    _refuse_existing(wanted)
    keys = pack / "keys" / f"{template}.md"
    written = _write_all(wanted)
    if not keys.exists():
        written += _write_all({keys: keys_page(template, skeleton.keys()).encode()})
    return written, json.dumps({"data": f"items/{file_name}"})


def _meeting_date(pack: Path) -> str:
    """The day of the pack's meeting, or a stand-in while `pack.json` cannot be read."""
    try:
        return _date(json.loads((pack / PACK_FILE).read_text(encoding="utf-8-sig"))["meeting"]["date"]).isoformat()
    except (ValueError, KeyError, TypeError, UsageError):
        return "2000-01-01"


def _schema_address(folder: Path, name: str, *, depth: int) -> str:
    """Where an editor finds a schema: the copy in the workspace, `depth` folders up, or else the installed one."""
    copy = Path(*[".."] * depth) / "schemas" / f"{name}.schema.json"
    # The folder need not be there yet, so the way up is reckoned, not walked.
    if Path(os.path.normpath(folder / copy)).exists():
        return copy.as_posix()
    return (resource_folder("schemas") / f"{name}.schema.json").as_uri()


def _date(written: str) -> dt.date:
    try:
        return dt.date.fromisoformat(written)
    except ValueError as error:
        raise UsageError(
            Problem(
                code="usage.date",
                message=f"{written} is not a date",
                hint="write year-month-day, for example 2026-09-17",
            )
        ) from error


def _time(written: str) -> None:
    try:
        dt.time.fromisoformat(written)
    except ValueError as error:
        raise UsageError(
            Problem(code="usage.time", message=f"{written} is not a time", hint="for example 10:00")
        ) from error


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _refuse_existing(wanted: dict[Path, bytes]) -> None:
    there = [path for path in wanted if path.exists()]
    if there:
        raise UsageError(
            [
                Problem(
                    code="usage.exists",
                    file=shown_path(path),
                    message="this file is there already",
                    hint="choose another folder or name",
                )
                for path in there
            ]
        )


def _write_all(wanted: dict[Path, bytes]) -> list[Path]:
    for path, data in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return list(wanted)
