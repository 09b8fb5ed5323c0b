"""Everything that is wrong with a pack, at once; draws nothing.

Takes what `load` read and gives problems in the order of the files. A pack with no error among them can be built.
"""

from __future__ import annotations

from packgen.errors import Problem
from packgen.load import RawPack
from packgen.schemas import SchemaSet
from packgen.validate.accessibility import check_accessibility
from packgen.validate.agenda import check_agenda
from packgen.validate.data_files import recall_of
from packgen.validate.files import check_files
from packgen.validate.left_over import check_left_over
from packgen.validate.prose_in_data import check_prose_in_data
from packgen.validate.recall import NO_MEMORY, Memory, Recall
from packgen.validate.shape import check_shape
from packgen.workspace import Settings, TemplateSet

__all__ = ["Memory", "has_errors", "recall_of", "validate"]


def validate(  # a pack, what holds for it, and how findings on it are remembered
    raw: RawPack,
    settings: Settings,
    schemas: SchemaSet,
    templates: TemplateSet,
    memory: Memory = NO_MEMORY,
    recall: Recall | None = None,
) -> list[Problem]:
    """Every problem of a pack, errors and warnings, each once, sorted by file and line.

    With a `memory`, files that have not changed, nor anything that matters to them, are not looked at again; `recall`
    is its `recall_of` this pack, if there is one already.
    """
    recall = recall or recall_of(memory, raw, schemas, templates)
    problems = [
        *raw.problems,
        *check_shape(raw, schemas, templates, recall),
        *check_files(raw, settings, memory),
        *check_agenda(raw),
        *check_prose_in_data(raw, schemas, recall),
        *check_left_over(raw, schemas, recall),
        *check_accessibility(raw, settings, schemas, templates, recall, memory),
    ]
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda problem: (problem.file or "", problem.line or 0, problem.column or 0))


def has_errors(problems: list[Problem]) -> bool:
    """Whether any of the problems stops a build."""
    return any(problem.severity == "error" for problem in problems)
