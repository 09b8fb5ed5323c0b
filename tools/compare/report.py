"""The report on a comparison, as Markdown.

Takes comparisons; gives text, and says whether what is promised holds. Figures are never rounded up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from tools.compare.comparing import Comparison
from tools.compare.measures import Agreement
from tools.compare.reasons import REASONS

LEAST_IN_ORDER = 0.995
LEAST_SAME_PAGES = 19 / 20
MOST_PAGES_APART = 1 / 20
LEAST_PLACED = 0.97
_WORTH_A_REASON = 0.97


@dataclass(frozen=True)
class Total:
    """All documents together, each threshold with what was reached."""

    documents: int
    pages: int
    in_order: float
    same_pages: float
    too_far_apart: tuple[str, ...]
    placed: float
    other_tables: tuple[str, ...]
    tables: int
    headings: tuple[int, int]
    refused: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return (
            self.in_order >= LEAST_IN_ORDER
            and self.same_pages >= LEAST_SAME_PAGES
            and not self.too_far_apart
            and self.placed >= LEAST_PLACED
            and not self.other_tables
            and not self.refused
        )


def total(comparisons: Sequence[Comparison]) -> Total:
    drawn = [(each.source.name, each.agreement) for each in comparisons if each.agreement is not None]
    figures = [figure for _, figure in drawn]
    return Total(
        documents=len(comparisons),
        pages=sum(figure.pages[1] for figure in figures),
        in_order=_share(sum(f.in_order for f in figures), sum(f.words for f in figures)),
        same_pages=_share(sum(f.same_pages for f in figures), len(comparisons)),
        too_far_apart=tuple(name for name, figure in drawn if _too_far_apart(figure)),
        placed=_share(sum(f.placed_words for f in figures), sum(f.page_words for f in figures)),
        other_tables=tuple(name for name, figure in drawn if not figure.same_tables),
        tables=sum(len(f.tables[1]) for f in figures),
        headings=(sum(f.headings_placed for f in figures), sum(f.headings for f in figures)),
        refused=tuple(each.source.name for each in comparisons if each.refused),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _too_far_apart(figure: Agreement) -> bool:
    """Whether the page counts differ by more than one page in twenty."""
    ours, theirs = figure.pages
    return abs(ours - theirs) > theirs * MOST_PAGES_APART


def markdown(comparisons: Sequence[Comparison], office: str, pictures: Sequence[tuple[str, str]]) -> str:
    """The whole report; `pictures` are titles with file names beside the report."""
    parts = [_opening(office), _totals(total(comparisons)), _documents(comparisons), _differences(comparisons)]
    parts += ["## The worst pages\n\nOurs is on the left, LibreOffice's on the right.\n"] if pictures else []
    parts += [f"### {title}\n\n![{title}: both drawings side by side]({file})\n" for title, file in pictures]
    return "\n".join(parts)


def _opening(office: str) -> str:
    return f"""# How far the built-in engine agrees with {office}

Written by `python -m tools.compare`, which draws every document of `packs/`, `examples/` and the corpus of
`tools/corpus` with both engines. Words are compared in the order in which they are read aloud, that of the tags; notes
by themselves. A word is in place if it stands on the same page and the start of its baseline is within a point, across
and down. Tables are compared by the rows and columns of their tags.
"""


def _totals(figures: Total) -> str:
    rows = [
        ("words in the same order", percent(figures.in_order), f"at least {percent(LEAST_IN_ORDER)}"),
        ("documents with as many pages", percent(figures.same_pages), f"at least {percent(LEAST_SAME_PAGES)}"),
        ("documents more than a page in twenty apart", str(len(figures.too_far_apart)), "none"),
        ("words in place", percent(figures.placed), f"at least {percent(LEAST_PLACED)}"),
        (f"documents with other rows or columns, of {figures.tables} tables", str(len(figures.other_tables)), "none"),
        ("headings in place", f"{figures.headings[0]} of {figures.headings[1]}", "-"),
        ("documents that the built-in engine refuses", str(len(figures.refused)), "none"),
    ]
    lines = [f"{figures.documents} documents, {figures.pages} pages.\n", "| | reached | promised |", "|---|---|---|"]
    return "\n".join(lines + [f"| {what} | {reached} | {promised} |" for what, reached, promised in rows]) + "\n"


def _documents(comparisons: Sequence[Comparison]) -> str:
    lines = [
        "## Documents\n",
        "Pages are the built-in engine's and LibreOffice's; ms is the built-in engine's time once it has started.\n",
        "| document | pages | in order | in place | headings | tables | ms |",
        "|---|---|---|---|---|---|---|",
    ]
    for each in comparisons:
        figure = each.agreement
        if figure is None:
            lines.append(f"| {each.source.name} | refused | | | | | |")
            continue
        tables = str(len(figure.tables[1])) if figure.same_tables else "**differ**"
        pages = f"{figure.pages[0]} / {figure.pages[1]}"
        lines.append(
            f"| {each.source.name} | {pages if figure.same_pages else f'**{pages}**'} | {percent(figure.order)} "
            f"| {percent(figure.placed)} | {figure.headings_placed} of {figure.headings} | {tables} "
            f"| {each.milliseconds:.0f} |"
        )
    return "\n".join(lines) + "\n"


def _differences(comparisons: Sequence[Comparison]) -> str:
    lines = ["## What differs, and why\n"]
    for each in comparisons:
        figure = each.agreement
        known = REASONS.get(each.source.name)
        differs = figure is None or figure.placed < _WORTH_A_REASON or not figure.same_pages or not figure.same_tables
        if known or differs:
            lines.append(f"- **{each.source.name}** ({each.source.covers}): {known or 'not looked into yet'}")
    return "\n".join(lines) + "\n"


def percent(share: float) -> str:
    """A share as a percentage with two places, cut off and never rounded up."""
    return f"{floor(share * 10000) / 100:.2f}%"
