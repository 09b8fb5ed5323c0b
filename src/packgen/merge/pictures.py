"""What cameras and scanners noted in the pictures of a PDF: where, when and with what they were taken.

Takes a picture's stream and changes it in memory. Never touches a pixel, and leaves pictures alone that hold no notes.
"""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Stream

from packgen.picture_stripping import NotPlain, blanked_notes, has_notes, stripped_jpeg, stripped_jpx

_STRIPPED = {"/DCTDecode": stripped_jpeg, "/JPXDecode": stripped_jpx}


def take_out_notes(thing: Object) -> bool:
    """Take what a camera noted out of a stream, if it is a picture with such notes; gives whether it was."""
    if not isinstance(thing, Stream) or thing.get("/Subtype") != Name.Image:
        return False
    strip = _STRIPPED.get(_only_filter(thing))
    if strip is None:
        return False
    coded = thing.read_raw_bytes()
    if not has_notes(coded):
        return False
    try:
        plain = strip(coded)
    except NotPlain:
        plain = blanked_notes(coded)
    parameters = thing.get("/DecodeParms")
    thing.write(
        plain,
        filter=Name(_only_filter(thing)),
        decode_parms=parameters if isinstance(parameters, Dictionary | Array) else None,
    )
    return True


def _only_filter(picture: Object) -> str:
    """The name of the one filter; nothing if there are none or several."""
    named = picture.get("/Filter")
    if isinstance(named, Array):
        named = named[0] if len(named) == 1 else None
    return str(named) if isinstance(named, Name) else ""
