"""Photographs inside SVG drawings, without what their cameras noted.

Takes an SVG's bytes; gives the same drawing in which every picture it carries (`data:` addresses) holds pixels alone.
What is drawn by lines and letters is left as it is: of that only what is seen reaches a PDF. Never fetches anything.
"""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

from lxml import etree

from packgen.convert.picture_files import without_metadata
from packgen.convert.picture_opening import UnusablePicture

_DATA = re.compile(r"\s*data:([^,]*),(.*)", re.IGNORECASE | re.DOTALL)
_KINDS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif", b"RIFF": "webp"}


def svg_without_metadata(data: bytes) -> bytes:
    """`data` with every picture in it cut down to its pixels.

    Raises:
        UnusablePicture: if it is no well-formed SVG, or carries something else than a PNG, JPEG, GIF or WebP.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        drawing = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnusablePicture("A drawing (SVG) is damaged.") from error
    if any(isinstance(node, etree._Entity) for node in drawing.iter()):
        raise UnusablePicture("A drawing (SVG) is put together from parts that are not drawn.")
    for element in drawing.iter(etree.Element):
        for key, value in element.attrib.items():
            found = _DATA.match(str(value)) if etree.QName(key).localname == "href" else None
            if found is not None:
                element.set(key, _clean(found[1], found[2]))
    return bytes(etree.tostring(drawing, encoding="utf-8", xml_declaration=True))


def _clean(described: str, content: str) -> str:
    try:
        raw = unquote_to_bytes(content)
        carried = base64.b64decode(b"".join(raw.split())) if described.lower().endswith("base64") else raw
    except (binascii.Error, ValueError) as error:
        raise UnusablePicture("A picture in a drawing (SVG) is damaged.") from error
    kind = next((kind for start, kind in _KINDS.items() if carried.startswith(start)), None)
    if kind is None:
        raise UnusablePicture("A drawing (SVG) carries another drawing.")
    clean = without_metadata(carried, kind)
    media = "jpeg" if clean.kind == "jpg" else "png"
    return f"data:image/{media};base64,{base64.b64encode(clean.data).decode('ascii')}"
