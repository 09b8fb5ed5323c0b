"""Mistakes in a template's tags, in an officer's words.

Takes Jinja's syntax tree of one part, or what Jinja says it could not read; gives problems. Also finds what Jinja does
not mind but Word would. Never runs anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import TemplateSyntaxError, nodes

from packgen.errors import Problem
from packgen.fill.environment import filter_names
from packgen.fill.places import Places, near_names

_OTHER_FILES = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
_BLOCKS = (nodes.For, nodes.If, nodes.Macro, nodes.CallBlock, nodes.FilterBlock, nodes.AssignBlock, nodes.With)
_TABLE_TAG = re.compile(r"<(?P<close>/?)w:(?:tbl|tr|tc)(?=[ >])")


_UNCLOSED = re.compile(r"innermost block that needs to be closed is '(?P<name>\w+)'")
_UNKNOWN_TAG = re.compile(r"unknown tag '(?P<end>end)?(?P<name>\w+)'")
_UNKNOWN_FILTER = re.compile(r"No filter named '(?P<name>\w+)'")


def syntax_problem(error: TemplateSyntaxError, places: Places) -> Problem:
    """What Jinja could not read."""
    message, hint = _in_words(error.message or "", places.text(error.lineno))
    return places.problem("template.syntax", message, line=error.lineno, hint=hint)


def _in_words(message: str, text: str) -> tuple[str, str | None]:
    """A message and a hint for one of Jinja's messages about a paragraph."""
    for opening, closing in (("{{", "}}"), ("{%", "%}")):
        if text.count(opening) > text.count(closing):
            return f"a tag has no {closing}", f"every {opening} needs its {closing} in the same paragraph"
    if found := _UNKNOWN_FILTER.search(message):
        return f"there is no filter {found['name']}", near_names(found["name"], filter_names())
    if found := _UNCLOSED.search(message):
        name = found["name"]
        return f"a {{% {name} %}} has no {{% end{name} %}}", "add the end, or take the beginning away"
    if found := _UNKNOWN_TAG.search(message):
        if found["end"]:
            return f"an {{% end{found['name']} %}} has no {{% {found['name']} %}}", "add the beginning, or take it away"
        return f"there is no tag {{% {found['name']} %}}", "the tags are if, for, set and macro"
    message = message.rstrip(".")
    return f"a tag is not right: {message[:1].lower()}{message[1:]}", None


def tag_problems(tree: nodes.Template, places: Places) -> Iterator[Problem]:
    """Tags that take in other files, and blocks of tags that begin in one table cell and end in another."""
    for node in tree.find_all(_OTHER_FILES):
        hint = "copy what is needed into this template"
        yield places.problem("template.include", "a template cannot take in other files", line=node.lineno, hint=hint)
    for node in tree.find_all(_BLOCKS):
        if any(_leaves_its_cell(body) for body in _bodies(node)):
            message = "a block of tags begins in one table cell or row and ends in another"
            hint = "put {%tr ... %} at both ends to repeat or leave out whole rows, {%tc ... %} for whole cells"
            yield places.problem("template.structure", message, line=node.lineno, hint=hint)


def _bodies(node: nodes.Node) -> Iterator[list[nodes.Node]]:
    yield getattr(node, "body", [])
    yield getattr(node, "else_", [])


def _leaves_its_cell(body: list[nodes.Node]) -> bool:
    """Whether the body closes a cell, row or table that it has not opened: leaving it out would lose that end."""
    depth = 0
    for part in body:
        found = [part] if isinstance(part, nodes.TemplateData) else part.find_all(nodes.TemplateData)
        for data in found:
            for tag in _TABLE_TAG.finditer(data.data):
                depth += -1 if tag["close"] else 1
                if depth < 0:
                    return True
    return depth != 0
