"""What whole reports have around their prose: numbering, footnotes, contents lists, fields, headers and footers.

Takes python-docx documents and words; adds the parts, styles and markup that Word keeps for these. Lengths are
twentieths of a point.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from tools.corpus.markup import paragraph, put_into, run
from tools.corpus.parts import xml

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WML = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def numbering(document: Any, *levels: tuple[str, str, int, int], styles: Sequence[str] = (), start: int = 1) -> int:
    """Add a list of several levels; its identifier.

    Args:
        document: to which it is added.
        levels: of each its number format, text, indent and hanging indent.
        styles: paragraph styles that the first levels belong to.
        start: the number at which the first level begins.
    """
    part = document.part.numbering_part.element
    used = [int(each.get(f"{_W}abstractNumId")) for each in part.iter(f"{_W}abstractNum")]
    new = max(used, default=-1) + 1
    inner = "".join(
        _level(at, level, styles[at] if at < len(styles) else "", 1 if at else start) for at, level in enumerate(levels)
    )
    abstract = xml(
        f'<w:abstractNum w:abstractNumId="{new}"><w:multiLevelType w:val="multilevel"/>{inner}</w:abstractNum>'
    )
    part.find(f"{_W}num").addprevious(abstract)
    return restarted(document, new, restart=False)


def _level(at: int, level: tuple[str, str, int, int], style: str, start: int) -> str:
    kind, text, left, hanging = level
    owner = f'<w:pStyle w:val="{style}"/>' if style else ""
    font = '<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/></w:rPr>' if kind == "bullet" else ""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{owner}'
        f'<w:lvlText w:val="{escape(text)}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>{font}</w:lvl>'
    )


def restarted(document: Any, abstract: int, restart: bool = True) -> int:
    """One more list of the same look, which begins at 1 again; its identifier."""
    part = document.part.numbering_part.element
    number = max(int(each.get(f"{_W}numId")) for each in part.iter(f"{_W}num")) + 1
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if restart else ""
    part.append(xml(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'))
    return number


def again(document: Any, number: int) -> int:
    """A list that looks as list `number` does and begins at 1."""
    for each in document.part.numbering_part.element.iter(f"{_W}num"):
        if each.get(f"{_W}numId") == str(number):
            return restarted(document, int(each.find(f"{_W}abstractNumId").get(f"{_W}val")))
    raise ValueError(f"there is no list {number}")


def item(content: str, number: int, level: int = 0, more: str = "") -> str:
    """A paragraph of a list."""
    return paragraph(content, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>{more}')


def number_style(document: Any, style: str, number: int, level: int) -> None:
    """Have every paragraph of a style numbered."""
    document.styles[style].element.get_or_add_pPr().append(
        xml(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def field(instruction: str, result: str, properties: str = "") -> str:
    """Runs of a field with what Word last made of it."""
    own = f"<w:rPr>{properties}</w:rPr>"
    return (
        f'<w:r>{own}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{own}<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'<w:r>{own}<w:fldChar w:fldCharType="separate"/></w:r>{run(result, properties)}'
        f'<w:r>{own}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def page_of_pages(properties: str = "") -> str:
    number, total = field("PAGE", "1", properties), field("NUMPAGES", "1", properties)
    return run("Page ", properties) + number + run(" of ", properties) + total


def in_header(section: Any, *blocks: str) -> None:
    """Fill the header of a section in place of the empty paragraph it begins with."""
    _fill(section.header, blocks)


def in_footer(section: Any, *blocks: str) -> None:
    _fill(section.footer, blocks)


def _fill(holder: Any, blocks: tuple[str, ...]) -> None:
    holder.is_linked_to_previous = False
    for old in list(holder._element):
        holder._element.remove(old)
    put_into(holder._element, *blocks)


def footnotes(document: Any, *texts: str) -> list[str]:
    """Add footnotes and their styles; the runs that call them."""
    for name, kind, inner in (
        ("FootnoteText", "paragraph", '<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="0" w:line="240" '
         'w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr>'),
        ("FootnoteReference", "character", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'),
    ):  # fmt: skip
        spoken = {"FootnoteText": "footnote text", "FootnoteReference": "footnote reference"}[name]
        document.styles.element.append(
            xml(f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{spoken}"/>{inner}</w:style>')
        )
    mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
    notes = "".join(
        f'<w:footnote w:id="{at}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
        f"{mark}<w:footnoteRef/></w:r>{run(' ' + text)}</w:p></w:footnote>"
        for at, text in enumerate(texts, 1)
    )
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{at}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for kind, at in (("separator", -1), ("continuationSeparator", 0))
    )
    whole = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {_WML}>{lines}{notes}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, whole.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    return [f'{mark}<w:footnoteReference w:id="{at}"/></w:r>' for at, _ in enumerate(texts, 1)]


def contents(entries: Sequence[tuple[int, str, str, int]], document: Any) -> str:
    """A contents list as Word keeps it, with its styles: of each entry its level, words, bookmark and page."""
    for level in (1, 2):
        document.styles.element.append(
            xml(
                f'<w:style w:type="paragraph" w:styleId="TOC{level}"><w:name w:val="toc {level}"/>'
                '<w:basedOn w:val="Normal"/><w:pPr><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9060"/></w:tabs>'
                f'<w:spacing w:after="60"/><w:ind w:left="{(level - 1) * 240}"/></w:pPr></w:style>'
            )
        )
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    lines = [
        paragraph(
            f"{begin if at == 0 else ''}"
            f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{run(words)}<w:r><w:tab/></w:r>'
            + field(f"PAGEREF {bookmark} \\h", str(page))
            + "</w:hyperlink>",
            f'<w:pStyle w:val="TOC{level}"/>',
        )
        for at, (level, words, bookmark, page) in enumerate(entries)
    ]
    return "".join(lines) + paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>')


def bookmarked(content: str, name: str, number: int) -> str:
    """Runs of `content` (plain words) with a bookmark around them."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{run(content)}<w:bookmarkEnd w:id="{number}"/>'
