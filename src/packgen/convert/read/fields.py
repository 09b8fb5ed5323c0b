"""Word's fields: what becomes of the result that Word stored with each.

Takes field characters and instructions as the inline reader meets them; opens and closes fields in the `Reading`. A
stored result is kept as text, in a link where the field makes one; page numbers are left to the page.
"""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from packgen.convert.document import PageField, Text
from packgen.convert.formats import RunFormat
from packgen.convert.read.context import OpenField, Reading
from packgen.convert.read.ooxml import Element, first, is_on, w

if TYPE_CHECKING:
    from packgen.convert.read.inlines import InlineReader

_PAGE_FIELDS = {"PAGE": "page", "NUMPAGES": "pages", "SECTIONPAGES": "pages"}
_REFERENCES = {"REF", "PAGEREF", "NOTEREF"}
_NUMBER_SWITCH = re.compile(r"\\\*\s*(\w+)")
_NUMBER_FORMATS = {"roman": "lowerRoman", "ROMAN": "upperRoman", "Roman": "upperRoman", "alphabetic": "lowerLetter",
                   "ALPHABETIC": "upperLetter", "Arabic": "decimal", "ArabicDash": "numberInDash"}  # fmt: skip


def begin(reading: Reading) -> None:
    reading.fields.append(OpenField())


def instruction(reading: Reading, text: str) -> None:
    if reading.fields and not reading.fields[-1].in_result:
        reading.fields[-1].instruction += text


def separate(reader: InlineReader, look: RunFormat) -> None:
    """From here on stands the field's stored result."""
    if not reader.reading.fields:
        return
    field = reader.reading.fields[-1]
    words = _split(field.instruction)
    kind = words[0].upper() if words else ""
    field.in_result = True
    if kind in _PAGE_FIELDS:
        _page_number(reader, field, look)
        field.hides_result = True
    elif kind == "HYPERLINK":
        field.uri, field.anchor = _hyperlink(words[1:])
    elif kind in _REFERENCES and "\\h" in words and len(words) > 1:
        field.anchor = words[1]


def end(reader: InlineReader, look: RunFormat) -> None:
    """The field is over; a page number that never had a result is put in now."""
    if not reader.reading.fields:
        return
    field = reader.reading.fields.pop()
    if not field.in_result and field.instruction.split()[:1]:
        kind = field.instruction.split()[0].upper()
        if kind in _PAGE_FIELDS and all(outer.in_result and not outer.hides_result for outer in reader.reading.fields):
            _page_number(reader, field, look)
        elif kind in {"EQ", "INCLUDETEXT", "INCLUDEPICTURE"}:
            reader.reading.refuse(
                f"A field ({kind}) has no stored result to draw.",
                hint="Press F9 on it in Word, then Ctrl+Shift+F9 to make it plain text.",
            )


def character(reader: InlineReader, element: Element, look: RunFormat) -> None:
    """A `w:fldChar`: begin, separate or end; a tick box of an old form is drawn."""
    match element.get(w("fldCharType")):
        case "begin":
            begin(reader.reading)
            box = element.find(f"{w('ffData')}/{w('checkBox')}")
            if box is not None:
                state = first(box, "checked")
                ticked = is_on(state if state is not None else first(box, "default"))
                reader.put(Text("☒" if ticked else "☐", look))
        case "separate":
            separate(reader, look)
        case "end":
            end(reader, look)
        case _:
            pass


def follow_hidden(reading: Reading, run: Element) -> None:
    """Keep count of fields through a hidden run, of which nothing is drawn."""
    for element in run.iter(w("fldChar"), w("instrText")):
        if element.tag == w("instrText"):
            instruction(reading, element.text or "")
            continue
        match element.get(w("fldCharType")):
            case "begin":
                begin(reading)
            case "separate" if reading.fields:
                reading.fields[-1].in_result = True
            case "end" if reading.fields:
                reading.fields.pop()
            case _:
                pass


def _page_number(reader: InlineReader, field: OpenField, look: RunFormat) -> None:
    words = field.instruction.split()
    switch = _NUMBER_SWITCH.search(field.instruction)
    number_format = _NUMBER_FORMATS.get(switch[1], "") if switch else ""
    kind = _PAGE_FIELDS[words[0].upper()]
    reader.put(PageField("page" if kind == "page" else "pages", look, number_format))


def _split(text: str) -> list[str]:
    try:
        return shlex.split(text.replace("\\", "\\\\"), posix=True)
    except ValueError:
        return text.split()


def _hyperlink(words: list[str]) -> tuple[str, str]:
    """The address and the place in it that a HYPERLINK field names."""
    uri = anchor = ""
    rest = iter(words)
    for word in rest:
        if word == "\\l":
            anchor = next(rest, "")
        elif word in {"\\o", "\\t"}:
            next(rest, "")
        elif not word.startswith("\\") and not uri:
            uri = word
    if uri:
        return (f"{uri}#{anchor}" if anchor else uri), ""
    return "", anchor
