"""Stage 1: a pack with all that is needed to judge and draw it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from packgen.load.raw_pack import RawPack, read_pack
from packgen.load.read_before import ReadBefore
from packgen.schemas import SchemaSet
from packgen.workspace import Settings, TemplateSet, find_templates, load_settings


class Sources(Struct, frozen=True):
    """A pack as read, with the council's settings and the templates and schemas that hold for it."""

    raw: RawPack
    settings: Settings
    templates: TemplateSet
    schemas: SchemaSet


def read_sources(
    folder: Path,
    on_settings: Callable[[Settings, TemplateSet], None] | None = None,
    before: ReadBefore | None = None,
) -> Sources:
    """Reads what one pack is made from; `on_settings` is called when it is known what, before the pack itself is read.

    What was read `before` and has not changed is not read again.

    Raises:
        InvalidPackError: `pack.json` or `packgen.toml` cannot be used at all.
    """
    installed = find_templates(None)
    schemas = SchemaSet(installed.schemas)
    settings = load_settings(folder, schemas)
    templates = find_templates(settings.file.parent) if settings.file else installed
    if templates.schemas != installed.schemas:
        schemas = SchemaSet(templates.schemas)
    if on_settings is not None:
        on_settings(settings, templates)
    return Sources(read_pack(folder, before), settings, templates, schemas)
