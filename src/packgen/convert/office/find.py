"""Where LibreOffice is, and which version.

Takes the environment; gives the program's path, or None. Looks where each system keeps it, and starts nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "PACKGEN_SOFFICE"
INSTALL_HINT = (
    "install LibreOffice, which is free: on Windows and macOS from https://www.libreoffice.org/download, on Debian "
    "and Ubuntu with: sudo apt install libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui "
    "libreoffice-math-nogui; then build again. Or send each file as PDF instead"
)
_MACOS = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
_WINDOWS_KEYS = (
    r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\soffice.exe",
    r"SOFTWARE\LibreOffice\UNO\InstallPath",
    r"SOFTWARE\WOW6432Node\LibreOffice\UNO\InstallPath",
)
_VERSION = re.compile(rb'"ooSetupVersionAboutBox"[^>]*>\s*<value>(\d+\.\d+\.\d+)')


@dataclass(frozen=True)
class OfficeProgram:
    """LibreOffice as it was found. `version` is such as `7.4.7`, or empty where the installation does not tell."""

    path: Path
    version: str = ""

    @property
    def name(self) -> str:
        return f"libreoffice {self.version}".strip()


def find_office() -> OfficeProgram | None:
    """The program that `PACKGEN_SOFFICE` names, or else the first that is found where systems keep it."""
    named = os.environ.get(VARIABLE)
    candidates = iter((Path(named),)) if named else _candidates()
    found = next((path for path in candidates if path.is_file()), None)
    return OfficeProgram(found, _version_of(found)) if found is not None else None


def _candidates() -> Iterator[Path]:
    for name in ("soffice", "libreoffice"):
        on_path = shutil.which(name)
        if on_path:
            yield Path(on_path)
    if sys.platform == "win32":
        yield from _registered()
        for variable in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"):
            if os.environ.get(variable):
                yield Path(os.environ[variable]) / "LibreOffice" / "program" / "soffice.exe"
    elif sys.platform == "darwin":
        yield Path(_MACOS)
        yield Path.home() / _MACOS[1:]


def _registered() -> Iterator[Path]:
    """What the Windows registry says: the program, or the folder it is in."""
    if sys.platform != "win32":
        return
    import winreg

    for root in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
        for key in _WINDOWS_KEYS:
            try:
                value = Path(winreg.QueryValue(root, key).strip('"'))
            except OSError:
                continue
            yield value if value.suffix else value / "soffice.exe"


def _version_of(program: Path) -> str:
    """What the installation writes of itself; starting it to ask would take a second."""
    folder = program.resolve().parent.parent
    for file in (folder / "share" / "registry" / "main.xcd", folder / "Resources" / "registry" / "main.xcd"):
        try:
            found = _VERSION.search(file.read_bytes())
        except OSError:
            continue
        if found:
            return found[1].decode("ascii")
    return ""
