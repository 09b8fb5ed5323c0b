"""Whether a PDF can be read and drawn in reasonable time and memory, found out without doing either.

Takes a PDF's bytes; raises with the page and what is too much on it. A small file may unpack to gigabytes, or draw one
thing a thousand times that draws another a thousand times; the libraries that read PDFs do as they are told. Never
bounds what an honest plan or map needs: those are larger in the file, and draw each thing where it stands.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from packgen.elements import ObjectId
from packgen.merge.contents import page_streams
from packgen.merge.frames import box_of

MOST_UNPACKED = 2**27
"""Bytes of one stream that is no picture: instructions, a font, objects."""
MOST_OF_PICTURE = 2**30
MOST_DRAWN = 2**29
"""Bytes of instructions of a page, counted each time that they are drawn."""
MOST_LETTERS = 4_000_000
MOST_PIECES = 400_000
"""Letters of a page, and how often it shows some."""
_RATIO = {"/FlateDecode": 1032, "/LZWDecode": 1400, "/RunLengthDecode": 128}
"""How much longer than packed something can be, for each way of packing."""
_PACKED = re.compile(rb"/(?:ObjStm|XRef)\b|#")
_STREAM = re.compile(rb"stream\r?\n")
_LONGEST_DICTIONARY = 4000
_DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+(Do|gs|scn|SCN)\b")
_STRING = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>", re.DOTALL)
_SHOWN = re.compile(rb"T[jJ]\b|[)>\]]\s*['\"]")
_DEEPEST = 40
_CHUNK = 2**20


class TooMuch(Exception):  # noqa: N818  # says what was found; turned into a problem by the caller
    """What is too much of a PDF, as the end of a sentence that begins with the file's name."""


def check_packed(data: bytes) -> None:
    """Look, before a library opens the file, at what it unpacks in order to do so.

    Raises:
        TooMuch: it unpacks to more than `MOST_UNPACKED`.
    """
    for found in _STREAM.finditer(data):
        told = data[max(data.rfind(b"obj", 0, found.start()), found.start() - _LONGEST_DICTIONARY) : found.start()]
        if _PACKED.search(told) and unpacked(memoryview(data)[found.end() :], MOST_UNPACKED) is None:
            raise TooMuch("unpacks to more than any paper holds")


def check_bounds(pdf: Pdf, most_pages: int) -> None:
    """Look at all that will be read and drawn of an open PDF; of more pages than are allowed, at none.

    Raises:
        TooMuch: a stream unpacks to more than `MOST_UNPACKED`, a picture to more than `MOST_OF_PICTURE`, or a page
            draws more than `MOST_DRAWN`, or shows more than `MOST_LETTERS`.
        pikepdf.PdfError: something in it cannot be read.
    """
    if len(pdf.pages) > most_pages:
        return
    for thing in pdf.objects:
        if isinstance(thing, Stream) and thing.get("/Type") != "/EmbeddedFile":
            _check_stream(thing)
    drawings = _Drawings()
    for index, page in enumerate(pdf.pages):
        try:
            drawings.check_page(page)
        except TooMuch as found:
            raise TooMuch(f"{found} (page {index + 1})") from None


def unpacked(data: bytes | memoryview, most: int) -> int | None:
    """How long what zlib packed is when it is unpacked; None if that is more than `most`. Damage ends it.

    What stands behind its end is not looked at.
    """
    unpacker = zlib.decompressobj()
    count = 0
    try:
        for start in range(0, len(data), _CHUNK):
            waiting = bytes(data[start : start + _CHUNK])
            while waiting and not unpacker.eof:
                count += len(unpacker.decompress(waiting, _CHUNK))
                waiting = unpacker.unconsumed_tail
                if count > most:
                    return None
            if unpacker.eof:
                break
    except zlib.error:
        pass
    return count


def _check_stream(thing: Object) -> None:
    filters = [str(each) for each in _listed(thing.get("/Filter")) if str(each) in _RATIO]
    if not filters:
        return
    most = MOST_OF_PICTURE if thing.get("/Subtype") == "/Image" else MOST_UNPACKED
    packed = len(thing.read_raw_bytes())
    longest = packed
    for each in filters:
        longest *= _RATIO[each]
    if longest <= most:
        return
    if filters == ["/FlateDecode"] and len(_listed(thing.get("/Filter"))) == 1:
        if unpacked(thing.read_raw_bytes(), most) is not None:
            return
    elif len(filters) == 1 and packed * _USUAL <= most:
        return  # an old way of packing, which nobody uses for as much as that
    raise TooMuch("unpacks to more than any paper holds")


_USUAL = 20
"""How much longer than packed things usually are at most."""


def _listed(value: object) -> list[Object]:
    if isinstance(value, Array):
        return [each for each in value.as_list() if isinstance(each, Name)]
    return [value] if isinstance(value, Name) else []


class _Drawings:
    """How much each thing draws that is drawn within others, itself and all below it, in bytes of instructions."""

    def __init__(self) -> None:
        self._known: dict[ObjectId, int] = {}

    def check_page(self, page: Page) -> None:
        content = b"\n".join(stream.read_bytes() for stream in page_streams(page.obj))
        media = box_of(page.obj.get("/MediaBox"))
        area = (media[2] - media[0]) * (media[3] - media[1]) if media is not None else 0.0
        if self._weight(content, page.obj.get("/Resources"), area, 0) > MOST_DRAWN:
            raise TooMuch("draws one thing within another more often than can be drawn")
        if len(content) > _CHUNK and len(_SHOWN.findall(content)) > MOST_PIECES:
            raise TooMuch("has more words than can be read")
        if len(content) > MOST_LETTERS and _letters(content) > MOST_LETTERS:
            raise TooMuch("has more words than can be read")

    def _weight(self, content: bytes, resources: object, area: float, depth: int) -> int:
        if not isinstance(resources, Dictionary) or depth > _DEEPEST:
            return len(content)
        below = {
            (kind, name): thing
            for kind, key in ((b"Do", "/XObject"), (b"gs", "/ExtGState"), (b"scn", "/Pattern"))
            for name, thing in _drawing_things(resources.get(key))
        }
        total = len(content) + self._letters_drawn(content, resources)
        if not below:
            return total
        for (name, operator), count in Counter(_DRAWN.findall(content)).items():
            thing = below.get((operator.lower() if operator == b"SCN" else operator, name))
            if thing is not None:
                total += count * _times(thing, area) * self._weight_of(thing, resources, area, depth + 1)
        return total

    def _weight_of(self, thing: Object, resources: Object, area: float, depth: int) -> int:
        """Of a form, or a pattern, which uses the resources of what draws it if it has none."""
        if thing.objgen not in self._known:
            self._known[thing.objgen] = 0  # what draws itself is not drawn again
            inner = thing.get("/Resources", resources)
            self._known[thing.objgen] = self._weight(thing.read_bytes(), inner, area, depth)
        return self._known[thing.objgen]

    def _letters_drawn(self, content: bytes, resources: Object) -> int:
        """What letters draw that are drawings themselves (ISO 32000-1, 9.6.5)."""
        fonts = resources.get("/Font")
        drawn = [
            len(glyph.read_bytes())
            for font in (fonts.as_dict().values() if isinstance(fonts, Dictionary) else ())
            if isinstance(font, Dictionary) and font.get("/Subtype") == "/Type3"
            for glyph in _streams(font.get("/CharProcs"))
        ]
        return max(drawn) * _letters(content) if drawn else 0


def _letters(content: bytes) -> int:
    return sum(len(found[0]) - 2 for found in _STRING.finditer(content))


def _drawing_things(named: object) -> Iterator[tuple[bytes, Object]]:
    """What draws of some resources, by its name without the slash: forms, masks of graphics states, tiling patterns."""
    for name, thing in named.as_dict().items() if isinstance(named, Dictionary) else ():
        drawn: object = thing
        if isinstance(thing, Dictionary) and not isinstance(thing, Stream):
            mask = thing.get("/SMask")
            drawn = mask.get("/G") if isinstance(mask, Dictionary) else None
        if isinstance(drawn, Stream) and drawn.get("/Subtype") != "/Image" and drawn.is_indirect:
            yield name[1:].encode("latin-1", "replace"), drawn


def _streams(named: object) -> Iterator[Object]:
    for thing in named.as_dict().values() if isinstance(named, Dictionary) else ():
        if isinstance(thing, Stream):
            yield thing


def _times(thing: Object, area: float) -> int:
    """How often it is drawn by one instruction: a pattern once for each of its tiles (8.7.3)."""
    if "/XStep" not in thing:
        return 1
    try:
        a, b, c, d = (float(each) for each in thing.get("/Matrix", Array([1, 0, 0, 1, 0, 0])).as_list()[:4])
        step = abs(float(thing.XStep) * float(thing.YStep) * (a * d - b * c))
    except (AttributeError, TypeError, ValueError):
        return 1
    return max(1, min(int(area / step), MOST_DRAWN + 1)) if step > 0 else MOST_DRAWN + 1
