"""Fills a template: Word document in, Word document out.

Takes a template's bytes, data whose every name is known, and the folder of its pictures; gives the bytes of a DOCX.
The stages stand in order in `fill_template`. Never looks at the clock, and never changes what it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from packgen.errors import TemplateError
from packgen.fill.properties import DocumentProperties


def fill_template(
    template: bytes,
    context: Mapping[str, Any],
    *,
    template_name: str,
    resources: Path,
    language: str,
    properties: DocumentProperties | None = None,
    accent: str | None = None,
) -> bytes:
    """Fill a template.

    Args:
        template: a DOCX with Jinja tags, as docxtpl reads them.
        context: every name the template may use; `complete_context` makes it from data and schema.
        template_name: what the template is called in problems, such as `templates/minutes.docx`.
        resources: the folder that pictures are taken from.
        language: of the document, such as `en-GB`.
        properties: title, author and so on; without them, the template's stay.
        accent: the council's colour, `#RRGGBB`, in place of the one that shipped templates use.

    Raises:
        TemplateError: the template uses a name nothing defines, lacks a style, or cannot be filled.
        InvalidPackError: a picture or link of the data cannot be used.
    """
    from packgen.fill.accent import with_accent
    from packgen.fill.contents import Contents
    from packgen.fill.long_rows import let_long_rows_break
    from packgen.fill.package import open_document, package_bytes
    from packgen.fill.properties import set_properties
    from packgen.fill.quick import filled_quickly
    from packgen.fill.stories import place_contents
    from packgen.fill.styles import Styles

    contents = Contents()
    files = filled_quickly(template, context, contents)
    if files is None:
        from packgen.fill.render import filled_by_jinja

        contents = Contents()
        files = filled_by_jinja(template, template_name, context, contents)
    package = open_document(with_accent(files, accent) if accent else files, template_name)
    styles = Styles(package.styles.element, template_name)
    place_contents(package, styles, contents, resources)
    let_long_rows_break(package.document.element, styles)
    if styles.problems():
        raise TemplateError(styles.problems())
    set_properties(package, styles, properties, language)
    return package_bytes(package)
