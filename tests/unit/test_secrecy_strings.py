"""Every text of a finished PDF is looked through for private words, however it is written."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String

from packgen.merge import merge
from packgen.secrecy.pdf_texts import BETWEEN, texts_of, written_strings
from pdf_parts import changed, report, request, untagged

SECRET = "Grüne (Wiese) \\ ”100%”"


def hidden(place: Callable[[Pdf], None], **options: object) -> bytes:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(merge(request([("a", report("Alpha"))])).data)) as opened:
        place(opened)
        opened.save(file, **options)  # type: ignore[arg-type]  # passed on as they are
    return file.getvalue()


@pytest.mark.parametrize(
    "place",
    [
        lambda opened: opened.docinfo.__setitem__("/Subject", String(SECRET)),
        lambda opened: setattr(opened.Root.Outlines.First, "Title", String(SECRET)),
        lambda opened: setattr(opened.Root.StructTreeRoot.K, "Alt", String(SECRET)),
        lambda opened: setattr(opened.pages[0].obj, "Strange", Array([1, Dictionary(A=String(SECRET))])),
        lambda opened: opened.pages[0].obj.Contents[-1].stream_dict.__setitem__("/Note", String(SECRET)),
        lambda opened: opened.trailer.__setitem__("/Note", String(SECRET)),
    ],
)
@pytest.mark.parametrize("mode", [ObjectStreamMode.generate, ObjectStreamMode.disable])
def test_private_words_are_found_wherever_they_stand(place: Callable[[Pdf], None], mode: ObjectStreamMode) -> None:
    assert SECRET in " ".join(each.text for each in texts_of(hidden(place, object_stream_mode=mode)))


def test_what_a_pack_says_of_itself_and_shows_is_looked_through() -> None:
    pdf = merge(request([("a", untagged("Seen words"))])).data
    words = " ".join(each.text for each in texts_of(pdf))
    assert "Seen words" in words
    assert "A pack & its <title>" in words  # of its description in XML
    unseen = [each for each in texts_of(pdf, []) if "Seen words" in each.text]
    assert {each.place for each in unseen} == {"in hidden data"}  # of the page's own stream


@pytest.mark.parametrize(
    ("text", "strings"),
    [
        (b"<< /A (one) /B [ (two) <feff00fc> ] /C << /D () >> >>", ["one", "two", "ü", ""]),
        (rb"<< /A (a \(b\) \\) /B (\374) >>", ["a (b) \\", "ü"]),
        (b"<< /A (line\nend) /B <4 1\n42> >>", ["line\nend", "AB"]),
        (b"<< /A (same) /B (same) >>", ["same"]),
    ],
)
def test_strings_are_read_from_their_text(text: bytes, strings: list[str]) -> None:
    assert written_strings([text]) == strings


@pytest.mark.parametrize("text", [b"<< /A (a (b) c) >>", b"<< /A (a (b \\) c)) >>", b"<< /A (open >>"])
def test_strings_that_hold_each_other_are_left_to_a_library(text: bytes) -> None:
    assert written_strings([text]) is None


def test_strings_are_the_same_as_a_library_reads() -> None:
    def alternative(opened: Pdf) -> None:
        opened.pages[0].obj.Note = Array([String(SECRET), Name("/(x)"), String("\x00\x80")])

    pdf = changed(merge(request([("a", report("Alpha", 3))])).data, alternative)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        asked = {str(value) for thing in opened.objects if isinstance(thing, Dictionary)
                 for value in thing.as_dict().values() if isinstance(value, String)}  # fmt: skip
    assert len(asked) > 10
    assert asked <= {part for each in texts_of(pdf) for part in each.text.split(BETWEEN)}
