"""What stands inside a paragraph, as Typst code.

Takes inlines; gives one expression. Text goes in as string literals, pictures as boxes, notes as Typst's own footnotes.
Never decides where a paragraph stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from packgen.convert.document import (
    Bookmark,
    Break,
    Inline,
    Link,
    NoteMark,
    PageField,
    Paragraph,
    ParagraphFormat,
    Picture,
    RunFormat,
    Tab,
    TabStop,
    Text,
    TextBox,
    flat,
)
from packgen.convert.write import pictures
from packgen.convert.write.looks import LineHeight, Looks, plain
from packgen.convert.write.typst_text import array, label_name, literal, pt, words

_PATTERNS = {
    "decimal": "1",
    "lowerRoman": "i",
    "upperRoman": "I",
    "lowerLetter": "a",
    "upperLetter": "A",
    "numberInDash": "- 1 -",
}
_SMALL_CAPS = 0.8
_NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the text of a paragraph must know of it.

    `width` is the room for its lines. Without `links` they are drawn as plain text (page headers). A `heading` is read
    again for the outline, so nothing in it may wait until it is drawn.
    """

    look: ParagraphFormat
    run: RunFormat
    line: LineHeight
    start: float
    left: float
    width: float = 0.0
    links: bool = True
    number_format: str = "decimal"
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the rest of the writer does for text: notes, boxes, and which bookmarks lead somewhere."""

    note: Callable[[NoteMark], str]
    box: Callable[[TextBox], str]
    bookmarks: frozenset[str]
    targets: frozenset[str]
    missing_target: Callable[[str], None]


class InlineWriter:
    """Writes the content of paragraphs."""

    def __init__(self, looks: Looks, hooks: Hooks, default_tab: float) -> None:
        self.looks = looks
        self.hooks = hooks
        self.default_tab = default_tab
        self._numbering: dict[str, str] = {}

    def body(self, content: Sequence[Inline], around: Surroundings) -> str:
        """`content` as one expression; lines with tabs are measured where they are drawn."""
        if not any(isinstance(inline, Tab) for inline in flat(tuple(content))):
            return _joined([self._piece(inline, around) for inline in _merged(content)])
        parts: list[str] = []
        start = around.start
        for index, line in enumerate(_lines(content)):
            if index:
                parts.append("linebreak()")
                start = around.left
            parts.append(self._tabbed(line, replace(around, start=start)))
        return _joined(parts)

    def _tabbed(self, line: Sequence[Inline], around: Surroundings) -> str:
        pieces: list[list[Inline]] = [[]]
        forms: list[str] = []
        for inline in _unlinked_tabs(line):
            if isinstance(inline, Tab):
                forms.append("_" if inline.format.underline else "")
                pieces.append([])
            else:
                pieces[-1].append(inline)
        if not forms:
            return _joined([self._piece(inline, around) for inline in _merged(line)])
        stops = self._stops(around)
        if around.heading:
            return self._reckoned(pieces, stops, around)
        decimal = any(stop.kind == "decimal" for stop in stops)
        written = [
            _joined([self._piece(inline, around) for inline in _merged(_held(piece, last=index == len(pieces) - 1))])
            or "none"
            for index, piece in enumerate(pieces)
        ]
        heads = [
            _joined([self._piece(inline, around) for inline in _merged(_before_point(piece))]) or "none"
            for piece in pieces
        ]
        shown = array([f'({pt(stop.position)},"{stop.kind}",{literal(stop.leader)})' for stop in stops])
        name = self.looks.source.define("s", "", shown)
        return (
            f"tabbed({name},{pt(self.default_tab)},{pt(around.start)},{pt(around.left + around.width)},"
            f"{array([literal(form) for form in forms])},"
            f"{array(heads) if decimal else 'none'},"
            f"{','.join(piece if piece != 'none' else '[]' for piece in written)})"
        )

    def _reckoned(self, pieces: Sequence[list[Inline]], stops: Sequence[TabStop], around: Surroundings) -> str:
        """Pieces with tabs between them, where the gaps are reckoned here from the widths of the letters."""
        at = around.start
        parts: list[str] = []
        for index, piece in enumerate(pieces):
            width = self._width(piece)
            if index:
                stop = next((stop for stop in stops if stop.position > at + 0.05), None)
                position = stop.position if stop else (int((at + 0.05) / self.default_tab) + 1) * self.default_tab
                share = {"right": 1.0, "decimal": 1.0, "centre": 0.5}.get(stop.kind, 0.0) if stop else 0.0
                gap = max(position - at - width * share, 0.0)
                # The blank parts the words in the outline, which takes no notice of distances.
                parts.append(f'box(width:{pt(gap)}," ")')
                at += gap
            parts += [self._piece(inline, around) for inline in _merged(piece)]
            at += width
        return _joined(parts)

    def _width(self, content: Sequence[Inline]) -> float:
        return sum(
            self.looks.fonts.width(
                inline.text,
                self.looks.family(inline.format.font),
                inline.format.size,
                bold=inline.format.bold,
                italic=inline.format.italic,
            )
            for inline in flat(tuple(content))
            if isinstance(inline, Text)
        )

    def _stops(self, around: Surroundings) -> list[TabStop]:
        """The stops of the paragraph; a hanging indent is one as well."""
        stops = [stop for stop in around.look.tabs if stop.kind != "bar"]
        hanging = around.left
        if around.look.first < 0 and hanging > 0.05 and not any(abs(s.position - hanging) < 0.05 for s in stops):
            stops.append(TabStop(hanging))
        return sorted(stops, key=lambda stop: stop.position)

    def _piece(self, inline: Inline, around: Surroundings) -> str:
        match inline:
            case Text():
                return self.text(inline.text, inline.format, around)
            case Break():
                return "linebreak()"
            case Tab():
                return "h(1em)"
            case Link():
                return self._link(inline, around)
            case PageField():
                return self._styled(self._page_field(inline, around), inline.format, around)
            case Bookmark():
                return f"[#metadata(none)<b-{label_name(inline.name)}>]" if inline.name in self.hooks.targets else ""
            case NoteMark():
                return self.hooks.note(inline)
            case Picture():
                return pictures.inline_picture(inline)
            case TextBox():
                return self.hooks.box(inline)

    def text(self, text: str, run: RunFormat, around: Surroundings) -> str:
        """`text` drawn as `run`."""
        if run.small_caps and text != text.upper():
            small = replace(run, size=run.size * _SMALL_CAPS, small_caps=False)
            parts = [
                self._styled(words(piece.upper()), small if low else replace(run, small_caps=False), around)
                for low, piece in _by_case(text)
            ]
            return _joined(parts)
        return self._styled(words(text), run, around)

    def _styled(self, code: str, run: RunFormat, around: Surroundings) -> str:
        function = self.looks.run(run, plain(around.run), around.line)
        return f"{function}({code})" if function else code

    def _link(self, link: Link, around: Surroundings) -> str:
        inner = _joined([self._piece(inline, around) for inline in _merged(link.content)])
        if not around.links or not inner:
            return inner
        if link.uri:
            return f"link({literal(link.uri)},{inner})"
        if link.anchor in self.hooks.bookmarks:
            return f'link(label("b-{label_name(link.anchor)}"),{inner})'
        self.hooks.missing_target(link.anchor)
        return inner

    def _page_field(self, field: PageField, around: Surroundings) -> str:
        if field.kind == "pages":
            return "context str(locate(<packgen-end>).page())"
        pattern = _PATTERNS.get(field.number_format or around.number_format, "1")
        return f'context counter(page).display("{pattern}")'


def dominant(paragraph: Paragraph) -> RunFormat:
    """The format of most of a paragraph's characters, which the paragraph as a whole is set in."""
    weights: Counter[RunFormat] = Counter()
    for inline in flat(paragraph.content):
        if isinstance(inline, Text):
            weights[inline.format] += len(inline.text)
        elif isinstance(inline, PageField | Tab):
            weights[inline.format] += 1
    return plain(weights.most_common(1)[0][0]) if weights else plain(paragraph.mark)


def _joined(parts: list[str]) -> str:
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return parts[0] if parts else ""
    return "{" + ";".join(parts) + "}"


def _merged(content: Sequence[Inline]) -> list[Inline]:
    """`content` with neighbouring text of one format as one, as it was before Word cut it up."""
    found: list[Inline] = []
    for inline in content:
        last = found[-1] if found else None
        if isinstance(inline, Text) and isinstance(last, Text) and last.format == inline.format:
            found[-1] = Text(last.text + inline.text, last.format)
        else:
            found.append(inline)
    return found


def _lines(content: Sequence[Inline]) -> list[list[Inline]]:
    lines: list[list[Inline]] = [[]]
    for inline in content:
        if isinstance(inline, Break):
            lines.append([])
        else:
            lines[-1].append(inline)
    return lines


def _unlinked_tabs(line: Sequence[Inline]) -> list[Inline]:
    """`line` with links cut at the tabs inside them (as in a table of contents)."""
    found: list[Inline] = []
    for inline in line:
        if isinstance(inline, Link) and any(isinstance(each, Tab) for each in inline.content):
            piece: list[Inline] = []
            for each in inline.content:
                if isinstance(each, Tab):
                    if piece:
                        found.append(replace(inline, content=tuple(piece)))
                    found.append(each)
                    piece = []
                else:
                    piece.append(each)
            if piece:
                found.append(replace(inline, content=tuple(piece)))
        else:
            found.append(inline)
    return found


def _held(piece: list[Inline], *, last: bool) -> list[Inline]:
    """`piece` with blanks at its ends that no line end swallows: they count for the tab beside them."""
    held = list(piece)
    if held and isinstance(held[0], Text):
        text = held[0].text
        blanks = len(text) - len(text.lstrip(" "))
        held[0] = replace(held[0], text=_NO_BREAK_SPACE * blanks + text[blanks:])
    if held and not last and isinstance(held[-1], Text):
        text = held[-1].text
        kept = text.rstrip(" ")
        held[-1] = replace(held[-1], text=kept + _NO_BREAK_SPACE * (len(text) - len(kept)))
    return held


def _before_point(piece: list[Inline]) -> list[Inline]:
    """What of `piece` stands before its first decimal point."""
    found: list[Inline] = []
    for inline in piece:
        if isinstance(inline, Text) and "." in inline.text:
            head = inline.text.partition(".")[0]
            return [*found, replace(inline, text=head)] if head else found
        found.append(inline)
    return found


def _by_case(text: str) -> list[tuple[bool, str]]:
    """`text` in pieces that are all lower case letters, or have none."""
    pieces: list[tuple[bool, str]] = []
    for character in text:
        low = character != character.upper()
        if pieces and pieces[-1][0] == low:
            pieces[-1] = (low, pieces[-1][1] + character)
        else:
            pieces.append((low, character))
    return pieces
