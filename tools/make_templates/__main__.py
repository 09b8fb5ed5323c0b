"""Writes every template anew: `python -m tools.make_templates [FOLDER]`.

Takes a folder, by default the repository's `templates`; gives `<name>.docx` there for each module here that has a
`make()`. The module `cover_report` makes `cover-report.docx`. Without a folder, what Jinja makes of the templates is
written anew too, beside packgen's code. The same code gives the same bytes.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tools.make_templates as package
from tools.make_compiled_templates import main as compile_templates
from tools.make_templates.package import to_bytes

_TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def template_modules() -> Iterator[tuple[str, Any]]:
    """The name of each template with the module that makes it, in alphabetical order."""
    for info in pkgutil.iter_modules(package.__path__):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        if hasattr(module, "make"):
            yield info.name.replace("_", "-"), module


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, module in template_modules():
        (folder / f"{name}.docx").write_bytes(to_bytes(module.make()))
        print(folder / f"{name}.docx")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        main(_TEMPLATES)
        compile_templates()
