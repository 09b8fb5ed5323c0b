"""A pack with all that a build of it reads, as bytes; and what came of it.

Takes an order; gives a parcel in which everything lies as it does here, seen from the folder in which the command was
called, so that another machine tells the same places and makes the same bytes.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from packgen.cli.several.orders import Order, Outcome
from packgen.errors import InvalidPackError, Problem
from packgen.publish import hold_output
from packgen.workspace import settings_file, shown_path

ELSEWHERE = ".packgen-output"
"""Where a worker puts the output of packs whose place here is not below the folder that is sent."""
_SET_ASIDE = (".", "~$")
_OF_COUNCIL = ("templates", "schemas")


class Parcel(Struct, frozen=True):
    """An order with the files it takes, packed as a ZIP. Paths in both are relative to one folder."""

    order: Order
    files: bytes


class Returned(Struct, frozen=True):
    """An outcome with the output's files, packed as a ZIP; none if nothing was built."""

    outcome: Outcome
    files: bytes | None


def packed(order: Order) -> Parcel:
    """The order as a parcel.

    Raises:
        InvalidPackError: the pack does not lie below the folder that is sent with it.
        OSError: a file cannot be read.
    """
    folder = order.folder.resolve()
    settings = settings_file(folder)
    workspace = settings.parent.resolve() if settings is not None else folder
    here = Path.cwd()
    base = here if workspace.is_relative_to(here) else Path(os.path.commonpath([workspace, folder.parent]))
    out = order.out.resolve()
    files = dict.fromkeys(_files(folder, out))
    if settings is not None:
        files |= dict.fromkeys(path for path in workspace.iterdir() if path.is_file() and _is_sent(path))
        for name in _OF_COUNCIL:
            files |= dict.fromkeys(_files(workspace / name, out))
        files |= dict.fromkeys(_named(settings, workspace))
    for path in files:
        if not path.is_relative_to(base):
            raise InvalidPackError(_outside(path, base))
    there = Order(folder.relative_to(base), _below(out, base), order.wishes, order.json)
    return Parcel(there, _zipped(files, base))


def unpacked(files: bytes, folder: Path) -> None:
    """Lays the files of a parcel into a folder; nothing outside of it is written."""
    with zipfile.ZipFile(io.BytesIO(files)) as archive:
        archive.extractall(folder)  # which leaves out `..` and what else leads outside


def output_of(order: Order) -> bytes | None:
    """The output of an order that was carried out here."""
    built = order.out / order.folder.name
    if not built.is_dir():
        return None
    return _zipped((each for each in built.rglob("*") if each.is_file()), built)


def put_in_place(order: Order, files: bytes) -> None:
    """Makes what was built elsewhere the output of an order.

    Raises:
        OutputError: it cannot be written; the old output stands.
    """
    with hold_output(order.out / order.name) as output, zipfile.ZipFile(io.BytesIO(files)) as archive:
        for name in archive.namelist():
            if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
                continue
            output.write(name, archive.read(name))
        output.swap_in()


def placed(order: Order, outcome: Outcome) -> Outcome:
    """An outcome that names the place of the output here, where that lies elsewhere than it did on the worker."""
    there, here = f"{ELSEWHERE}/{order.name}", shown_path(order.out / order.name)
    report = outcome.report | ({"folder": here} if "folder" in outcome.report else {})
    return replace(outcome, told=outcome.told.replace(there, here), report=report)


def _zipped(files: Iterable[Path], base: Path) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files):
            archive.write(path, path.relative_to(base).as_posix())
    return target.getvalue()


def _files(folder: Path, out: Path) -> Iterator[Path]:
    for here, below, names in os.walk(folder):
        below[:] = [name for name in below if not name.startswith(_SET_ASIDE) and Path(here, name) != out]
        yield from (path for path in (Path(here, name) for name in names) if _is_sent(path))


def _is_sent(path: Path) -> bool:
    return not path.name.startswith(_SET_ASIDE)


def _named(settings: Path, workspace: Path) -> Iterator[Path]:
    """The files that settings name, such as fonts, wherever below the workspace they are."""
    import tomllib

    try:
        values = tomllib.loads(settings.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return  # the build says so
    waiting: list[object] = [values]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str) and value and "\x00" not in value:
            path = (workspace / value.replace("\\", "/")).resolve()
            if path.is_file():
                yield path


def _below(path: Path, base: Path) -> Path:
    return path.relative_to(base) if path.is_relative_to(base) else Path(ELSEWHERE)


def _outside(path: Path, base: Path) -> Problem:
    return Problem(
        code="cluster.outside",
        file=shown_path(path),
        message=f"this file does not lie below {base}, and would not be sent with the pack",
        hint="put it beside packgen.toml, or use --shared-folder",
    )
