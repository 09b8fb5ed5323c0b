"""Copies of pages for pdfium to read: their operators numbered, their pictures left out.

Takes pages of the pack with their drawings; gives the bytes of a PDF. Never changes the pack.
"""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from packgen.merge import contents
from packgen.merge.untagged.drawing import Drawing, written


def numbered_copies(pages: Sequence[tuple[Object, Drawing]]) -> bytes:
    """A PDF of the pages, their operators marked with their numbers, pictures made small."""
    with pikepdf.new() as scratch:
        stub = scratch.make_stream(
            b"\x00", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8,
            ColorSpace=Name.DeviceGray,
        )  # fmt: skip
        for page, drawing in pages:
            copy = scratch.add_blank_page().obj
            copy.MediaBox = Array(page.MediaBox.as_list())
            copy.Resources = _resources(scratch, drawing.resources.written(), stub)
            code = b"".join(written(drawing.top, lambda number: b"/P <</MCID %d>> BDC" % number))
            copy.Contents = scratch.make_stream(code)
        return contents.saved(scratch)


def _resources(scratch: Pdf, resources: Object, stub: Object) -> Object:
    """Resources copied into `scratch`, but with `stub` for every image."""
    copied = Dictionary()
    for kind, things in resources.items():
        if not isinstance(things, Dictionary):
            continue
        of_kind = Dictionary()
        for name, thing in things.items():
            if isinstance(thing, Stream) and thing.get("/Subtype") == "/Image":
                of_kind[name] = stub
            elif isinstance(thing, Object) and thing.is_indirect:
                of_kind[name] = scratch.copy_foreign(thing)
            else:
                of_kind[name] = _copied(scratch, thing)
        copied[kind] = of_kind
    return copied


def _copied(scratch: Pdf, thing: Object) -> Object:
    """A resource copied with all it leads to."""
    if isinstance(thing, Object) and thing.is_indirect:
        return scratch.copy_foreign(thing)
    if isinstance(thing, Dictionary):
        return Dictionary({key: _copied(scratch, value) for key, value in thing.items()})
    if isinstance(thing, Array):
        return Array([_copied(scratch, each) for each in thing.as_list()])
    return thing
