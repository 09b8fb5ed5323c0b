"""`packgen doctor`: what is installed, what is missing, and what each gap costs."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version

import packgen
from packgen.errors import ExitCode
from packgen.messages import write_json
from packgen.resources import Kind, resource_folder

LIBRARIES = (
    "docxtpl",
    "jsonschema",
    "lxml",
    "markdown-it-py",
    "pikepdf",
    "pypdf",
    "pypdfium2",
    "python-docx",
    "reportlab",
    "typst",
)
_NEED_LIBREOFFICE = (
    "spreadsheets (.xlsx), presentations (.pptx), and authors' Word files with charts, SmartArt, equations and the like"
)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked for. `cost` says what does not work without it; None if it is there."""

    what: str
    found: str
    ok: bool
    cost: str | None = None


def run_doctor(*, json: bool) -> int:
    """Prints what was found; the exit code is not 0 if something that a build needs is missing."""
    findings = [*_versions(), *_resources(), _libreoffice()]
    needed_missing = any(not finding.ok for finding in findings)
    if json:
        write_json({"findings": [asdict(finding) for finding in findings], "ready": not needed_missing}, sys.stdout)
    else:
        for finding in findings:
            mark = "MISSING" if not finding.ok else "ok     " if not finding.cost else "without"
            print(f"{mark} {finding.what}: {finding.found}", file=sys.stderr)
            if finding.cost:
                print(f"        {finding.cost}", file=sys.stderr)
        print("Not ready." if needed_missing else "Ready to build packs.", file=sys.stderr)
    return ExitCode.MISSING_PROGRAM if needed_missing else ExitCode.DONE


def _versions() -> list[Finding]:
    findings = [
        Finding("packgen", packgen.__version__, ok=True),
        Finding("Python", f"{platform.python_version()} on {platform.system()}", ok=True),
    ]
    for name in LIBRARIES:
        try:
            findings.append(Finding(name, version(name), ok=True))
        except PackageNotFoundError:
            findings.append(
                Finding(name, "not installed", ok=False, cost="no pack can be built; install packgen again")
            )
    return findings


def _resources() -> list[Finding]:
    wanted: tuple[tuple[Kind, str, str], ...] = (
        ("templates", "*.docx", "no document can be filled; install packgen again"),
        ("schemas", "*.schema.json", "no pack can be checked; install packgen again"),
        ("fonts", "*.ttf", "no document can be drawn; install packgen again"),
    )
    return [_resource(kind, pattern, cost) for kind, pattern, cost in wanted]


def _resource(kind: Kind, pattern: str, cost: str) -> Finding:
    try:
        folder = resource_folder(kind)
    except FileNotFoundError:
        return Finding(kind, "none", ok=False, cost=cost)
    names = sorted(path.name.split(".")[0] for path in folder.glob(pattern))
    return Finding(kind, f"{', '.join(names)} (in {folder})" if names else f"none in {folder}", ok=bool(names))


def _libreoffice() -> Finding:
    """Where LibreOffice is and what needs it; a build without such files does without."""
    from packgen.convert.office.find import INSTALL_HINT, VARIABLE, find_office

    program = find_office()
    if program is not None:
        version_ = f"{program.version} " if program.version else ""
        return Finding("LibreOffice", f"{version_}({program.path}), for {_NEED_LIBREOFFICE}", ok=True)
    named = os.environ.get(VARIABLE)
    found = f"not at {named}, which {VARIABLE} names" if named else "not installed"
    cost = f"needed only for {_NEED_LIBREOFFICE}; {INSTALL_HINT}"
    return Finding("LibreOffice", found, ok=True, cost=cost)
