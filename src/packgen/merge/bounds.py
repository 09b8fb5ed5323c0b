"""Whether a PDF can be read and drawn in reasonable time and memory, found out without doing either.

Takes a PDF's bytes; raises with the page and what is too much on it. A small file may unpack to gigabytes, or draw one
thing a thousand times that draws another a thousand times; the libraries that read PDFs do as they are told. Never
bounds what an honest plan or map needs: those are larger in the file, and draw each thing where it stands.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import BinaryIO

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from packgen.cross_references import stream_keywords
from packgen.elements import ObjectId
from packgen.merge.annotations import annotations_of
from packgen.merge.contents import page_streams, parse
from packgen.merge.frames import box_of

MOST_UNPACKED = 2**27
"""Bytes of one stream that is no picture: instructions, a font, objects."""
MOST_OF_PICTURE = 2**30
MOST_DRAWN = 2**29
"""Bytes of instructions of a page, counted each time that they are drawn."""
MOST_LETTERS = 4_000_000
MOST_PIECES = 400_000
"""Letters of a page, and how often it shows some."""
_RATIO = {
    "/FlateDecode": 1032, "/Fl": 1032, "/LZWDecode": 1400, "/LZW": 1400, "/RunLengthDecode": 128, "/RL": 128,
}  # fmt: skip
"""How much longer than packed something can be, for each way of packing."""
_PACKED = re.compile(rb"/(?:ObjStm|XRef)\b|#")
_LONGEST_DICTIONARY = 4000
_SEVERAL = re.compile(rb"/Fl(?:ateDecode)?\b|/LZW(?:Decode)?\b|/RL\b|/RunLengthDecode\b")
_RESOURCES = {"Do": "/XObject", "gs": "/ExtGState", "scn": "/Pattern", "sh": "/Shading"}
"""What draws by name, and where the names are explained (ISO 32000-1, 7.8.3)."""
_OF_SHADING, _PIXELS_A_BYTE = 20_000, 4
"""What takes as long to draw as a byte of instructions."""
_STRING = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>", re.DOTALL)
_SHOWN = re.compile(rb"T[jJ]\b|[)>\]]\s*['\"]")
_DEEPEST = 40
_CHUNK = 2**18


class TooMuch(Exception):  # noqa: N818  # says what was found; turned into a problem by the caller
    """What is too much of a PDF, as the end of a sentence that begins with the file's name."""


def check_packed(file: BinaryIO) -> None:
    """Look, before a library opens a PDF, at what it unpacks in order to do so.

    Raises:
        TooMuch: it unpacks to more than `MOST_UNPACKED`.
    """
    for start, content in stream_keywords(file):
        before = max(start - _LONGEST_DICTIONARY, 0)
        file.seek(before)
        told = file.read(start - before)
        told = told[max(told.rfind(b"obj"), 0) :]
        if not _PACKED.search(told):
            continue
        several = len(_SEVERAL.findall(told)) > 1  # which no program writes, and which could hide anything
        file.seek(content)
        if several or unpacked(iter(partial(file.read, _CHUNK), b""), MOST_UNPACKED) is None:
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


def unpacked(pieces: Iterable[bytes], most: int) -> int | None:
    """How long what zlib packed is when it is unpacked; None if that is more than `most`. Damage ends it.

    What stands behind its end is not looked at.
    """
    unpacker = zlib.decompressobj()
    count = 0
    try:
        for piece in pieces:
            waiting = piece
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
    packed = thing.read_raw_bytes()
    longest = len(packed)
    for each in filters:
        longest *= _RATIO[each]
    if longest <= most:
        return
    if filters in (["/FlateDecode"], ["/Fl"]) and len(_listed(thing.get("/Filter"))) == 1:
        if unpacked((packed[at : at + _CHUNK] for at in range(0, len(packed), _CHUNK)), most) is not None:
            return
    elif len(filters) == 1 and len(packed) * _USUAL <= most:
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
        streams = page_streams(page.obj)
        once = {stream.objgen: stream for stream in streams}  # one may be listed many times
        read = {key: stream.read_bytes() for key, stream in once.items()}
        if sum(len(read[stream.objgen]) for stream in streams) > MOST_UNPACKED:
            raise TooMuch("unpacks to more than any paper holds")
        content = b"\n".join(read[stream.objgen] for stream in streams)
        media = box_of(page.obj.get("/MediaBox"))
        area = (media[2] - media[0]) * (media[3] - media[1]) if media is not None else 0.0
        resources = page.obj.get("/Resources")
        drawn = self._weight(page.obj, content, resources, area, 0)
        drawn += sum(self._weight_of(each, resources, area, 1) for each in _appearances(page.obj))
        if drawn > MOST_DRAWN:
            raise TooMuch("draws more, or one thing within another more often, than can be drawn")
        if len(content) > _CHUNK and len(_SHOWN.findall(content)) > MOST_PIECES:
            raise TooMuch("has more words than can be read")
        if len(content) > MOST_LETTERS and _letters(content) > MOST_LETTERS:
            raise TooMuch("has more words than can be read")

    def _weight(self, drawing: Object, content: bytes, resources: object, area: float, depth: int) -> int:
        """Of a page, or a form or pattern, with its decoded `content`."""
        if not isinstance(resources, Dictionary) or depth > _DEEPEST:
            return len(content)
        below = {
            (operator, name): thing
            for operator, key in _RESOURCES.items()
            for name, thing in _drawing_things(resources.get(key))
        }
        total = len(content) + self._letters_drawn(content, resources)
        if not below:
            return total
        for (operator, name), count in _counted(drawing).items():
            thing = below.get((operator, name))
            if isinstance(thing, int):
                total += count * thing
            elif thing is not None:
                total += count * _times(thing, area) * self._weight_of(thing, resources, area, depth + 1)
        return total

    def _weight_of(self, thing: Object, resources: object, area: float, depth: int) -> int:
        """Of a form, or a pattern, which uses the resources of what draws it if it has none."""
        if thing.objgen not in self._known:
            self._known[thing.objgen] = 0  # what draws itself is not drawn again
            inner = thing.get("/Resources", resources)
            self._known[thing.objgen] = self._weight(thing, thing.read_bytes(), inner, area, depth)
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


def _counted(drawing: Object) -> Counter[tuple[str, str]]:
    """How often a page or form draws each thing that it names, by the operator and the name as it is meant."""
    found: Counter[tuple[str, str]] = Counter()
    for instruction in parse(drawing, " ".join((*_RESOURCES, "SCN"))):
        operator = str(instruction.operator)
        named = [operand for operand in instruction.operands if isinstance(operand, Name)]
        if named:
            found["scn" if operator == "SCN" else operator, str(named[-1])] += 1
    return found


def _appearances(page: Object) -> Iterator[Object]:
    """What draws the annotations of a page, whatever their state."""
    for annotation in annotations_of(page):
        looks = annotation.get("/AP")
        for drawn in looks.as_dict().values() if isinstance(looks, Dictionary) else ():
            if isinstance(drawn, Stream):
                yield drawn
            else:
                yield from _streams(drawn)


def _letters(content: bytes) -> int:
    return sum(len(found[0]) - 2 for found in _STRING.finditer(content))


def _drawing_things(named: object) -> Iterator[tuple[str, Object | int]]:
    """What draws of some resources, by its name: forms, masks of graphics states, tiling patterns.

    Of pictures, which are as slow as they are large, and of shadings, what they weigh.
    """
    for name, thing in named.as_dict().items() if isinstance(named, Dictionary) else ():
        drawn: object = thing
        if isinstance(thing, Dictionary | Stream) and "/ShadingType" in thing:
            yield name, _OF_SHADING
        elif isinstance(thing, Stream) and thing.get("/Subtype") == "/Image":
            yield name, _pixels(thing) // _PIXELS_A_BYTE
        elif isinstance(thing, Dictionary) and not isinstance(thing, Stream):
            mask = thing.get("/SMask")
            drawn = mask.get("/G") if isinstance(mask, Dictionary) else None
            if isinstance(drawn, Stream):
                yield name, drawn
        elif isinstance(thing, Stream):
            yield name, thing


def _pixels(picture: Object) -> int:
    width, height = picture.get("/Width"), picture.get("/Height")
    return max(width, 0) * max(height, 0) if isinstance(width, int) and isinstance(height, int) else 0


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
