"""Which templates a pack can use.

A council's own `templates/*.docx` beside `packgen.toml` override the installed ones by name; a template of its own
comes with `schemas/<name>.schema.json` in the same place. A schema there counts only for a template that stands there
too: the others are copies for the editor, and a copy must not outlive the version it was copied from.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from packgen.resources import resource_folder
from packgen.schemas import schema_files

FILLED_BY_PACKGEN = frozenset({"agenda", "agenda-table", "change-notice", "pack-notice", "supplement", "to-follow"})


class TemplateSet(Struct, frozen=True):
    """Template files and schema files by name."""

    files: Mapping[str, Path]
    schemas: Mapping[str, Path]

    @property
    def for_documents(self) -> tuple[str, ...]:
        """The names that a document of a pack may use, in alphabetical order."""
        return tuple(sorted(set(self.files) - FILLED_BY_PACKGEN))


def find_templates(workspace: Path | None) -> TemplateSet:
    """The installed templates, overridden by those of a workspace (the folder of `packgen.toml`)."""
    files = _templates_in(resource_folder("templates"))
    schemas = schema_files(resource_folder("schemas"))
    if workspace is not None:
        own = _templates_in(workspace / "templates")
        own_schemas = schema_files(workspace / "schemas")
        files |= own
        schemas |= {name: path for name, path in own_schemas.items() if name in own}
    return TemplateSet(files, schemas)


def _templates_in(folder: Path) -> dict[str, Path]:
    return {path.stem: path for path in sorted(folder.glob("*.docx")) if not path.name.startswith("~$")}
