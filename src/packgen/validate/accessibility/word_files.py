"""Authors' Word files: all that the checks of Word documents find in one of them.

Takes a file; gives warnings, a handful of each kind. A file that cannot be read gives none: what is wrong with it is
told elsewhere. Draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from packgen.convert.read.document import Collected, collect_document
from packgen.convert.read.package import DocxPackage, open_package
from packgen.errors import ConversionError, Problem
from packgen.validate.accessibility.few import few
from packgen.validate.accessibility.word_colours import check_colours
from packgen.validate.accessibility.word_language import check_language
from packgen.validate.accessibility.word_links import check_links
from packgen.validate.accessibility.word_pictures import check_pictures
from packgen.validate.accessibility.word_structure import check_bold_headings, check_headings, check_tables
from packgen.workspace import Engine, shown_path


def check_word_file(file: Path, *, language: str, title: str, engine: Engine) -> Iterator[Problem]:
    """Look through one file.

    Args:
        file: the DOCX.
        language: of the pack, such as `en-GB`.
        title: of the document in the agenda.
        engine: what draws documents; LibreOffice alone does not insist on alternative texts.
    """
    try:
        package = open_package(file.read_bytes(), shown_path(file))
        collected = collect_document(package)
    except ConversionError:
        return
    stops = engine != "libreoffice" and any(each.code == "convert.missing-alt" for each in collected.problems)
    yield from few([*check_pictures(package, stops=stops), *_read_aloud(collected, package, language, title)])


def _read_aloud(collected: Collected, package: DocxPackage, language: str, title: str) -> Iterator[Problem]:
    document, name = collected.document, package.name
    yield from check_headings(document, name)
    yield from check_bold_headings(document, collected.styles, name)
    yield from check_tables(document, name)
    yield from check_links(document, name)
    yield from check_colours(document, name)
    yield from check_language(document, name, language, title)
