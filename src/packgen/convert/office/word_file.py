"""Word files on their way to LibreOffice.

Takes a DOCX; gives it with its fields as Word last showed them, and every piece of text that must be drawn. Refuses
what LibreOffice would print though nobody should read it: struck-out text and comments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from packgen.convert.office.prepared import Described, Expected, Prepared, cut_off, packed, serialised
from packgen.convert.read.context import COMMENTED, TRACKED, UNSUPPORTED
from packgen.convert.read.numbering import Numbering
from packgen.convert.read.ooxml import Element, is_on, local_name, name, val, w
from packgen.convert.read.package import DocxPackage, open_package
from packgen.convert.read.styles import StyleSheet
from packgen.convert.read.theme import Theme
from packgen.errors import ConversionError, Problem

_STORIES = ("header", "footer", "footnotes", "endnotes")
# Fields that LibreOffice works out as Word does; the others stay as Word last showed them, dates above all.
_LIVE = {"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "HYPERLINK", "TOC", "REF", "FORMCHECKBOX", "FORMTEXT",
         "FORMDROPDOWN"}  # fmt: skip
_NUMBERS = {"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "FORMCHECKBOX", "FORMDROPDOWN"}
_NEED_RESULT = {"EQ", "INCLUDETEXT", "INCLUDEPICTURE", "LINK", "DDE", "DDEAUTO"}
_TRACKED = {"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"}
_COMMENTS = {"commentReference", "commentRangeStart"}
_FORMER_LOOKS = {"rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange",
                 "tblPrExChange", "numberingChange"}  # fmt: skip
_REACHING_OUT = {"attachedTemplate", "mailMerge"}
_BREAKS = {"tab", "ptab", "br", "cr", "sym", "footnoteReference", "endnoteReference", "fldChar", "drawing", "pict",
           "object", "oMath", "ruby", "rt", "rubyBase"}  # fmt: skip
_RESERVED_NOTES = {"separator", "continuationSeparator", "continuationNotice"}


@dataclass
class _Field:
    """A field that is open, with what would have to go if its result were plain text."""

    instruction: str = ""
    in_result: bool = False
    code: list[Element] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return (self.instruction.split() or [""])[0].upper()


def prepare_word(data: bytes, file: str) -> Prepared:
    """A DOCX ready to be drawn.

    Raises:
        ConversionError: it is damaged or encrypted, holds tracked changes, comments or text of other files.
    """
    package = open_package(data, file)
    parts = dict(package.parts)
    main = package.main_part
    related = {r.target: r.kind for r in package.relationships(main).values() if r.target in parts and not r.external}
    stories = [main, *sorted(part for part, kind in related.items() if kind in _STORIES)]
    roots = {part: package.xml(part) for part in stories}
    problems = [problem for part in stories for problem in _refused(roots[part], file)]
    problems += [problem for part in stories for problem in _freeze_fields(roots[part], file)]
    if problems:
        raise ConversionError(dict.fromkeys(problems))
    _picture_objects(roots.values(), file)
    warnings = tuple(dict.fromkeys(cut_off(package, parts)))
    for part, kind in related.items():
        if kind == "settings":
            roots[part] = package.xml(part)
            _remove(roots[part], _REACHING_OUT)
    for part, root in roots.items():
        _remove(root, _FORMER_LOOKS)
        parts[part] = serialised(root)
    hidden = hidden_styles(package)
    expected = [
        each
        for part in stories
        if part == main or related[part] in {"footnotes", "endnotes"} or _always_shown(roots[main], package, part)
        for each in _texts(roots[part], hidden, "" if part == main else _STORY_NAMES[related[part]])
    ]
    formulas = tuple(
        "".join(text.text or "" for text in formula.iter(name("m:t"))) for formula in roots[main].iter(name("m:oMath"))
    )
    pictures = (tuple(_described(roots[main])),)
    return Prepared(
        packed(parts),
        tuple(expected),
        formulas=formulas,
        pictures=pictures,
        language=_language(package),
        warnings=warnings,
    )


def _language(package: DocxPackage) -> str:
    """What language the style of usual text is in."""
    theme = Theme()
    return StyleSheet(package.related_xml("styles"), theme, Numbering(None, theme)).base_run().language


_STORY_NAMES = {"header": "header", "footer": "footer", "footnotes": "footnotes", "endnotes": "endnotes"}


def _refused(root: Element, file: str) -> Iterator[Problem]:
    for element in root.iter("{*}*"):
        local = local_name(element)
        if local in _TRACKED and element.tag == w(local):
            yield Problem(
                code=TRACKED,
                file=file,
                message="A change is still tracked.",
                hint="Accept or reject all changes in Word, and save.",
            )
        elif local in _COMMENTS and element.tag == w(local):
            yield Problem(
                code=COMMENTED,
                file=file,
                message="There is a comment on the text.",
                hint="Delete all comments in Word, and save.",
            )


def _remove(root: Element, locals_: set[str]) -> None:
    for element in [each for each in root.iter("{*}*") if local_name(each) in locals_]:
        element.getparent().remove(element)


def _freeze_fields(root: Element, file: str) -> Iterator[Problem]:
    """Makes plain text of every field but those that LibreOffice works out as Word does."""
    opened: list[_Field] = []
    doomed: list[Element] = []
    for element in root.iter("{*}*"):
        kind = element.get(w("fldCharType")) if element.tag == w("fldChar") else None
        if kind == "begin":
            opened.append(_Field())
        if not opened:
            continue
        if local_name(element.getparent()) == "r" and element.tag != w("rPr"):
            for each in opened:
                if not each.in_result:
                    each.code.append(element)
        ended = _follow(opened, element)
        if ended is not None and ended.kind not in _LIVE:
            doomed += [*ended.code, element]
            yield from _without_result(ended, file)
    for element in doomed:
        if element.getparent() is not None:
            element.getparent().remove(element)
    for simple in list(root.iter(w("fldSimple"))):
        if (simple.get(w("instr"), "").split() or [""])[0].upper() not in _LIVE:
            parent = simple.getparent()
            at = parent.index(simple)
            parent[at : at + 1] = list(simple)


def _picture_objects(roots: Iterable[Element], file: str) -> None:
    """Leaves of an embedded object the picture that Word shows of it: LibreOffice would open it and show what it likes.

    Raises:
        ConversionError: there is no such picture.
    """
    for embedded in [each for root in roots for each in root.iter(w("object"))]:
        if embedded.find(f".//{name('v:imagedata')}") is None:
            raise ConversionError(
                Problem(
                    code=UNSUPPORTED,
                    file=file,
                    message="An object of another program is embedded in the text, and there is no picture of it.",
                    hint="Put it in as a picture with alternative text, or as a table.",
                )
            )
        for child in [each for each in embedded if each.tag == name("o:OLEObject") or each.tag.startswith(w(""))]:
            embedded.remove(child)
        embedded.tag = w("pict")


def _described(root: Element) -> Iterator[Described]:
    """What is said of each picture, chart and drawn shape, in the order of the text."""
    for element in root.iter(name("wp:docPr"), name("v:imagedata")):
        if next(element.iterancestors(name("mc:Fallback")), None) is not None:
            continue
        if element.tag == name("v:imagedata"):
            said = element.getparent().get("alt") or element.get(name("o:title")) or ""
            yield Described(" ".join(said.split()), in_order="absolute" not in element.getparent().get("style", ""))
            continue
        holder = element.getparent()
        mark = element.find(f".//{name('adec:decorative')}")
        decorative = mark is not None and mark.get("val") in {"1", "true"}
        said = " ".join((element.get("descr") or element.get("title") or "").split())
        speaks = any((text.text or "").strip() for text in holder.iter(w("t")))
        shapes = sum(1 for _ in holder.iter(name("wps:wsp"), name("pic:pic")))
        in_order = holder.tag == name("wp:inline") and next(holder.iter(name("wps:wsp")), None) is None
        for _ in range(max(shapes, 1)):
            yield Described(None if decorative or (speaks and not said) else said, in_order)


def _without_result(ended: _Field, file: str) -> Iterator[Problem]:
    if not ended.in_result and ended.kind in _NEED_RESULT:
        yield Problem(
            code=UNSUPPORTED,
            file=file,
            message=f"A field ({ended.kind}) has no stored result to draw.",
            hint="Press F9 on it in Word, then Ctrl+Shift+F9 to make it plain text.",
        )


def _always_shown(main: Element, package: DocxPackage, part: str) -> bool:
    """Whether a header or footer is surely on a page: the usual one, where first and even pages have none of theirs."""
    settings = package.related_xml("settings")
    if settings is not None and is_on(settings.find(w("evenAndOddHeaders"))):
        return False
    relationships = package.relationships(package.main_part)
    for section in main.iter(w("sectPr")):
        for reference in section:
            if local_name(reference) in {"headerReference", "footerReference"}:
                found = relationships.get(reference.get(name("r:id"), ""))
                usual = reference.get(w("type"), "default") == "default"
                if found is not None and found.target == part and usual and not is_on(section.find(w("titlePg"))):
                    return True
    return False


def hidden_styles(package: DocxPackage) -> frozenset[str]:
    """The styles whose text Word does not show, those based on them included."""
    root = package.related_xml("styles")
    styles = {style.get(w("styleId"), ""): style for style in root.iter(w("style"))} if root is not None else {}
    hidden: set[str] = set()
    for style_id in styles:
        current, seen = style_id, set[str]()
        while current in styles and current not in seen:
            seen.add(current)
            mark = styles[current].find(f"{w('rPr')}/{w('vanish')}")
            if mark is not None:
                if is_on(mark):
                    hidden.add(style_id)
                break
            current = val(styles[current].find(w("basedOn")))
    return frozenset(hidden)


def _texts(root: Element, hidden: frozenset[str], story: str) -> Iterator[Expected]:
    """Every piece of text as far as it stands unbroken."""
    pieces: dict[Element, list[str]] = {}
    places: dict[Element, str] = {}
    opened: list[_Field] = []
    count = 0
    for element in root.iter("{*}*"):
        local = local_name(element)
        if element.tag == w("p"):
            outer = next(element.iterancestors(w("p"), w("tc")), None)
            count += outer is None
            places[element] = story or f"paragraph {count}" + (" (in a table)" if _in_table(element) else "")
            pieces[element] = [""]
            continue
        if element.get(w("fldCharType")) == "begin":
            opened.append(_Field())
        _follow(opened, element)
        paragraph = next(element.iterancestors(w("p")), None)
        if paragraph is None or paragraph not in pieces:
            continue
        if local in _BREAKS:
            pieces[paragraph].append("")
        elif element.tag == w("t") and _shown(element, paragraph, hidden, opened):
            pieces[paragraph][-1] += element.text or ""
    for paragraph, found in pieces.items():
        for text in found:
            if text.strip():
                yield Expected(text, places[paragraph])


def _in_table(paragraph: Element) -> bool:
    return next(paragraph.iterancestors(w("tc")), None) is not None


def _follow(opened: list[_Field], element: Element) -> _Field | None:
    """Keeps count of the innermost field that is open; gives the one that ends here."""
    kind = element.get(w("fldCharType")) if element.tag == w("fldChar") else None
    if element.tag == w("instrText") and opened and not opened[-1].in_result:
        opened[-1].instruction += element.text or ""
    elif kind == "separate" and opened:
        opened[-1].in_result = True
    elif kind == "end" and opened:
        return opened.pop()
    return None


def _shown(text: Element, paragraph: Element, hidden: frozenset[str], opened: list[_Field]) -> bool:
    """Whether a piece of text is to be seen as it is: not hidden, no page number, not there for older programs."""
    if any(not each.in_result or each.kind in _NUMBERS for each in opened):
        return False
    for outer in text.iterancestors(name("mc:Fallback"), w("fldSimple"), w("footnote"), w("endnote")):
        if outer.tag == name("mc:Fallback"):
            return False
        if outer.tag == w("fldSimple") and (outer.get(w("instr"), "").split() or [""])[0].upper() in _NUMBERS:
            return False
        if outer.get(w("type")) in _RESERVED_NOTES:
            return False
    look = text.getparent().find(w("rPr"))
    own = look.find(w("vanish")) if look is not None else None
    if own is not None:
        return not is_on(own)
    styles = {val(look.find(w("rStyle"))) if look is not None else ""}
    styles.add(val(paragraph.find(f"{w('pPr')}/{w('pStyle')}")))
    return not styles & hidden
