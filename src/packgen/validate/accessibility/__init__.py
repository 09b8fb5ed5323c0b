"""What in a pack somebody would miss who listens to it, enlarges it, or cannot tell its colours apart.

Takes what `load` read; gives warnings only, by WCAG 2.2, level AA, and PDF/UA-1, each with a code `access.<what>` that
docs/accessibility-checks.md explains. Authors' own files are looked at in `validate.files`, where they are opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from packgen.errors import Problem
from packgen.load import RawPack
from packgen.schemas import SchemaSet
from packgen.validate.accessibility.data import check_data
from packgen.validate.accessibility.few import few
from packgen.validate.accessibility.templates import check_templates
from packgen.validate.recall import NO_MEMORY, Memory, Recall, key_of, look_again
from packgen.workspace import Settings, TemplateSet, shown_path

__all__ = ["check_accessibility", "language_of"]


def check_accessibility(
    raw: RawPack,
    settings: Settings,
    schemas: SchemaSet,
    templates: TemplateSet,
    recall: Recall = look_again,
    memory: Memory = NO_MEMORY,
) -> Iterator[Problem]:
    """Warnings on data, prose, settings and the council's own templates, a handful of each kind in each file."""
    yield from few(check_data(raw, schemas, recall))
    yield from memory.recall(partial(_key_of_logo, settings), partial(_logo, settings))
    yield from check_templates(raw, settings, templates, language_of(raw), memory)


def language_of(raw: RawPack) -> str:
    """The language of a pack, such as `en-GB`, whatever shape its `pack.json` has."""
    value = raw.pack.value.get("language") if isinstance(raw.pack.value, dict) else None
    return value if isinstance(value, str) and value else "en-GB"


def _key_of_logo(settings: Settings) -> str:
    return key_of("logo", settings.file and shown_path(settings.file), str(settings.logo), settings.logo_alt)


def _logo(settings: Settings) -> Iterator[Problem]:
    from packgen.validate.accessibility import alt_words

    fault = alt_words.fault_of(settings.logo_alt or "")
    if fault and settings.file is not None and settings.logo is not None:
        yield Problem(
            code="access.alt-words",
            severity="warning",
            file=shown_path(settings.file),
            pointer="$.council.logo_alt",
            message=f'the alternative text "{settings.logo_alt}" of the logo {fault}',
            hint='name whose it is, such as "Westmarch County Council"',
        )
