"""Nothing in a finished PDF may act by itself or travel along unseen.

Takes the PDF's bytes; gives disagreements. Looks at the file itself rather than through a library: every object that
packgen writes is in a compressed object stream or before a stream.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator

from packgen.inspect.readback import Disagreement

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
_NAME = re.compile(
    rb"(" + b"|".join(re.escape(name.encode("ascii")) for name in _FORBIDDEN) + rb")(?![^\s/<>\[\]()%{}])"
)
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm")
_LENGTH = re.compile(rb"/Length\s+(\d+)")


def find_active(data: bytes) -> Iterator[Disagreement]:
    """Everything in the file that may not be there.

    The words are looked for first, which is quick; only if one is there, perhaps in a text, are objects looked at.
    """
    suspects = {name.decode("ascii") for text in _object_texts(data) for name in _NAME.findall(text)}
    if suspects:
        yield from sorted(_confirmed(data, suspects), key=lambda found: found.message)


def _object_texts(data: bytes) -> Iterator[bytes]:
    """Everything in the file that is not the content of a stream, with object streams unpacked."""
    place = 0
    while True:
        start = data.find(b"stream\n", place)
        if start < 0:
            yield data[place:]
            return
        head = data[max(place, data.rfind(b" obj", place, start)) : start]
        yield data[place:start]
        length = _LENGTH.search(head)
        body = start + len(b"stream\n")
        end = body + int(length[1]) if length else data.index(b"endstream", body)
        if _OBJECT_STREAM.search(head):
            yield zlib.decompress(data[body:end])
        place = data.index(b"endstream", end) + len(b"endstream")


def _confirmed(data: bytes, suspects: set[str]) -> set[Disagreement]:
    """Those of the suspected names that stand as keys, or as values of the keys that say what something is."""
    import pikepdf

    found = set()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            things = [thing]
            while things:
                each = things.pop()
                if isinstance(each, pikepdf.Array):
                    things += [value for value in each.as_list() if _direct(value)]
                if not isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
                    continue
                kinds = {str(each.get(key)) for key in ("/S", "/Subtype", "/Type") if key in each}
                for name in suspects & (set(each.keys()) | kinds):
                    found.add(Disagreement("active", f"{_FORBIDDEN[name]} is in the file ({name})"))
                things += [value for _, value in each.items() if _direct(value)]
    return found


def _direct(value: object) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Object) and not value.is_indirect
