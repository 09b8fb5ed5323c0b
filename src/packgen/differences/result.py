"""What a comparison gives. Frozen values without behaviour; page numbers are as printed, page indexes count from 0."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from packgen.model import Access

What = Literal["changed", "added", "removed", "withdrawn", "moved", "renamed"]
"""What became of a document. One that is other in several ways is called by the first of these that fits."""


@dataclass(frozen=True, kw_only=True)
class WordChange:
    """A place where words differ, with some words before and after it that do not.

    `removed` is empty where words were only added, `added` where they were only left out. `page` is that of the new
    words, or of the place where words were left out; `old_page` that of the old ones.
    """

    page: str
    old_page: str
    before: str
    removed: str
    added: str
    after: str


@dataclass(frozen=True, kw_only=True)
class DocumentDifference:
    """A document that is not as it was.

    `item` is the number of its item; the agenda itself and front sheets of supplements have none. `pages` are the
    numbers of the pages that differ; of a document that is new, moved or gone, all that it has or had. `was_called`
    and `was_item` are title and item in the publication, if they were others. `reason`, with the first paper of a
    withdrawn item or of its sub-items, says why. `unshown` counts changes of words that cannot be shown, because they
    stand beside words that are private now.
    """

    item: str | None
    title: str
    what: What
    pages: str | None = None
    changes: tuple[WordChange, ...] = ()
    was_called: str | None = None
    was_item: str | None = None
    reason: str | None = None
    unshown: int = 0


@dataclass(frozen=True, kw_only=True)
class SheetPlan:
    """What to do with a printed pack, as page numbers such as `23 - 24, 31`; None for nothing.

    `to_print` are the page indexes, in the new pack, of all sheets to exchange and to put in.
    """

    to_replace: str | None = None
    to_insert: str | None = None
    to_remove: str | None = None
    to_print: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PackDifferences:
    """How the pack for some readers differs from what was published.

    There are no `sheets` if all pages have new numbers: then the whole pack must be printed anew.
    """

    access: Access
    publication: int
    published: dt.date
    documents: tuple[DocumentDifference, ...]
    sheets: SheetPlan | None

    @property
    def renumbered(self) -> bool:
        return self.sheets is None

    @property
    def nothing(self) -> bool:
        """Whether readers would find no difference."""
        return not self.documents and self.sheets == SheetPlan()
