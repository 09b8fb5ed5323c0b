"""Nothing in a finished PDF may act by itself or travel along unseen.

Takes the finished file; gives disagreements. Looks at every object that a reader can come to,
whatever holds it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Object, Stream

from packgen.inspect.disagreement import Disagreement
from packgen.inspect.finished_file import FinishedFile

_FORBIDDEN = {
    "/JavaScript": "a script", "/JS": "a script", "/Launch": "an action that starts a program",
    "/EmbeddedFile": "an attached file", "/EmbeddedFiles": "attached files", "/EF": "an attached file",
    "/FileAttachment": "an attached file", "/AF": "an attached file", "/AA": "actions that run by themselves",
    "/OpenAction": "an action that runs when the pack is opened", "/SubmitForm": "an action that sends a form",
    "/ImportData": "an action that loads data", "/GoToR": "a link into another file",
    "/GoToE": "a link into an attached file", "/RichMedia": "interactive media", "/Movie": "a film",
    "/Sound": "a sound", "/Rendition": "a film or sound", "/3D": "a 3D model", "/XFA": "a form",
    "/AcroForm": "a form", "/PieceInfo": "an author's working data", "/Thumb": "a thumbnail",
}  # fmt: skip
_REGULAR = rb"[^\s\x00/<>\[\]()%{}]"
"""What names are made of (ISO 32000-1, 7.2.2)."""
_NAME = re.compile(
    rb"(" + b"|".join(re.escape(name.encode("ascii")) for name in _FORBIDDEN) + rb")(?!" + _REGULAR + rb")"
)
_ESCAPED = re.compile(rb"/(?:" + _REGULAR + rb"(?<!#))*#" + _REGULAR + rb"+")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_RESOURCES = frozenset({"/XObject", "/Font", "/ExtGState", "/Properties", "/ColorSpace", "/Pattern", "/Shading"})
_NAMED_BY_AUTHORS = frozenset({"/RoleMap", "/ClassMap", "/CharProcs", "/Colorants"})
"""Dictionaries whose keys are names that an author chose: a font may well be called `/JS`."""


def suspected(file: FinishedFile) -> set[str]:
    """The words for what may not be there, as far as they stand in the file, perhaps in a text; looked for quickly."""
    written = file.written
    texts = (written.loose, *written.streams) if written is not None else (_plain(file.pdf),)
    return {name for text in texts for name in _named(text)}


def find_active(file: FinishedFile, suspects: set[str]) -> Iterator[Disagreement]:
    """Everything in the file that may not be there, as far as it is suspected."""
    if suspects:
        yield from sorted(_confirmed(file.pdf, suspects), key=lambda found: found.message)


def _named(text: bytes) -> Iterator[str]:
    """The names that may not be there, as far as they stand in a text, in whatever way they are written."""
    for name in _NAME.findall(text):
        yield name.decode("ascii")
    for escaped in _ESCAPED.findall(text) if b"#" in text else ():
        name = _ESCAPE.sub(lambda code: bytes.fromhex(code[1].decode("ascii")), escaped).decode("latin-1")
        if name in _FORBIDDEN:
            yield name


def _plain(pdf: pikepdf.Pdf) -> bytes:
    """The file with every object written out; contents of streams stay packed."""
    file = io.BytesIO()
    pdf.save(
        file,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
    )
    return file.getvalue()


def _confirmed(pdf: pikepdf.Pdf, suspects: set[str]) -> set[Disagreement]:
    """Those of the suspected names that stand as keys, or as values of the keys that say what something is."""
    found = set()
    seen: set[tuple[int, int]] = set()
    things: list[tuple[object, bool, bool]] = [(pdf.trailer, False, False)]
    while things:
        thing, resources, names = things.pop()
        if isinstance(thing, Array):
            things += [(value, False, False) for value in thing.as_list()]
        if not isinstance(thing, Dictionary | Stream):
            continue
        if thing.is_indirect:
            if thing.objgen in seen:
                continue
            seen.add(thing.objgen)
        said = _kinds(thing) | (set() if names else set(thing.keys()))
        found |= {Disagreement("active", f"{_FORBIDDEN[name]} is in the file ({name})") for name in suspects & said}
        for key, value in thing.items():
            authored = not names and (key in _NAMED_BY_AUTHORS or (resources and key in _RESOURCES))
            things.append((value, not names and key == "/Resources", authored))
    return found


def _kinds(thing: Object) -> set[str]:
    """What a dictionary says that it is. An element of the tags says only what its author calls it."""
    keys = ("/Subtype", "/Type") if "/P" in thing and "/K" in thing else ("/S", "/Subtype", "/Type")
    return {str(thing.get(key)) for key in keys if key in thing}
