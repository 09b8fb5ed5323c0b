"""Runs a template over data, with Jinja.

Takes a template, data and the filters' contents; gives the files of the DOCX, with marks where Word content will go.
Raises `TemplateError` with every undefined name, or with the first tag that fails. Never changes the data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Template
from jinja2 import TemplateError as JinjaError
from lxml import etree

from packgen.errors import Problem, TemplateError
from packgen.fill.budget import Budget, BudgetError
from packgen.fill.compiled import CompiledPart, CompiledTemplate, compile_template
from packgen.fill.contents import Contents
from packgen.fill.environment import TemplateEnvironment, UndefinedNameError
from packgen.fill.filters import FilterError
from packgen.fill.places import near_names

_FAILURES = (
    *(JinjaError, FilterError, BudgetError),
    *(TypeError, ValueError, ArithmeticError, LookupError, RecursionError),
)


def filled_by_jinja(
    template: bytes, template_name: str, context: Mapping[str, Any], contents: Contents
) -> dict[str, bytes]:
    """The files of a filled template by name, with marks for what the filters leave in `contents`.

    Raises:
        TemplateError: the template has mistakes, a name is not defined, a filter cannot use its value, or a limit is
            passed.
    """
    compiled = compile_template(template, template_name)
    budget = Budget()
    environment = TemplateEnvironment(budget, contents.filters)
    _refuse_unknown_names(compiled, context, environment)
    return {**compiled.files, **{part.name: _render(part, context, environment, budget) for part in compiled.parts}}


def _refuse_unknown_names(
    template: CompiledTemplate, context: Mapping[str, Any], environment: TemplateEnvironment
) -> None:
    problems = [
        part.places.problem(
            "template.undefined",
            f"nothing defines the name {name}",
            line=line,
            name=name,
            hint=near_names(name, context),
        )
        for part in template.parts
        for name, line in part.names.items()
        if name not in context and name not in environment.globals
    ]
    if problems:
        raise TemplateError(problems)


def _render(part: CompiledPart, context: Mapping[str, Any], environment: TemplateEnvironment, budget: Budget) -> bytes:
    template = Template.from_code(environment, part.code, dict(environment.globals))
    chunks = []
    try:
        for chunk in template.generate(context):
            budget.write(len(chunk))
            chunks.append(chunk)
    except _FAILURES as error:
        raise TemplateError(_failure(part, error)) from error
    xml = "".join(chunks).encode("utf-8")
    return _well_formed(part, xml)


def _failure(part: CompiledPart, error: Exception) -> Problem:
    line = _line_of(error, part.name)
    if isinstance(error, UndefinedNameError):
        if error.of_nothing:
            message = f"{error.name} is asked of something that is empty here"
            hint = "put the tag inside {% if ... %} ... {% endif %} so that it is used only where there is something"
        else:
            message = f"nothing defines the name {error.name}"
            hint = near_names(error.name, error.known)
        return part.places.problem("template.undefined", message, line=line, name=error.name, hint=hint)
    if isinstance(error, RecursionError):
        return part.places.problem("template.failed", "this calls itself without end", line=line)
    message = str(error).rstrip(".")
    return part.places.problem("template.failed", f"this tag cannot be filled: {message}", line=line)


def _line_of(error: Exception, part_name: str) -> int | None:
    """The line of the part's source that Jinja was running; its tracebacks name the part as their file."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == part_name:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _well_formed(part: CompiledPart, xml: bytes) -> bytes:
    try:
        etree.fromstring(xml)
    except etree.XMLSyntaxError as error:
        text = xml.decode("utf-8").split("\n")[(error.lineno or 1) - 1]
        message = "with its tags filled in, the document falls apart here"
        hint = (
            "a block of tags begins in one paragraph, cell or row and ends in another kind of place; "
            "put {%p ... %} for whole paragraphs and {%tr ... %} for whole rows at both of its ends"
        )
        raise TemplateError(part.places.problem_near("template.structure", message, text, hint=hint)) from error
    if part.has_column_loops:
        from docxtpl import DocxTemplate

        fitted = DocxTemplate.fix_tables(None, xml)
        return bytes(etree.tostring(fitted, xml_declaration=True, encoding="UTF-8", standalone=True))
    return xml
