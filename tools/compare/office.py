"""LibreOffice's drawing of Word documents, to compare with.

Takes DOCX by name; gives tagged PDFs. LibreOffice is started once for all of them, with a profile of its own, and told
nothing but to tag: it draws what anybody's LibreOffice would draw. What it has once drawn can be kept, since it draws
the same of the same file.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

_SECONDS_EACH = 20
_FILTER = {
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
    "ExportNotes": {"type": "boolean", "value": "false"},
    # Word has the empty page before a section that begins on an odd one.
    "IsSkipEmptyPages": {"type": "boolean", "value": "false"},
}


def drawn_by_libreoffice(documents: Mapping[str, bytes], kept: Path | None = None) -> dict[str, bytes]:
    """The PDF of each document by its name; `kept` is a folder of those drawn before, to which new ones are added.

    Raises:
        RuntimeError: LibreOffice is missing, or has not drawn a document.
    """
    if kept is None:
        return _drawn(documents)
    kept.mkdir(parents=True, exist_ok=True)
    asked = json.dumps(_FILTER).encode()
    files = {name: kept / f"{hashlib.sha256(asked + docx).hexdigest()}.pdf" for name, docx in documents.items()}
    new = {name: docx for name, docx in documents.items() if not files[name].is_file()}
    for name, pdf in (_drawn(new) if new else {}).items():
        files[name].write_bytes(pdf)
    return {name: file.read_bytes() for name, file in files.items()}


def _drawn(documents: Mapping[str, bytes]) -> dict[str, bytes]:
    program = shutil.which("soffice")
    if program is None:
        raise RuntimeError("LibreOffice (soffice) is not installed")
    with tempfile.TemporaryDirectory(prefix="packgen-compare-") as folder:
        # Numbers for names: those of packs hold slashes.
        files = {name: Path(folder) / f"{index:04}.docx" for index, name in enumerate(documents)}
        for name, file in files.items():
            file.write_bytes(documents[name])
        subprocess.run(
            [
                program,
                f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                f"pdf:writer_pdf_Export:{json.dumps(_FILTER)}",
                "--outdir",
                folder,
                *map(str, files.values()),
            ],
            check=True,
            capture_output=True,
            timeout=60 + _SECONDS_EACH * len(files),
        )
        missing = [name for name, file in files.items() if not file.with_suffix(".pdf").is_file()]
        if missing:
            raise RuntimeError(f"LibreOffice has not drawn {', '.join(missing)}")
        return {name: file.with_suffix(".pdf").read_bytes() for name, file in files.items()}


def version() -> str:
    """What LibreOffice calls itself."""
    told = subprocess.run(["soffice", "--version"], check=True, capture_output=True, text=True, timeout=60).stdout
    return " ".join(told.split()[:2])
