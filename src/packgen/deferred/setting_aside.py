"""An author's PDF without the pixels of its large pictures.

Takes a file; gives a PDF that has a token in their place, and where they are in the file. What there is to say of a
picture besides its pixels stays, so that whatever looks for notes of cameras finds them. A picture of which it is not
certain where it stands in the file, or whose coding is not understood, stays as it is.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from packgen.deferred.search import StreamSearch
from packgen.deferred.tokens import SMALL_FILE, Light, Range, token
from packgen.deferred.use import used_as_pictures
from packgen.merge.contents import may_have_words, read_page
from packgen.picture_stripping import NotPlain, coded_pixels

if TYPE_CHECKING:
    import pypdfium2

_LEAST = 2**13
"""Bytes of pixels that are worth it; longer than what `search` goes by."""
_PLAIN_CODINGS = {"/FlateDecode", "/Fl", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode"}
"""Codings of nothing but pixels, which no step unpacks."""
_JPEG = {"/DCTDecode", "/DCT"}


def set_aside(file: Path, digest: str) -> Light:
    """The light PDF of a file with a SHA-256, which has been read before; empty if it has no large pictures.

    Raises:
        OSError: it cannot be read.
    """
    if file.stat().st_size < SMALL_FILE:
        return Light()
    ranges: list[Range] = []
    with file.open("rb", buffering=0) as data:
        try:
            with pikepdf.open(file, suppress_warnings=True) as pdf:
                worded = [index for index, page in enumerate(pdf.pages) if _may_have_words(page.obj)]
                if not pdf.is_encrypted:
                    ranges.extend(_all_set_aside(pdf, StreamSearch(data), digest))
                light = Light(_saved(pdf), tuple(ranges)) if ranges else Light()
            return light if not ranges or _says_the_same(file, light.pdf, worded) else Light()
        except (pikepdf.PikepdfError, ValueError, TypeError):
            return Light()  # it is taken as it is; if something is wrong with it, whoever reads it next says so


def _may_have_words(page: Object) -> bool:
    return may_have_words(page, read_page(page))


def _says_the_same(file: Path, light: bytes, pages: Sequence[int]) -> bool:
    """Whether some pages, by index, have the same words in a file and without the pixels of its pictures.

    Whatever a stream says of itself: words must be seen by all who look at the light PDF.
    """
    import pypdfium2

    before, after = pypdfium2.PdfDocument(file), pypdfium2.PdfDocument(light)
    try:
        return all(_words_of(before, index) == _words_of(after, index) for index in pages)
    except pypdfium2.PdfiumError:
        return False
    finally:
        before.close()
        after.close()


def _words_of(document: pypdfium2.PdfDocument, index: int) -> str:
    page = document[index]
    words = page.get_textpage()
    said = str(words.get_text_range())
    words.close()
    page.close()
    return said


def _all_set_aside(pdf: pikepdf.Pdf, search: StreamSearch, digest: str) -> Iterator[Range]:
    large = {thing.objgen: thing for thing in pdf.objects if isinstance(thing, Stream) and _is_large_picture(thing)}
    used = used_as_pictures(pdf, large.keys())
    for picture in (thing for number, thing in large.items() if number in used):
        coded = memoryview(picture.get_raw_stream_buffer())
        pixels = [place for place in _pixels(picture, coded) if place[1] - place[0] >= _LEAST]
        begin = search.place_of(coded) if pixels else None
        if begin is None:
            continue
        ranges = [(begin + first, begin + last) for first, last in pixels]
        _put(picture, _with_tokens(coded, pixels, [token(digest, place) for place in ranges]))
        yield from ranges


def _is_large_picture(thing: Object) -> bool:
    length = thing.get("/Length")
    return thing.get("/Subtype") == Name.Image and isinstance(length, int) and length >= _LEAST


def _pixels(picture: Object, coded: memoryview) -> list[Range]:
    """Where the pixels of a picture are within its stream; nowhere if that is not certain."""
    coding, parameters = (_only(picture.get(key)) for key in ("/Filter", "/DecodeParms"))
    name = str(coding) if isinstance(coding, Name) else ""
    if not isinstance(parameters, Dictionary | None):
        return []
    # A string could hold what looks like the end of the dictionary that it stands in.
    if not coded or _has_strings(picture):
        return []
    if name in _JPEG:
        try:
            return coded_pixels(coded)
        except NotPlain:
            return []
    return [(0, len(coded))] if name in _PLAIN_CODINGS else []


def _only(value: object) -> object:
    """What stands in an array by itself; anything else as it is."""
    return value.as_list()[0] if isinstance(value, Array) and len(value) == 1 else value


def _has_strings(picture: Object) -> bool:
    entries = Dictionary(dict(picture.stream_dict.items())).unparse()
    return b"(" in entries or b"%" in entries or entries.count(b"/Length") > 1


def _with_tokens(coded: memoryview, pixels: list[Range], tokens: list[bytes]) -> bytes:
    pieces: list[memoryview | bytes] = []
    at = 0
    for (begin, end), each in zip(pixels, tokens, strict=True):
        pieces += [coded[at:begin], each]
        at = end
    return b"".join([*pieces, coded[at:]])


def _put(picture: Object, coded: bytes) -> None:
    coding, parameters = (_only(picture.get(key)) for key in ("/Filter", "/DecodeParms"))
    assert isinstance(coding, Name)
    picture.write(coded, filter=coding, decode_parms=parameters if isinstance(parameters, Dictionary) else None)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    file = io.BytesIO()
    pdf.save(
        file,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
        fix_metadata_version=False,
    )
    return file.getvalue()
