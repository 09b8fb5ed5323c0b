"""A template's bytes to Jinja that can run: taken out of Word's XML, checked, bounded and compiled.

Takes the bytes of a DOCX; gives a `CompiledTemplate`, kept for the next document of the same template. Raises
`TemplateError` for what is not a Word document, holds tracked changes, or has mistakes in its tags. Never runs one.

For the templates that packgen brings that has been done before (`kept`).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import CodeType
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError, meta, nodes
from lxml import etree
from msgspec import Struct

from packgen.errors import Problem, TemplateError
from packgen.fill.archive import read_archive
from packgen.fill.budget import Budget
from packgen.fill.contents import Contents
from packgen.fill.environment import BoundedTemplate, TemplateEnvironment
from packgen.fill.places import TAG, Places
from packgen.fill.tag_checks import syntax_problem, tag_problems

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STORY_TYPE = re.compile(
    r"application/vnd\.openxmlformats-officedocument\.wordprocessingml\."
    r"(?P<kind>document\.main|header|footer|footnotes|endnotes)\+xml"
)
# Word's notes to itself: they split tags apart and say who edited what.
_NOISE = tuple(
    WORD + name for name in ("proofErr", "lastRenderedPageBreak", "commentRangeStart", "commentRangeEnd", "noProof")
)
_TRACKED = tuple(WORD + name for name in ("ins", "del", "moveFrom", "moveTo"))

if TYPE_CHECKING:
    from docxtpl import DocxTemplate


class CompiledPart(Struct, frozen=True):
    """One XML part of a template.

    `python` is what Jinja made of it, and `code` the same compiled. `names` are those it uses without defining them,
    each with a line of its source.
    """

    name: str
    kind: str
    places: Places
    python: str
    code: CodeType
    names: Mapping[str, int]
    has_column_loops: bool


class CompiledTemplate(Struct, frozen=True):
    """`files` are the DOCX's other members, by name, in the order of the archive."""

    parts: tuple[CompiledPart, ...]
    files: Mapping[str, bytes]


@lru_cache(maxsize=32)
def compile_template(template: bytes, template_name: str) -> CompiledTemplate:
    """Read, check and compile a template.

    Raises:
        TemplateError: with every mistake that can be seen without data.
    """
    from docxtpl import DocxTemplate

    files = read_archive(template, template_name)
    environment = TemplateEnvironment(Budget(), Contents().filters)
    patcher = DocxTemplate(io.BytesIO())
    parts, problems = [], []
    for part_name, kind in _stories(files, template_name):
        source = _source(files.pop(part_name), part_name, template_name, patcher)
        places = Places(template_name, kind, source)
        try:
            parts.append(_compile_part(environment, part_name, places))
        except TemplateSyntaxError as error:
            problems.append(syntax_problem(error, places))
        except TemplateError as error:
            problems.extend(error.problems)
    if problems:
        raise TemplateError(problems)
    return CompiledTemplate(tuple(parts), files)


def _stories(files: Mapping[str, bytes], template_name: str) -> Iterator[tuple[str, str]]:
    """Names and kinds of the parts that hold text, the document itself first."""
    found = []
    if "[Content_Types].xml" in files:
        for override in _parse(files["[Content_Types].xml"], "[Content_Types].xml", template_name):
            match = _STORY_TYPE.fullmatch(override.get("ContentType", ""))
            name = override.get("PartName", "").lstrip("/")
            if match and name in files:
                found.append((name, match["kind"].removesuffix(".main")))
    if not any(kind == "document" for _, kind in found):
        hint = "save it again from Word as a .docx file"
        message = "this is not a Word document"
        raise TemplateError(Problem(code="template.not-word", message=message, file=template_name, hint=hint))
    yield from sorted(found, key=lambda story: (story[1] != "document", story[0]))


def _parse(xml: bytes, part_name: str, template_name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        message = f"its part {part_name} is damaged: {error.msg}"
        hint = "open it in Word, which may repair it, and save it again"
        raise TemplateError(Problem(code="template.damaged", message=message, file=template_name, hint=hint)) from error


def _source(xml: bytes, part_name: str, template_name: str, patcher: DocxTemplate) -> str:
    """The part as Jinja: one line for each paragraph, tags freed from Word's markup."""
    root = _parse(xml, part_name, template_name)
    if any(True for _ in root.iter(*_TRACKED)):
        hint = "accept or reject them all in Word (Review), and save it"
        message = "the template has tracked changes"
        raise TemplateError(Problem(code="template.tracked", message=message, file=template_name, hint=hint))
    etree.strip_elements(root, f"{WORD}commentReference", *_NOISE, with_tail=False)
    text = re.sub(r' w:rsid\w*="[0-9A-Fa-f]*"', "", etree.tostring(root, encoding="unicode"))
    text = re.sub(r"<w:p([ >])", r"\n<w:p\1", patcher.patch_xml(text))
    return TAG.sub(lambda tag: tag[0].replace("&quot;", '"').replace("&amp;", "&"), text)


def _compile_part(environment: TemplateEnvironment, part_name: str, places: Places) -> CompiledPart:
    tree = environment.parse(places.source)
    problems = list(tag_problems(tree, places))
    if problems:
        raise TemplateError(problems)
    undeclared = meta.find_undeclared_variables(tree)
    names: dict[str, int] = {}
    for node in tree.find_all(nodes.Name):
        if node.name in undeclared:
            names.setdefault(node.name, node.lineno)
    bounded = BoundedTemplate().visit(tree)
    python = environment.compile(bounded, filename=part_name, raw=True)
    code = compile(python, part_name, "exec")
    return CompiledPart(part_name, places.kind, places, python, code, names, "{%tc " in places.source)
