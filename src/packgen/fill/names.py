"""The names that a template uses.

Takes a template's bytes; gives the names it expects of its data. For tests and for the doctor; never fills anything.
"""

from __future__ import annotations


def template_names(template: bytes, template_name: str = "template.docx") -> set[str]:
    """Every name that the template uses and does not define itself.

    Raises:
        TemplateError: the template has mistakes in its tags.
    """
    from packgen.fill.compiled import compile_template
    from packgen.fill.kept import kept_template

    kept = kept_template(template)
    if kept is not None:
        return {name for part in kept.parts for name in part.names}
    compiled = compile_template(template, template_name)
    return {name for part in compiled.parts for name in part.names} - names_given()


def names_given() -> frozenset[str]:
    """The names that every template has without its data."""
    from packgen.fill.environment import GIVEN

    return frozenset(GIVEN)
