"""`packgen import`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packgen.errors import ExitCode, OutputError, PackgenError, Problem, UsageError
from packgen.importing import KNOWN, Imported, LeftOut, Place, import_word
from packgen.load import RawPack
from packgen.load.json_file import read_json
from packgen.messages import problem_as_json, write_json
from packgen.schemas import SchemaSet
from packgen.slugs import slug
from packgen.validate.prose_in_data import check_prose_in_data
from packgen.workspace import find_templates, load_settings, shown_path

_PACK_FILE = "pack.json"
_TITLES = {
    "cover-report": "a cover report", "minutes": "minutes", "work-programme": "a work programme",
    "cia": "a Community Impact Assessment", "cia-summary": "the summary of a Community Impact Assessment",
    "document": "a document",
}  # fmt: skip
_PLURALS = {"appendix": "appendices"}
_MOST_SHOWN = 12
_LONGEST_SAMPLE = 80


@dataclass(frozen=True)
class Wanted:
    """What was asked for: the template, the pack, the name, and whether files that are there may be replaced."""

    template: str | None = None
    into: Path | None = None
    name: str | None = None
    force: bool = False


def run_import(file: Path, wanted: Wanted, *, json: bool) -> int:
    """Imports one Word file and says what came of it; gives the exit code."""
    docx = _read(file)
    folder = _pack_of(file, wanted.into)
    pack = _pack_json(folder)
    templates = find_templates(None)
    settings = load_settings(folder, SchemaSet(templates.schemas))
    templates = find_templates(settings.file.parent if settings.file else None)
    name = slug((wanted.name or file.stem).removesuffix(".json"))
    place = Place(folder, name, pack if pack is not None else {})
    imported = import_word(docx, shown_path(file), place, settings, templates, template=wanted.template)
    _refuse_existing(folder, imported.written.files, force=wanted.force)
    _write(folder, imported.written.files)
    missing = [*_problems(folder, imported, SchemaSet(templates.schemas)), *_of_earlier_imports(folder, name, imported)]
    open_ends = any(problem.severity == "error" for problem in missing)
    if json:
        write_json(_as_json(folder, imported, missing), sys.stdout)
    else:
        _tell(folder, imported, missing, has_pack=pack is not None)
    return ExitCode.INVALID_PACK if open_ends else ExitCode.DONE


# --- Files ------------------------------------------------------------------------------------------


def _read(file: Path) -> bytes:
    hint = "name a Word document (.docx)"
    if not file.is_file():
        message = "this is a folder" if file.is_dir() else "there is no such file"
        raise UsageError(Problem(code="import.no-file", file=shown_path(file), message=message, hint=hint))
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(
            Problem(
                code="import.unreadable",
                file=shown_path(file),
                message=f"the file cannot be read ({error.strerror})",
                hint="close it in Word, or copy it to another folder",
            )
        ) from error


def _pack_of(file: Path, into: Path | None) -> Path:
    """The pack's folder: the one that was named, the one in which the file lies, or else the file's own folder."""
    if into is not None:
        if not (into / _PACK_FILE).is_file():
            raise UsageError(
                Problem(
                    code="pack.no-pack-json",
                    file=shown_path(into),
                    message="there is no pack.json in this folder",
                    hint="name the pack's folder after --into; packgen new pack makes one",
                )
            )
        return into
    folder = file.resolve().parent
    near = (folder, folder.parent)
    return next((each for each in near if (each / _PACK_FILE).is_file()), folder)


def _pack_json(folder: Path) -> Mapping[str, Any] | None:
    """What `pack.json` says; None without one. A broken one says nothing: `validate` tells of it."""
    try:
        value = json.loads((folder / _PACK_FILE).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) else {}


def _refuse_existing(folder: Path, files: Iterable[str], *, force: bool) -> None:
    there = [folder / path for path in files if (folder / path).exists()]
    if there and not force:
        raise UsageError(
            [
                Problem(
                    code="usage.exists",
                    file=shown_path(path),
                    message="this file is there already; nothing was written",
                    hint="give another name with --name, or replace the files with --force",
                )
                for path in there
            ]
        )


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        target = folder / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        except OSError as error:
            raise OutputError(
                Problem(
                    code="output.cannot-write",
                    file=shown_path(target),
                    message=f"this file cannot be written ({error.strerror})",
                    hint="close it if it is open, or look at the folder's permissions",
                )
            ) from error


def _of_earlier_imports(folder: Path, name: str, imported: Imported) -> Iterator[Problem]:
    """What stands where this import writes, and is nothing that it wrote. Somebody may need it, so it is left there."""
    items = folder / "items"
    there = [items / f"{name}-left-over.md", *sorted((items / name).rglob("*"))]
    for path in there:
        if path.is_file() and path.relative_to(folder).as_posix() not in imported.written.files:
            yield Problem(
                code="import.stays",
                severity="warning",
                file=shown_path(path),
                message="this file was there before, and the item as it is now does not use it",
                hint="delete it if nothing else needs it",
            )


# --- What is still missing --------------------------------------------------------------------------


def _problems(folder: Path, imported: Imported, schemas: SchemaSet) -> list[Problem]:
    """What `packgen validate` would say of the item that was written."""
    try:
        file = read_json(folder / imported.written.json, prose_root=folder)
    except PackgenError as error:
        return list(error.problems)
    findings = schemas.findings(imported.template, file.value)
    problems = [file.problem(each.code, each.path, each.message, each.hint) for each in findings]
    raw = RawPack(folder, file, {imported.written.json: file}, ())
    return [*problems, *check_prose_in_data(raw, schemas)]


# --- Words on screen --------------------------------------------------------------------------------


def _tell(folder: Path, imported: Imported, missing: Sequence[Problem], *, has_pack: bool) -> None:
    say = _Say()
    say(f"Read as {_TITLES.get(imported.template, imported.template)}{_counted(imported.counts)}.")
    if imported.template == "document":
        others = ", ".join(name for name in KNOWN if name != "document")
        say(f"  If it is something else, say so with --as: {others}.")
    say(f"Written: {shown_path(folder / imported.written.json)}{_further(imported)}")
    for line in _left_out(imported.left_out):
        say(line)
    for remark in imported.remarks[:_MOST_SHOWN]:
        say(str(remark))
    if len(imported.remarks) > _MOST_SHOWN:
        say(f"and {len(imported.remarks) - _MOST_SHOWN} more remarks; --json lists them all")
    if imported.written.left_over is not None:
        number = len(imported.left_over)
        path = shown_path(folder / imported.written.left_over)
        say(f"{number} {'piece' if number == 1 else 'pieces'} of the document found no place; {path} keeps "
            f"{'it' if number == 1 else 'them'}:")  # fmt: skip
        for each in imported.left_over[:_MOST_SHOWN]:
            say(f"  {each.place}: {each.reason}")
        if number > _MOST_SHOWN:
            say(f"  and {number - _MOST_SHOWN} more")
            if imported.template != "document":
                what = _TITLES.get(imported.template, imported.template)
                say(f"  If the file is not {what}, import it again with --as document: that takes any text.")
    for problem in missing:
        say(str(problem))
    say(_next(folder, imported, missing, has_pack=has_pack))


def _left_out(left_out: Sequence[LeftOut]) -> Iterator[str]:
    """What was left out on purpose: how much for each reason, with its first words."""
    reasons: dict[str, list[str]] = {}
    for each in left_out:
        reasons.setdefault(each.reason, []).append(" ".join(each.words.split()))
    if reasons:
        yield "Left out on purpose:"
    for reason, words in reasons.items():
        shown = "; ".join(words)
        shown = shown if len(shown) <= _LONGEST_SAMPLE else shown[: _LONGEST_SAMPLE - 3].rstrip() + "..."
        yield f"  {len(words)} {'text' if len(words) == 1 else 'texts'}: {reason} ({shown})"


class _Say:
    def __call__(self, words: str) -> None:
        print(words, file=sys.stderr)


def _counted(counts: Mapping[str, int]) -> str:
    """` with 3 recommendations, 24 paragraphs and 1 picture`."""
    parts = [
        f"{number} {word if number == 1 else _PLURALS.get(word, word + 's')}"
        for word, number in counts.items()
        if number
    ]
    if not parts:
        return ""
    return " with " + (" and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0])


def _further(imported: Imported) -> str:
    own = {imported.written.json, imported.written.left_over}
    others = [path for path in imported.written.files if path not in own]
    texts = sum(path.endswith(".md") for path in others)
    parts = _counted({"Markdown file": texts, "picture": len(others) - texts}).removeprefix(" with ")
    return f", and {parts} in {others[0].rpartition('/')[0]}/" if others else ""


def _next(folder: Path, imported: Imported, missing: Sequence[Problem], *, has_pack: bool) -> str:
    entry = json.dumps({"data": imported.written.json})
    errors = sum(problem.severity == "error" for problem in missing)
    first = (
        f"Next: mend the {'one place' if errors == 1 else f'{errors} places'} named above; then "
        if errors
        else "Next: "
    )
    if has_pack:
        check = f"run packgen validate {shown_path(folder)}"
        return f'{first}add {entry} to the "documents" of its item in pack.json, and {check}'
    return f'{first}move the folder items into a pack, and add {entry} to the "documents" of its item in pack.json'


def _as_json(folder: Path, imported: Imported, missing: Sequence[Problem]) -> dict[str, Any]:
    written = imported.written
    return {
        "template": imported.template,
        "counts": dict(imported.counts),
        "item": written.json,
        "written": [shown_path(folder / path) for path in written.files],
        "left_over": [{"place": each.place, "reason": each.reason} for each in imported.left_over],
        "left_over_file": shown_path(folder / written.left_over) if written.left_over else None,
        "left_out": [{"place": each.place, "reason": each.reason, "words": each.words} for each in imported.left_out],
        "remarks": [problem_as_json(each) for each in imported.remarks],
        "problems": [problem_as_json(each) for each in missing],
        "valid": not any(each.severity == "error" for each in missing),
    }
