"""Printed number, page label and plan, page by page. Takes what was read back and the plan; gives disagreements."""

from __future__ import annotations

from collections.abc import Iterator

from packgen.inspect.disagreement import Disagreement
from packgen.inspect.readback import FinishedPack
from packgen.model import PagePlan, StampStyle


def overprinted_pages(pack: FinishedPack, plan: PagePlan) -> Iterator[str]:
    """The printed numbers of pages on which the number stands on an author's words."""
    for page, stamp in zip(plan.pages, pack.stamps, strict=False):
        if stamp is not None and stamp.on_words:
            yield page.page_number


def check_pages(pack: FinishedPack, plan: PagePlan, style: StampStyle) -> Iterator[Disagreement]:
    """Every page must exist, be labelled and print what was planned."""
    if pack.page_count != len(plan.pages):
        yield Disagreement("page-count", f"there are {pack.page_count} pages, but {len(plan.pages)} were planned")
    for page, label, stamp in zip(plan.pages, pack.labels, pack.stamps, strict=False):
        place = f"page {page.page_index + 1} of the file"
        if label != page.page_number:
            yield Disagreement("label", f"a viewer calls it {label!r}, but its number is {page.page_number}", place)
        expected = style.text.replace("{number}", page.page_number).strip()
        if stamp is None:
            yield Disagreement("stamp", f'it does not print "{expected}"', place)
        elif stamp.text != expected:
            yield Disagreement("stamp", f'it prints "{stamp.text}" instead of "{expected}"', place)
        elif not stamp.visible:
            yield Disagreement("stamp", f'"{expected}" is drawn outside of what is seen of the page', place)
        elif not stamp.dark:
            yield Disagreement("stamp", f'"{expected}" is drawn so faintly that nobody could read it', place)
        elif not stamp.upright:
            yield Disagreement("stamp", f'"{expected}" does not stand upright', place)
