"""What stands inside a paragraph: text, tabs, breaks, fields, links, notes, pictures.

Takes a `w:p` element and the shared `Reading`; gives inlines with their formats resolved. Whatever it cannot read it
names as a problem; it never passes over text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import groupby

from packgen.convert.document import Block, Bookmark, Break, Inline, Link, NoteKind, NoteMark, NoteNumber, Text
from packgen.convert.document import Tab as TabMark
from packgen.convert.formats import RunFormat
from packgen.convert.read import drawings, fields, old_drawings
from packgen.convert.read.context import ANOTHER_FILE, COMMENTED, TRACKED, UNSUPPORTED, Reading
from packgen.convert.read.ooxml import Element, first, local_name, name, w
from packgen.convert.read.styles import OUTSIDE, TableContext
from packgen.convert.read.symbols import symbol, without_symbols

_CHARACTERS = {"noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
# Elements that mark something without being drawn.
_SILENT = {
    "pPr", "rPr", "proofErr", "bookmarkEnd", "lastRenderedPageBreak", "permStart", "permEnd", "separator",
    "continuationSeparator", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr",
    "commentRangeEnd", "annotationRef", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart",
    "moveToRangeEnd", "yearLong", "instrText", "delInstrText", "customXmlInsRangeStart", "customXmlInsRangeEnd",
}  # fmt: skip
_HEXADECIMAL = re.compile("[0-9A-Fa-f]{1,6}")
_CONTAINERS = {"smartTag", "sdt", "sdtContent", "customXml", "bdo", "dir"}
_REFUSED = {
    "ins": ("Inserted text is still tracked as a change.", "Accept or reject all changes in Word, and save."),
    "del": ("Deleted text is still tracked as a change.", "Accept or reject all changes in Word, and save."),
    "moveFrom": ("Moved text is still tracked as a change.", "Accept or reject all changes in Word, and save."),
    "moveTo": ("Moved text is still tracked as a change.", "Accept or reject all changes in Word, and save."),
    "commentRangeStart": ("There is a comment on the text.", "Delete all comments in Word, and save."),
    "commentReference": ("There is a comment on the text.", "Delete all comments in Word, and save."),
    "oMath": ("An equation cannot be drawn.", "Put it in as a picture with alternative text."),
    "oMathPara": ("An equation cannot be drawn.", "Put it in as a picture with alternative text."),
    "object": (
        "An object of another program is embedded in the text.",
        "Put it in as a picture with alternative text, or as a table.",
    ),
    "ruby": ("Text with a reading beside it (ruby) cannot be drawn.", "Write the reading in brackets."),
    "contentPart": ("Ink drawing cannot be drawn.", "Put it in as a picture with alternative text."),
    "control": ("A form control cannot be drawn.", "Write its value as text."),
    "subDoc": ("The document takes in another file.", "Copy the text of that file into this document."),
    "altChunk": ("The document takes in another file.", "Copy the text of that file into this document."),
}
_CODES = {
    **dict.fromkeys(("ins", "del", "moveFrom", "moveTo"), TRACKED),
    **dict.fromkeys(("commentRangeStart", "commentReference"), COMMENTED),
    **dict.fromkeys(("subDoc", "altChunk"), ANOTHER_FILE),
}

BoxReader = Callable[[Element], tuple[Block, ...]]


class InlineReader:
    """Reads the content of one paragraph.

    `style` and `context` are those its runs inherit from; `box_content` reads what a text box holds.
    """

    def __init__(self, reading: Reading, box_content: BoxReader, style: str, context: TableContext = OUTSIDE) -> None:
        self.reading = reading
        self.box_content = box_content
        self.style = style
        self.context = context
        self._found: list[tuple[Inline, tuple[str, str]]] = []
        self._links: list[tuple[str, str]] = []
        self._marks: set[Element] = set()

    def read(self, paragraph: Element) -> tuple[Inline, ...]:
        self._children(paragraph)
        content: list[Inline] = []
        for (uri, anchor), group in groupby(self._found, key=lambda pair: pair[1]):
            inlines = tuple(inline for inline, _ in group)
            content.extend((Link(inlines, uri, anchor),) if uri or anchor else inlines)
        return tuple(content)

    def put(self, inline: Inline) -> None:
        """Add `inline` to what was found, inside the link that is open here."""
        link = self._links[-1] if self._links else ("", "")
        for field in self.reading.fields:
            if field.in_result and (field.uri or field.anchor):
                link = (field.uri, field.anchor)
        self._found.append((inline, link))

    def _children(self, parent: Element) -> None:
        for child in parent:
            local = local_name(child)
            if local == "r":
                self._run(child)
            elif local in _CONTAINERS:
                self._children(child)
            elif local in _INLINE_READERS:
                _INLINE_READERS[local](self, child)
            else:
                self._other(child, local)

    def _run(self, run: Element) -> None:
        properties = first(run, "rPr")
        look = self.reading.styles.run(properties, self.style, self.context)
        if look.hidden:
            for text in run.iter(w("t")):
                self.reading.took(text)
            fields.follow_hidden(self.reading, run)
            return
        for child in run:
            local = local_name(child)
            if local == "fldChar":
                fields.character(self, child, look)
            elif local == "instrText":
                fields.instruction(self.reading, child.text or "")
            elif any(field.hides_result or not field.in_result for field in self.reading.fields):
                for text in child.iter(w("t")):
                    self.reading.took(text)
            else:
                self._shown(child, local, look)

    def _shown(self, child: Element, local: str, look: RunFormat) -> None:
        """One element of a run that is drawn, outside fields or as the result of one."""
        if child in self._marks:
            return
        if local == "t":
            self.reading.took(child)
            self._text(child.text or "", look)
        elif local in {"tab", "ptab"}:
            self.put(TabMark(look))
        elif local in {"br", "cr"}:
            self._break(child)
        elif local in _CHARACTERS:
            self.put(Text(_CHARACTERS[local], look))
        elif local == "sym":
            self._symbol(child, look)
        elif local in {"footnoteReference", "endnoteReference"}:
            kind: NoteKind = "footnote" if local[0] == "f" else "endnote"
            self.put(NoteMark(kind, child.get(w("id"), ""), look, self._own_mark(child)))
        elif local in {"footnoteRef", "endnoteRef"}:
            self.put(NoteNumber(look))
        elif local in _RUN_READERS:
            _RUN_READERS[local](self, child)
        else:
            self._other(child, local)

    def _own_mark(self, reference: Element) -> str:
        """The mark that the author typed behind `reference` in place of a number, which is then not read again."""
        if reference.get(w("customMarkFollows")) not in {"1", "true", "on"}:
            return ""
        following = [element for element in reference.itersiblings(w("t")) if element.text]
        for element in following:
            self.reading.took(element)
            self._marks.add(element)
        return "".join(element.text for element in following).strip()

    def _text(self, text: str, look: RunFormat) -> None:
        drawn, lost = without_symbols(text, look.font)
        if lost:
            codes = ", ".join(f"{ord(character):04X}" for character in lost)
            self.reading.refuse(
                f"A symbol of the font {look.font} has no counterpart that can be drawn ({codes}).",
                hint="Use Insert > Symbol to put in a character of Arial or Times New Roman that looks alike.",
                code="convert.missing-character",
            )
        if look.caps and not self.reading.as_typed:
            drawn = drawn.upper()
        # Line ends inside text are blanks to Word; a tab typed into the XML is a tab.
        for index, piece in enumerate(drawn.replace("\n", " ").replace("\r", "").split("\t")):
            if index:
                self.put(TabMark(look))
            if piece:
                self.put(Text(piece, look))

    def _break(self, child: Element) -> None:
        kind = child.get(w("type"), "textWrapping")
        self.put(Break("page" if kind == "page" else "column" if kind == "column" else "line"))

    def _symbol(self, child: Element, look: RunFormat) -> None:
        written, font = child.get(w("char"), "0"), child.get(w("font"), "")
        code = int(written, 16) if _HEXADECIMAL.fullmatch(written) else 0
        drawn = symbol(font, code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else None
        if drawn is None:
            self.reading.refuse(
                f"A symbol of the font {font} has no counterpart that can be drawn ({code:04X}).",
                hint="Use Insert > Symbol to put in a character of Arial or Times New Roman that looks alike.",
                code="convert.missing-character",
            )
        else:
            self.put(Text(drawn, look))

    def hyperlink(self, element: Element) -> None:
        relationship = self.reading.package.relationships(self.reading.part).get(element.get(name("r:id"), ""))
        anchor = element.get(w("anchor"), "")
        uri = ""
        if relationship is not None and relationship.external:
            uri = relationship.target + (f"#{anchor}" if anchor and "#" not in relationship.target else "")
        self._links.append((uri, "") if uri else ("", anchor))
        self._children(element)
        self._links.pop()

    def simple_field(self, element: Element) -> None:
        look = self.reading.styles.run(element.find(f"{w('r')}/{w('rPr')}"), self.style, self.context)
        fields.begin(self.reading)
        fields.instruction(self.reading, element.get(w("instr"), ""))
        fields.separate(self, look)
        self._children(element)
        fields.end(self, look)

    def bookmark(self, element: Element) -> None:
        label = element.get(w("name"), "")
        if label and label not in self.reading.bookmarks:
            self.reading.bookmarks.add(label)
            self._found.append((Bookmark(label), ("", "")))

    def alternate(self, element: Element) -> None:
        """The first of several ways to say the same that packgen can read."""
        choice = element.find(name("mc:Choice"))
        fallback = element.find(name("mc:Fallback"))
        chosen = choice if choice is not None else fallback
        for child in chosen if chosen is not None else ():
            local = local_name(child)
            if local in _RUN_READERS:
                _RUN_READERS[local](self, child)
            elif local == "r":
                self._run(child)
            else:
                self._other(child, local)

    def drawing(self, element: Element) -> None:
        for inline in drawings.read_drawing(self, element):
            self.put(inline)

    def vml(self, element: Element) -> None:
        for inline in old_drawings.read_vml(self.reading, element):
            self.put(inline)

    def _other(self, element: Element, local: str) -> None:
        if local in _SILENT:
            return
        if local in _REFUSED:
            message, hint = _REFUSED[local]
            self.reading.refuse(message, hint=hint, code=_CODES.get(local, UNSUPPORTED))
            for text in element.iter(w("t"), w("delText")):
                self.reading.took(text)
            return
        says = {"t", "delText", "sym", "docPr"}
        if local == "sym" or any(local_name(each) in says for each in element.iter()):
            self.reading.refuse(
                f"Text stands inside something that packgen does not know ({local}).",
                hint="Save the document again in Word, or send it as PDF.",
            )
            for text in element.iter(w("t")):
                self.reading.took(text)


_INLINE_READERS: Mapping[str, Callable[[InlineReader, Element], None]] = {
    "hyperlink": InlineReader.hyperlink,
    "fldSimple": InlineReader.simple_field,
    "bookmarkStart": InlineReader.bookmark,
    "AlternateContent": InlineReader.alternate,
}
_RUN_READERS: Mapping[str, Callable[[InlineReader, Element], None]] = {
    "drawing": InlineReader.drawing,
    "pict": InlineReader.vml,
    "AlternateContent": InlineReader.alternate,
}
