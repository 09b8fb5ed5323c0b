"""Freezes the last build as a publication.

Takes a pack's folder and the output of its last build; writes `published/<n>/` whole or not at all. Refuses what is not
current with its inputs, what was changed since it was built, and what lacks something that the law or readers need.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import packgen
from packgen.digests import file_digest
from packgen.errors import InspectionError, InvalidPackError, Problem
from packgen.publications import PUBLISHED
from packgen.publications.files import (
    RECORD,
    History,
    Publication,
    read_register,
    record_bytes,
    sealed,
)
from packgen.publications.inputs import changed_inputs
from packgen.publish.second_look import disagreements
from packgen.publish.swap import FileCopy, hold_output
from packgen.wording import long_date
from packgen.workspace import shown_path

_SHOWN = 5
_PUBLISHED_FOLDERS = ("public", "restricted")


@dataclass(frozen=True)
class LastBuild:
    """The output of a build that is current, as it stands in its folder, with what it says of itself."""

    folder: Path
    manifest: Mapping[str, Any]

    @property
    def pages(self) -> dict[str, int]:
        return {pack["access"]: pack["pages"] for pack in self.manifest["packs"]}

    def files(self) -> Iterator[str]:
        """The paths of all that goes out, from the output's folder."""
        for name in self.manifest["outputs"]:
            if name.split("/")[0] in _PUBLISHED_FOLDERS:
                yield name


def last_build(output: Path, pack_folder: Path, inputs: Callable[[], Mapping[str, str]]) -> LastBuild:
    """The output of the last build of a pack, if it is whole and current.

    Args:
        output: its folder.
        pack_folder: that of the pack.
        inputs: gives the digests of all that a build depends on, as they are now.

    Raises:
        InvalidPackError: there is none, it is only half of what there is, it is not current, or somebody changed it.
    """
    again = f"packgen build {shown_path(pack_folder)}"
    if output.parent != Path("dist"):
        again += f" --out {shown_path(output.parent)}"
    manifest = _manifest_of(output, again)
    _check_current(output, changed_inputs(manifest["inputs"], inputs()), again)
    only = manifest["publication"].get("only")
    if only:
        what = f"only the {only} pack was built, and both belong together"
        raise _refusal("build.only", output, what, f"{again}, without --only")
    _check_untouched(output, manifest["outputs"], again)
    return LastBuild(output, manifest)


def _manifest_of(output: Path, again: str) -> Mapping[str, Any]:
    """What a build says of itself."""
    file = output / "manifest.json"
    if not file.is_file():
        raise _refusal("build.none", output, "the pack has not been built yet", again)
    try:
        manifest = json.loads(file.read_bytes())
    except ValueError:
        manifest = None
    if not isinstance(manifest, dict) or not {"inputs", "outputs", "packs", "publication"} <= manifest.keys():
        raise _refusal("build.damaged", file, "it cannot be read, or another version of packgen wrote it", again)
    return manifest


def _check_current(output: Path, changed: Sequence[str], again: str) -> None:
    if not changed:
        return
    if all(name.startswith(f"{PUBLISHED}/") for name in changed):
        what = "the pack was built before its last publication"
        raise _refusal("build.not-current", output, what, f"{again}; pages keep the numbers that were published")
    listed = ", ".join(changed[:_SHOWN]) + (f" and {len(changed) - _SHOWN} more" if len(changed) > _SHOWN else "")
    what = f"something changed since the pack was built: {listed}"
    raise _refusal("build.not-current", output, what, f"{again}, look at the pack, then try again")


def _check_untouched(output: Path, outputs: Mapping[str, str], again: str) -> None:
    problems = []
    for name, digest in outputs.items():
        file = output / name
        if not file.is_file():
            what = "it was built and is no longer there"
        elif file_digest(file) != digest:
            what = "it was changed after it was built"
        else:
            continue
        hint = f"{again}; what must change in it has to be changed in the pack"
        problems.append(_problem("build.touched", shown_path(file), what, hint))
    if problems:
        raise InvalidPackError(problems)


def freeze(build: LastBuild, history: History, *, date: dt.date, reason: str | None) -> Publication:
    """Makes the last build the next publication.

    Raises:
        InvalidPackError: nothing that goes out is other than what was published last, or the day is before that.
        InspectionError: a last look finds something wrong in what would go out.
        OutputError: it cannot be written; nothing is left of it.
    """
    last = history.last
    number = last.number + 1 if last else 1
    files = {name: build.manifest["outputs"][name] for name in build.files()}
    standing = build.manifest["publication"]
    _check_sequence(build, history, files, date)
    found = list(disagreements(build.folder, files))
    if found:
        raise InspectionError(found)
    register = read_register((build.folder / "register.json").read_bytes())
    publication = Publication(
        number=number,
        date=date,
        packgen=packgen.__version__,
        pages=build.pages,
        files=files,
        inputs=build.manifest["inputs"],
        register=register,
        reason=reason,
        supplement=standing["supplement"],
        renumbered=register.renumbered if standing["renumbered"] else None,
    )
    _write(build.folder, history.folder / PUBLISHED, sealed(publication))
    return publication


def _check_sequence(build: LastBuild, history: History, files: Mapping[str, str], date: dt.date) -> None:
    last = history.last
    if last is None:
        return
    if build.manifest["publication"]["after"] != last.number:
        again = f"packgen build {shown_path(history.folder)}"
        raise _refusal("build.not-current", build.folder, f"it was built before publication {last.number}", again)
    if dict(last.files) == dict(files):
        what = f"nothing has changed since publication {last.number} of {long_date(last.date)}"
        raise _refusal("publish.nothing-new", history.folder, what, "there is nothing to publish")
    if date < last.date:
        what = f"{long_date(date)} is before publication {last.number}, which was on {long_date(last.date)}"
        raise _refusal("publish.date", history.folder, what, "give the day of this publication with --date")


def _write(output: Path, published: Path, publication: Publication) -> None:
    """Writes a publication beside the others, then gives it its name: a kill in between leaves no half of one."""
    with hold_output(published / str(publication.number)) as folder:
        if folder.final.exists():
            what, hint = "it is there already", "somebody else has published meanwhile: build the pack again"
            raise _refusal("publish.exists", folder.final, what, hint)
        written = {name: folder.begin(name, FileCopy(output / name)) for name in publication.files}
        for name, digest in publication.files.items():
            if written[name].result() != digest:
                hint = "build the pack again; nothing was published"
                raise InvalidPackError(
                    _problem("build.touched", shown_path(output / name), "it is being changed", hint)
                )
        folder.write(RECORD, record_bytes(publication))
        folder.swap_in()


def _refusal(code: str, file: Path, message: str, hint: str) -> InvalidPackError:
    return InvalidPackError(_problem(code, shown_path(file), message, hint))


def _problem(code: str, file: str, message: str, hint: str) -> Problem:
    return Problem(code=code, file=file, message=message, hint=hint)
