"""Word footnotes: the part that holds them, made where a template has none.

Takes the footnotes of prose; gives their identifiers and fills the part. Never touches the text that refers to them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from packgen.fill.package import FOOTNOTES, FOOTNOTES_TYPE, Package, Part
from packgen.fill.styles import Styles
from packgen.fill.xml import WORD, attribute, child, element, qualified, text_element, whole
from packgen.prose.tree import FootnoteReference, Paragraph

_EMPTY = f'<w:footnotes xmlns:w="{WORD}"/>'.encode()
_SEPARATORS = (("separator", -1), ("continuationSeparator", 0))
# What stands after w:footnotePr in a settings part.
_AFTER_FOOTNOTES = (
    "endnotePr compat docVars rsids mathPr attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats"
    " doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown smartTagType schemaLibrary shapeDefaults"
    " doNotEmbedSmartTags decimalSymbol listSeparator"
)


class Footnotes:
    """The footnotes of one document."""

    def __init__(self, package: Package, styles: Styles) -> None:
        self._package = package
        self._styles = styles
        self.part = package.document.readable(FOOTNOTES)

    def add(self, footnote: FootnoteReference, write: Callable[[Paragraph], list[Any]]) -> int:
        """Add a footnote whose paragraphs `write` turns into runs; give its identifier."""
        if self.part is None:
            self.part = self._new_part()
        root = self.part.element
        used = (whole(attribute(note, "id")) or 0 for note in root)
        identifier = max(used, default=0) + 1
        text_style = self._styles.need("paragraph", "Footnote Text", used_for="a footnote")
        mark_style = self._styles.need("character", "Footnote Reference", used_for="a footnote")
        note = element("w:footnote", id=identifier)
        root.append(note)
        paragraphs = [block for block in footnote.blocks if isinstance(block, Paragraph)]
        for index, paragraph in enumerate(paragraphs):
            made = element("w:p", element("w:pPr", element("w:pStyle", val=text_style)))
            if index == 0:
                mark = element("w:rPr", element("w:rStyle", val=mark_style))
                made.append(element("w:r", mark, element("w:footnoteRef")))
                made.append(element("w:r", text_element(" ")))
            made.extend(write(paragraph))
            note.append(made)
        return identifier

    def _new_part(self) -> Part:
        part = Part("word/footnotes.xml", FOOTNOTES_TYPE, _EMPTY)
        for kind, identifier in _SEPARATORS:
            spacing = element("w:spacing", before=0, after=0, line=240, lineRule="auto")
            line = element("w:p", element("w:pPr", spacing), element("w:r", element(f"w:{kind}")))
            part.element.append(element("w:footnote", line, type=kind, id=identifier))
        self._package.document.refer(FOOTNOTES, part)
        self._name_separators(self._package.settings.element)
        return part

    def _name_separators(self, settings: Any) -> None:
        if child(settings, "w:footnotePr") is not None:
            return
        named = element("w:footnotePr", *(element("w:footnote", id=identifier) for _, identifier in _SEPARATORS))
        later = {qualified(f"w:{name}") for name in _AFTER_FOOTNOTES.split()}
        for sibling in settings:
            if sibling.tag in later or sibling.tag.endswith("}mathPr"):
                sibling.addprevious(named)
                return
        settings.append(named)
