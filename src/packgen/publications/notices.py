"""The pages that packgen puts in place of published papers which are no longer there. Pure.

Takes what was published and what became of it; gives documents of one page that the council's template words.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from packgen.model import NOTICE_TEMPLATE, Document, Exemption

NoticeKind = Literal["withdrawn", "since", "withheld"]
"""The paper is no longer taken; it has come in a supplement since; it is exempt now and was public once."""

_HEADINGS: dict[NoticeKind, str] = {
    "withdrawn": "Withdrawn",
    "since": "Published since",
    "withheld": "Not for publication",
}


def notice(
    kind: NoticeKind,
    title: str,
    lines: Sequence[str],
    *,
    document_id: str,
    folder: Path,
    pointer: str,
    exempt: tuple[int, ...] | None,
) -> Document:
    """A page that says what became of a paper.

    Args:
        kind: what became of it.
        title: what it was called; for withheld papers, the item as the public may know it.
        lines: what is said below.
        document_id: a free one.
        folder: the pack's.
        pointer: the item's place in `pack.json`.
        exempt: the paragraphs under which only members have the page; None for everybody.
    """
    heading = _HEADINGS[kind]
    return Document(
        id=document_id,
        title=title if kind == "withheld" else f"{heading}: {title}",
        source=folder / "pack.json",
        template=NOTICE_TEMPLATE,
        data={"template": NOTICE_TEMPLATE, "heading": heading, "title": title, "lines": list(lines)},
        exempt=Exemption(paragraphs=exempt) if exempt is not None else None,
        pointer=pointer,
    )


def kind_of(document: Document) -> NoticeKind | None:
    """What a notice says; None for a paper."""
    if document.template != NOTICE_TEMPLATE or document.data is None:
        return None
    return next((kind for kind, heading in _HEADINGS.items() if heading == document.data["heading"]), None)
