"""A council's own templates: what every document made with them would lack.

Takes the templates of a pack; gives warnings, a handful of each kind. The installed templates are not looked at:
packgen's own tests do that, and reading one takes as long as all other checks of a small pack.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from packgen.errors import ConversionError, Problem
from packgen.load import RawPack
from packgen.load.raw_pack import written_documents, written_items
from packgen.resources import resource_folder
from packgen.validate.accessibility.few import few
from packgen.validate.recall import NO_MEMORY, Memory, key_of
from packgen.workspace import Settings, TemplateSet, shown_path

_FRONT_SHEETS = {"centred": "agenda", "table": "agenda-table"}


def check_templates(
    raw: RawPack, settings: Settings, templates: TemplateSet, language: str, memory: Memory = NO_MEMORY
) -> Iterator[Problem]:
    """Warnings on the council's own templates that the pack uses."""
    for name in sorted(_used(raw, settings) & set(templates.files)):
        file = templates.files[name]
        if _is_own(file):
            key = partial(_key, file, settings.accent, language, memory)
            yield from memory.recall(key, partial(check_template, file, accent=settings.accent, language=language))


def _key(file: Path, accent: str, language: str, memory: Memory) -> str:
    return key_of("template", memory.digest(file), shown_path(file), accent, language)


def _used(raw: RawPack, settings: Settings) -> set[str]:
    values = [data.value for data in raw.data.values() if isinstance(data.value, dict)]
    used = {value["template"] for value in values if isinstance(value.get("template"), str)}
    used.add(_FRONT_SHEETS[settings.layout])
    every: list[Any] = [entry for _, entry in (*written_items(raw.pack.value), *written_documents(raw.pack.value))]
    if any(entry.get("to_follow") for entry in every):
        used.add("to-follow")
    return used


def _is_own(file: Path) -> bool:
    """Whether a template is not, and is no copy of, one that packgen brings."""
    installed = resource_folder("templates") / file.name
    if file == installed:
        return False
    return not installed.is_file() or installed.read_bytes() != file.read_bytes()


def check_template(file: Path, *, accent: str, language: str) -> Iterator[Problem]:
    """Look through one template.

    Args:
        file: the DOCX.
        accent: the council's colour, `#RRGGBB`, which takes the place of the shipped templates' own.
        language: of the pack, which filling gives to all text that has no other.
    """
    from packgen.convert.read.document import collect_document
    from packgen.convert.read.package import DocxPackage, open_package
    from packgen.fill.accent import with_accent
    from packgen.validate.accessibility.template_tags import without_statements, without_tags
    from packgen.validate.accessibility.word_colours import check_colours
    from packgen.validate.accessibility.word_language import check_language
    from packgen.validate.accessibility.word_links import check_links
    from packgen.validate.accessibility.word_pictures import check_pictures
    from packgen.validate.accessibility.word_structure import check_headings, check_tables

    name = shown_path(file)
    try:
        package = DocxPackage(with_accent(open_package(file.read_bytes(), name).parts, accent), name)
        document = collect_document(package).document
        pictures = list(check_pictures(package, stops=True))
    except ConversionError:
        return
    printed, own_words = without_statements(document), without_tags(document)
    found = [
        *pictures,
        *check_headings(printed, name),
        *check_tables(printed, name),
        *check_links(printed, name),
        *check_colours(printed, name),
        *check_language(own_words, name, language, "", unmarked=document.body.language),
    ]
    yield from few(found)
