"""The whole document, read once from front to back.

Takes a package; gives a `WordDocument` and the problems met. Proves before it returns that every piece of text in the
parts it read was either taken into the document or left out for a reason (hidden, or a field's own number).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from packgen.convert.document import Block, NoteSettings, PageKind, Section, WordDocument, paragraphs_of
from packgen.convert.formats import RunFormat
from packgen.convert.read.automatic import with_automatic_colours
from packgen.convert.read.blocks import BlockReader
from packgen.convert.read.context import Reading
from packgen.convert.read.font_table import read_font_table
from packgen.convert.read.numbering import Counters, Numbering
from packgen.convert.read.ooxml import Element, child_val, first, is_on, local_name, name, number, points, w
from packgen.convert.read.package import DocxPackage, open_package
from packgen.convert.read.sections import PaperSettings, SectionSetup, paper_settings, read_setup, text_width
from packgen.convert.read.styles import StyleSheet
from packgen.convert.read.table_styles import TableStyles
from packgen.convert.read.theme import read_theme
from packgen.errors import ConversionError, Problem

_RESERVED_NOTES = {"separator", "continuationSeparator", "continuationNotice"}
_KIND_NAMES = {"default": "page", "first": "first page", "even": "even page"}

_MOST_STYLE_SHEETS = 4
_STYLE_SHEETS: dict[tuple[bytes, ...], tuple[Numbering, StyleSheet, TableStyles]] = {}
"""Lists and styles by the parts they were read from, those used last at the end."""


class StyleFacts(Struct, frozen=True):
    """A paragraph style: the names Word shows of it and of those it is based on, nearest first, in lower case.

    `look` is how its text looks where nothing else is said.
    """

    names: tuple[str, ...]
    look: RunFormat


class Collected(Struct, frozen=True):
    """A document read as far as it can be: `problems` names all that is not in it, or not as it was.

    `styles` holds the paragraph styles that are used, by their identifiers.
    """

    document: WordDocument
    problems: tuple[Problem, ...]
    styles: Mapping[str, StyleFacts]


def read_document(docx: bytes, name_of_file: str) -> tuple[WordDocument, tuple[Problem, ...]]:
    """Read `docx`.

    Returns:
        The document, and warnings on what is drawn otherwise than Word would.

    Raises:
        ConversionError: with everything in the document that cannot be drawn, each with its place.
    """
    document, reading = _read(open_package(docx, name_of_file), as_typed=False)
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    if errors:
        raise ConversionError(errors)
    return document, tuple(reading.problems)


def collect_document(package: DocxPackage) -> Collected:
    """Read a package for its words and structure, whether or not it can be drawn.

    Letters are as they were typed, not as a format such as "All caps" shows them.

    Raises:
        ConversionError: if there is no readable Word document in the package.
    """
    document, reading = _read(package, as_typed=True)
    used = {paragraph.style for blocks in _stories(document) for paragraph in paragraphs_of(blocks)}
    return Collected(
        document, tuple(reading.problems), {style: _style_facts(reading.styles, style) for style in sorted(used)}
    )


def _stories(document: WordDocument) -> Iterator[tuple[Block, ...]]:
    """The body, section by section, and each note."""
    yield from (section.blocks for section in document.sections)
    yield from document.footnotes.values()
    yield from document.endnotes.values()


def _style_facts(styles: StyleSheet, style: str) -> StyleFacts:
    lineage = styles.lineage(style, "paragraph")[::-1]
    return StyleFacts(tuple(child_val(each, "name").casefold() for each in lineage), styles.run(None, style))


def _read(package: DocxPackage, *, as_typed: bool) -> tuple[WordDocument, Reading]:
    """The document with the reading that made it, which knows its problems."""
    root = package.xml(package.main_part)
    body = first(root, "body")
    if body is None:
        raise package.damaged("it has no text part")
    settings = package.related_xml("settings")
    reading = _reading(package, settings)
    reading.as_typed = as_typed
    even_pages = settings is not None and is_on(first(settings, "evenAndOddHeaders"))
    paper = paper_settings(settings, reading.styles.theme)
    sections = _sections(reading, body, paper, settings, even_pages=even_pages)
    document = WordDocument(
        sections=sections,
        footnotes=_notes(reading, "footnotes", "footnote"),
        endnotes=_notes(reading, "endnotes", "endnote"),
        endnote_settings=_note_settings(first(body, "sectPr"), settings, "endnotePr", "lowerRoman"),
        body=reading.styles.base_run(),
        default_tab=points(child_val(settings, "defaultTabStop"), 36.0) or 36.0,
        title=_core_title(package),
        files=dict(sorted(reading.files.items())),
        bookmarks=frozenset(reading.bookmarks),
        fonts=read_font_table(package.related_xml("fontTable")),
    )
    _refuse_unread(reading, root)
    return with_automatic_colours(document), reading


def _style_sheet(package: DocxPackage) -> tuple[Numbering, StyleSheet, TableStyles]:
    """The lists and styles of a document; those of another one that has the very same parts, such as of one template.

    They remember how they have resolved what was asked of them, and nothing else.
    """
    parts = tuple(package.parts.get(package.related(kind) or "", b"") for kind in ("theme", "numbering", "styles"))
    known = _STYLE_SHEETS.pop(parts, None)
    if known is None:
        theme = read_theme(package.related_xml("theme"))
        numbering = Numbering(package.related_xml("numbering"), theme)
        styles = StyleSheet(package.related_xml("styles"), theme, numbering)
        known = numbering, styles, TableStyles(styles)
    _STYLE_SHEETS[parts] = known
    while len(_STYLE_SHEETS) > _MOST_STYLE_SHEETS:
        del _STYLE_SHEETS[next(iter(_STYLE_SHEETS))]
    return known


def _reading(package: DocxPackage, settings: Element | None) -> Reading:
    numbering, styles, table_styles = _style_sheet(package)
    compatibility = 0
    for setting in settings.iter(w("compatSetting")) if settings is not None else ():
        if setting.get(w("name")) == "compatibilityMode":
            compatibility = int(number(setting.get(w("val"))))
    return Reading(
        package=package,
        styles=styles,
        table_styles=table_styles,
        numbering=numbering,
        counters=Counters(numbering),
        compatibility=compatibility,
        part=package.main_part,
    )


def _sections(
    reading: Reading, body: Element, paper: PaperSettings, settings: Element | None, *, even_pages: bool
) -> tuple[Section, ...]:
    final = first(body, "sectPr")
    found: list[Section] = []
    setup = SectionSetup()
    blocks: list[Block] = []
    pending: list[Element] = []
    reader = BlockReader(reading, 0.0)

    def close(properties: Element | None) -> None:
        nonlocal setup, blocks
        setup = read_setup(properties, setup, paper)
        reader.available = _column_width(setup)
        blocks = [block for element in pending for block in reader.read(element)]
        pending.clear()
        section = _section(reading, setup, tuple(blocks), even_pages=even_pages)
        found.append(replace(section, footnotes=_note_settings(properties, settings, "footnotePr", "decimal")))

    for element in reader.elements(body):
        pending.append(element)
        properties = first(first(element, "pPr"), "sectPr") if local_name(element) == "p" else None
        if properties is not None:
            close(properties)
    close(final)
    return tuple(found)


def _column_width(setup: SectionSetup) -> float:
    width = text_width(setup.page)
    if setup.columns.count < 2:
        return width
    return (width - setup.columns.gap * (setup.columns.count - 1)) / setup.columns.count


def _section(reading: Reading, setup: SectionSetup, blocks: tuple[Block, ...], *, even_pages: bool) -> Section:
    return Section(
        blocks=blocks,
        page=setup.page,
        start=setup.start,
        columns=setup.columns,
        headers=_page_parts(reading, setup, setup.headers, "header"),
        footers=_page_parts(reading, setup, setup.footers, "footer"),
        title_page=setup.title_page,
        even_pages=even_pages,
        first_number=setup.first_number,
        number_format=setup.number_format,
    )


def _page_parts(
    reading: Reading, setup: SectionSetup, references: Mapping[PageKind, str], what: str
) -> Mapping[PageKind, tuple[Block, ...]]:
    found: dict[PageKind, tuple[Block, ...]] = {}
    relationships = reading.package.relationships(reading.package.main_part)
    for kind, relationship_id in sorted(references.items()):
        relationship = relationships.get(relationship_id)
        if relationship is None or relationship.external or relationship.target not in reading.package.parts:
            continue
        root = reading.package.xml(relationship.target)
        place = f"{_KIND_NAMES[kind]} {what}"
        with reading.inside(relationship.target, place):
            found[kind] = BlockReader(reading, text_width(setup.page)).blocks(root, place=place)
            _refuse_unread(reading, root)
    return found


def _notes(reading: Reading, part_kind: str, local: str) -> Mapping[str, tuple[Block, ...]]:
    part = reading.package.related(part_kind)
    if part is None:
        return {}
    found: dict[str, tuple[Block, ...]] = {}
    shown = 0
    root = reading.package.xml(part)
    for note in root.findall(w(local)):
        if note.get(w("type")) in _RESERVED_NOTES:
            continue
        shown += 1
        place = f"{local} {shown}"
        with reading.inside(part, place):
            found[note.get(w("id"), "")] = BlockReader(reading, 400.0).blocks(note, place=place)
            _refuse_unread(reading, note)
    return found


def _note_settings(properties: Element | None, settings: Element | None, local: str, default: str) -> NoteSettings:
    """How notes are numbered in the section with `properties`; what it does not say, `settings` say for all."""
    holders = [first(parent, local) for parent in (properties, settings) if parent is not None]

    def said(what: str, otherwise: str) -> str:
        return next((value for holder in holders if (value := child_val(holder, what))), otherwise)

    restarts = {"eachSect": "section", "eachPage": "page"}
    return NoteSettings(
        said("numFmt", default),
        int(number(said("numStart", ""), 1)) or 1,
        restarts.get(said("numRestart", ""), "continuous"),  # type: ignore[arg-type]  # one of the three
    )


def _core_title(package: DocxPackage) -> str:
    for relationship in package.relationships("").values():
        if relationship.kind == "core-properties" and relationship.target in package.parts:
            return " ".join((package.xml(relationship.target).findtext(f".//{name('dc:title')}") or "").split())
    return ""


def _refuse_unread(reading: Reading, root: Element) -> None:
    """Name every piece of text in a part that reading passed over, and fields that never end and hide what follows."""
    if reading.fields:
        reading.fields.clear()
        reading.refuse(
            "A field begins here or before and never ends, so that the text behind it would not be shown.",
            hint="In Word press Alt+F9, delete the broken field, and save the document again.",
        )
    for text in root.iter(w("t")):
        if id(text) in reading.read_texts or not (text.text or "").strip() or _said_otherwise(text):
            continue
        parent = text.getparent()
        outer = parent.getparent() if parent is not None else None
        reading.refuse(
            f'The text "{(text.text or "")[:40]}" stands inside something that packgen does not know'
            f" ({local_name(outer) if outer is not None else 'unknown'}).",
            hint="Save the document again in Word, or send it as PDF.",
        )


def _said_otherwise(text: Element) -> bool:
    """Whether `text` is for programs that do not know what stands beside it, where that says something."""
    fallback = next((each for each in text.iterancestors() if each.tag == name("mc:Fallback")), None)
    if fallback is None:
        return False
    choice = fallback.getparent().find(name("mc:Choice"))
    return choice is not None and any(each.tag in {w("t"), name("wp:docPr")} for each in choice.iter())
