"""Bookmarks that are written as when they were read back are not read again; others are."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from packgen.errors import InspectionError
from packgen.inspect import Known, inspect_pack, readback
from packgen.inspect.finished_file import FinishedFile
from packgen.inspect.outlines import outline_digest
from packgen.merge import merge
from pdf_parts import expected, several


def digest(data: bytes, salt: str = "") -> str | None:
    with FinishedFile(data) as file:
        return outline_digest(file, salt)


def test_bookmarks_as_they_were_are_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made = several("Alpha", "Beta")
    data = merge(made).data
    first = inspect_pack(data, expected(made))
    read = []
    monkeypatch.setattr(readback, "_bookmarks", lambda document: read.append(document) or ())
    assert inspect_pack(data, expected(made), first.found) == first
    assert not read
    with pytest.raises(InspectionError):
        inspect_pack(data, expected(made), Known(first.found.pages, first.found.documents))
    assert read


def test_bookmarks_that_were_read_before_hide_no_other_plan() -> None:
    made = several("Alpha", "Beta")
    data = merge(made).data
    known = inspect_pack(data, expected(made)).found
    other = replace(expected(made), outline=[replace(made.outline[0], title="Gamma"), *made.outline[1:]])
    with pytest.raises(InspectionError):
        inspect_pack(data, other, known)


def test_another_title_page_or_reader_gives_another_digest() -> None:
    made = several("Alpha", "Beta")
    told = digest(merge(made).data)
    assert told is not None
    assert told == digest(merge(made).data)
    titled = replace(made, outline=[replace(made.outline[0], title="Other"), *made.outline[1:]])
    assert told != digest(merge(titled).data)
    longer = several("Alpha", "Beta", "Gamma")
    assert told != digest(merge(replace(longer, outline=made.outline)).data)
    assert told != digest(merge(made).data, "another pdfium")


@pytest.mark.parametrize("title", ["see /First 5 0 R", "see /Dest", "an /A in it", "/Next"])
def test_a_title_that_looks_like_a_reference_is_read_each_time_or_told_whole(title: str) -> None:
    made = several("Alpha", "Beta")
    titled = replace(made, outline=[replace(made.outline[0], title=title), *made.outline[1:]])
    data = merge(titled).data
    inspection = inspect_pack(data, expected(titled))
    assert inspect_pack(data, expected(titled), inspection.found) == inspection
    assert digest(data) != digest(merge(made).data)


def test_bookmarks_that_are_not_written_plainly_have_no_digest() -> None:
    """In a file whose objects stand by themselves no text of them is known."""
    data = merge(several("Alpha", "Beta")).data
    import io

    import pikepdf

    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert re.search(rb"\nxref\n", target.getvalue())
    assert digest(target.getvalue()) is None
