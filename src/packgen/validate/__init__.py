"""Everything that is wrong with a pack, at once; draws nothing.

Takes what `load` read and gives problems in the order of the files. A pack with no error among them can be built.
"""

from __future__ import annotations

from packgen.errors import Problem
from packgen.load import RawPack
from packgen.schemas import SchemaSet
from packgen.validate.accessibility import check_accessibility
from packgen.validate.agenda import check_agenda
from packgen.validate.files import check_files
from packgen.validate.left_over import check_left_over
from packgen.validate.prose_in_data import check_prose_in_data
from packgen.validate.shape import check_shape
from packgen.workspace import Settings, TemplateSet

__all__ = ["validate"]


def validate(raw: RawPack, settings: Settings, schemas: SchemaSet, templates: TemplateSet) -> list[Problem]:
    """Every problem of a pack, errors and warnings, each once, sorted by file and line."""
    problems = [
        *raw.problems,
        *check_shape(raw, schemas, templates),
        *check_files(raw, settings),
        *check_agenda(raw),
        *check_prose_in_data(raw, schemas),
        *check_left_over(raw, schemas),
        *check_accessibility(raw, settings, schemas, templates),
    ]
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda problem: (problem.file or "", problem.line or 0, problem.column or 0))


def has_errors(problems: list[Problem]) -> bool:
    """Whether any of the problems stops a build."""
    return any(problem.severity == "error" for problem in problems)
