"""Sections as Typst statements: paper, margins, columns, page headers and footers.

Takes `Section` values; adds lines to the source. A header taller than its margin pushes the text down, as in Word:
where that may be, `measure` is asked how tall it comes out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from packgen.convert.document import Block, NewPage, PageKind, Paragraph, Section, Table, paragraphs_of
from packgen.convert.paper import PageSetup
from packgen.convert.write.arrange import between
from packgen.convert.write.blocks import BlockWriter
from packgen.convert.write.columns import ColumnWriter, TextArea, has_footnotes
from packgen.convert.write.estimate import height_of
from packgen.convert.write.inlines import dominant
from packgen.convert.write.notes import numbered, restarted
from packgen.convert.write.paper import background, line_numbers, margins
from packgen.convert.write.room import CLOSING_LINE, Room
from packgen.convert.write.source import MeasureCode, Source
from packgen.convert.write.typst_text import pt

_KINDS: tuple[PageKind, ...] = ("default", "first", "even")
# Headers that come within this part of their margin by a rough count are measured.
_SURE = 0.85
# A column that may be taller than this part of the page is taken to flow on to the next.
_FULL = 0.9


class _Band(Struct, frozen=True):
    """The header or footer of one kind of page: its code and its height (0 where it surely fits)."""

    code: str
    height: float


class SectionWriter:
    """Writes the sections of one document in order."""

    def __init__(
        self,
        source: Source,
        blocks: BlockWriter,
        refuse: Callable[[str, str, str], None],
        *,
        cautious: bool,
    ) -> None:
        self.source = source
        self.blocks = blocks
        self._refuse = refuse
        self._hanging: dict[int, float] = {}
        self._cautious = cautious
        # The section that opened the page, and the one before, which may be the same.
        self._open: Section | None = None
        self._before: Section | None = None
        self._noted = False
        self.columns = ColumnWriter(blocks)
        self._area = TextArea(0.0, 0.0)

    def room(self, section: Section) -> Room:
        page = section.page
        width = page.width - page.left - page.right
        count = section.columns.count
        return Room(
            page,
            (width - section.columns.gap * (count - 1)) / count,
            page.height - page.top - page.bottom,
            cautious=self._cautious,
            columns=count,
            number_format=section.number_format,
            hanging=self.hanging_space(section),
        )

    def write(self, section: Section, index: int, following: Section | None, measure: MeasureCode) -> None:
        continues = (
            self._open is not None and section.start == "continuous" and _same_paper(self._open.page, section.page)
        )
        flows_on = following is not None and following.start == "continuous"
        self.source.add(numbered(section.footnotes, opens=index == 0))
        if continues:
            assert self._open is not None
            self._check_bands(section)
            self._space_between(section)
        else:
            self._page(section, index, measure, whole=not flows_on and not section.columns.widths)
        room = self.room(section)
        if section.columns.widths:
            self._unequal_columns(section, room)
        elif section.columns.count > 1 and (continues or flows_on):
            evenly = flows_on and not self._noted
            self.columns.write(section.blocks, section.columns, room, self._area, evenly=evenly)
        elif continues and self._open is not None and self._shifted(section.page):
            left, right = section.page.left - self._open.page.left, section.page.right - self._open.page.right
            self.source.add(f"pad(left:{pt(left)},right:{pt(right)},{{")
            self.blocks.write(section.blocks, replace(room, breaks=False, splits=False))
            self.source.add("})")
        else:
            self._aligned(section, room, opens_page=not continues)
        if not continues:
            self._open = section
            self._noted = False
        self._noted = self._noted or has_footnotes(section.blocks)
        self._before = section

    def _space_between(self, section: Section) -> None:
        """What the last paragraph of the section before asks for below it, beyond what the first of this asks above."""
        assert self._before is not None
        last = self._before.blocks[-1] if self._before.blocks else None
        first = section.blocks[0] if section.blocks else None
        if isinstance(last, Paragraph) and first is not None and not isinstance(first, NewPage):
            space = between(last, first) - (first.format.before if isinstance(first, Paragraph) else 0.0)
            if space > 0:
                self.source.add(f"v({pt(space)})")

    def _shifted(self, page: PageSetup) -> bool:
        assert self._open is not None
        return abs(page.left - self._open.page.left) > 0.1 or abs(page.right - self._open.page.right) > 0.1

    def _aligned(self, section: Section, room: Room, *, opens_page: bool) -> None:
        centred = section.page.vertical
        if centred in {"centre", "bottom"} and opens_page:
            self.source.add("v(1fr)")
        self.blocks.write(section.blocks, room, opens_page=opens_page)
        if centred == "centre" and opens_page:
            self.source.add("v(1fr)")

    def _check_bands(self, section: Section) -> None:
        assert self._open is not None
        if (section.headers, section.footers) != (self._open.headers, self._open.footers):
            self._refuse(
                "The page header or footer changes in the middle of a page (at a continuous section break).",
                "Use a section break of the kind Next Page, or give both sections the same header and footer.",
                self.source.place,
            )

    # --- Pages ----------------------------------------------------------------------------------

    def _page(self, section: Section, index: int, measure: MeasureCode, *, whole: bool) -> None:
        page = section.page
        headers = self._bands(section, section.headers, "header", measure)
        footers = self._bands(section, section.footers, "footer", measure)
        top = max(page.top, page.header + max(headers[kind].height for kind in headers if kind != "first"))
        tallest = max((band.height for band in footers.values()), default=0.0)
        bottom = max(page.bottom, page.footer + tallest) if tallest else page.bottom
        bottom = max(bottom - self.hanging_space(section), 0.0)
        self._area = TextArea(top, page.height - bottom)
        self._turn_page(section)
        columns = section.columns.count if whole else 1
        self.source.add(
            f"set page(width:{pt(page.width)},height:{pt(page.height)},columns:{columns},"
            f"margin:{margins(page, top, bottom)},background:{background(page, _opens(index))},"
            f"header-ascent:0pt,footer-descent:0pt,header:{self._header(headers, section, index)},"
            f"footer:{self._choice(footers, index)})"
        )
        if page.line_numbers is not None or (self._open is not None and self._open.page.line_numbers is not None):
            self.source.add(line_numbers(page.line_numbers))
        if columns > 1:
            self.source.add(f"set columns(gutter:{pt(section.columns.gap)})")
        self.source.add(f"[#metadata(none)<section-{index}>]")
        if "first" in headers:
            extra = page.header + headers["first"].height - top
            if headers["first"].height and extra > 0.5:
                self.source.add(f"v({pt(extra)})")

    def _turn_page(self, section: Section) -> None:
        """End the page before. A number that starts again is told between the pages: the header comes first of all."""
        if self._open is not None and section.start in {"odd", "even"}:
            # A page that is left out so that this may be odd or even, by its number, has nothing on it.
            number = section.first_number if section.first_number is not None else int(section.start == "odd")
            self.source.add(
                f"context if calc.even(counter(page).get().first() - {number})"
                "{set page(header:none,footer:none,background:none);pagebreak();pagebreak()}"
            )
        if section.first_number is not None:
            self.source.add(f"pagebreak(weak:true);counter(page).update({section.first_number})")

    def hanging_space(self, section: Section) -> float:
        """The space under a line of the section's usual text, which may hang out of the foot of a page.

        Rows of tables do not, and keep room for the line that closes them: where most of the text is in tables it is
        negative.
        """
        if id(section) not in self._hanging:
            self._hanging[id(section)] = self._usual_space(section)
        return self._hanging[id(section)]

    def _usual_space(self, section: Section) -> float:
        weights: Counter[tuple[float, float, str]] = Counter()
        in_tables = 0
        for block in section.blocks:
            if isinstance(block, Table):
                in_tables += sum(len(paragraph.text) for paragraph in paragraphs_of((block,)))
            elif isinstance(block, Paragraph) and block.format.line_rule == "multiple":
                run = dominant(block)
                weights[block.format.line, run.size, run.font] += len(block.text)
        if in_tables >= weights.total():
            return -CLOSING_LINE if in_tables else 0.0
        line, size, font = weights.most_common(1)[0][0]
        metrics = self.blocks.looks.fonts.metrics(self.blocks.looks.family(font), size)
        return max(line - 1, 0.0) * metrics.pitch + metrics.gap

    def _bands(
        self, section: Section, stories: Mapping[PageKind, tuple[Block, ...]], what: str, measure: MeasureCode
    ) -> dict[PageKind, _Band]:
        """The headers (or footers) that the section uses, by kind of page."""
        used = {"default": True, "first": section.title_page, "even": section.even_pages}
        page = section.page
        width = page.width - page.left - page.right
        distance, margin = (page.header, page.top) if what == "header" else (page.footer, page.bottom)
        found: dict[PageKind, _Band] = {}
        for kind in _KINDS:
            if not used[kind]:
                continue
            blocks = stories.get(kind, ())
            inner = self.source.inner(f"page {what}")
            outer, self.blocks.source = self.blocks.source, inner
            room = replace(
                Room(page, width, margin, number_format=section.number_format),
                breaks=False,
                splits=False,
                headings=False,
                links=False,
                widows=False,
                tagged=False,
            )
            self.blocks.write(blocks, room)
            after = self.blocks.closing_space(blocks)
            if after:
                inner.add(f"v({pt(after)})")
            self.blocks.source = outer
            content = "{\n" + "\n".join(inner.lines) + "\n}"
            height = 0.0
            if height_of(blocks, width) > (margin - distance) * _SURE:
                height = measure([(content, width)])[0]
            side = "top" if what == "header" else "bottom"
            # One that is taller than its margin has room all the same: the text goes below it.
            tall = pt(distance + height) if what == "header" and height > margin - distance else "100%"
            code = f"block(width:100%,height:{tall},inset:({side}:{pt(distance)}),align({side},{content}))"
            if tall != "100%":
                code = f"place(top,{code})"
            found[kind] = _Band(self.source.define("h", "", code) if blocks else "none", height)
        return found

    def _header(self, bands: Mapping[PageKind, _Band], section: Section, index: int) -> str:
        code = self._choice(bands, index)
        # What stands in the header comes before the notes of its page.
        return f"{{{restarted(section.footnotes)};{code}}}" if section.footnotes.restart == "page" else code

    def _choice(self, bands: Mapping[PageKind, _Band], index: int) -> str:
        """Code that draws the band which belongs on the page at hand."""
        code = bands["default"].code
        if len(bands) == 1:
            return code
        if "even" in bands:
            code = f"if calc.even(counter(page).get().first()){{{bands['even'].code}}}else{{{code}}}"
        if "first" in bands:
            code = f"if {_opens(index)}{{{bands['first'].code}}}else{{{code}}}"
        return f"context{{{code}}}"

    # --- Columns --------------------------------------------------------------------------------

    def _unequal_columns(self, section: Section, room: Room) -> None:
        """Columns of different widths, each ended by its author; text that flows from one to the next is refused."""
        widths, parts = section.columns.widths, _parts(section.blocks)
        tall = any(
            height_of(part, widths[index % len(widths)]) > room.height * _FULL for index, part in enumerate(parts)
        )
        if len(parts) < 2 or tall:
            self._refuse(
                "Text flows through columns of different widths.",
                "Make the columns equally wide (Layout > Columns), or use a table without lines.",
                self.source.place,
            )
        for start in range(0, len(parts), len(widths)):
            if start:
                self.source.add("pagebreak()")
            self.source.add(f"grid(columns:({','.join(map(pt, widths))},),column-gutter:{pt(section.columns.gap)},")
            for width, part in zip(widths, parts[start:], strict=False):
                self.source.add("{")
                self.blocks.write(part, replace(room, breaks=False, splits=False, width=width, columns=1))
                self.source.add("},")
            self.source.add(")")


def _opens(index: int) -> str:
    """Code that tells whether the page at hand is the first of section `index`."""
    return f"here().page()==locate(<section-{index}>).page()"


def _same_paper(one: PageSetup, other: PageSetup) -> bool:
    return abs(one.width - other.width) < 1 and abs(one.height - other.height) < 1


def _parts(blocks: tuple[Block, ...]) -> list[tuple[Block, ...]]:
    """`blocks` cut at their column breaks."""
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, NewPage) and block.kind == "column":
            parts.append([])
        else:
            parts[-1].append(block)
    return [tuple(part) for part in parts]
