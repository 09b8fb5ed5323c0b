"""Fingerprints of pages: two pages with the same one look the same, wherever they stand.

Takes the open PDF; gives for each page a digest of everything that it shows as it stands in this file: its drawing,
boxes and rotation, its resources with all that hangs on them, its annotations as far as they are seen, and which
layers of the file are shown. Leaves out what says only where a page belongs: its parents, its tags, where links lead.
Object numbers do not count. Never unpacks a stream.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b

import pikepdf
from pikepdf import Array, Dictionary, Object, Stream

from packgen.elements import ObjectId

_VERSION = b"1"
"""To be raised whenever other facts are read of pages, or read in another way."""
_SIZE = 20
"""Bytes of a digest."""
_DEEPEST = 60
"""Objects that hang on each other; a font takes five."""
_NOT_SEEN = frozenset({"/Parent", "/StructParents", "/Tabs", "/Annots", "/B"})
_NOT_SEEN_OF_ANNOTATIONS = frozenset({"/P", "/Parent", "/Popup", "/IRT", "/StructParent", "/Contents", "/Dest", "/A"})
_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
"""What pages may have from the nodes above them (ISO 32000-1, 7.7.3.4)."""
_OF_PLACE = re.compile(rb" /(?:Parent \d+ \d+ R|StructParents \d+|Tabs /\w+)(?= [/>])")
"""Those of a plain page that are `_NOT_SEEN`; of other entries, none has such a value."""
_OF_TAGS = re.compile(rb" /StructParents? \d+(?= [/>])")
"""Where a form or a picture stands in the tree of tags."""
_REFERENCE = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9a-f]*>|(\d+) (\d+) R(?= )", re.DOTALL)
"""A reference; or a text, in which nothing is one. This is how qpdf writes both."""


class _NoFingerprintError(Exception):
    """Something hangs on itself, or too much hangs on it."""


class Fingerprints:
    """Fingerprints of the pages of one open PDF. `salt` is whatever else the facts of a page depend on."""

    def __init__(self, pdf: pikepdf.Pdf, salt: str) -> None:
        self._pdf = pdf
        self._digests: dict[ObjectId, bytes | None] = {}
        self._layers: dict[ObjectId, bytes] = {}
        self._giving: dict[ObjectId, bool] = {}
        self._base = b"%s %s" % (_VERSION, salt.encode("utf-8"))
        layers = pdf.Root.get("/OCProperties")
        if isinstance(layers, Dictionary):
            self._number_layers(layers)
            try:
                self._base += b" " + self._value(layers, 0)
            except _NoFingerprintError:
                self._base = b""

    def of_page(self, page: Object) -> str | None:
        """The fingerprint of a page; None if it has none, since something in it hangs on itself."""
        if not self._base:
            return None
        try:
            return _digest(self._base, *(self._plain_page(page) or self._any_page(page))).hex()
        except _NoFingerprintError:
            return None

    def _plain_page(self, page: Object) -> list[bytes] | None:
        """A page without annotations that has nothing from above, as most are; None if it is not that plain."""
        text = page.unparse(resolved=True)
        if text.count(b"/Parent ") != 1 or b"/Annots " in text or self._gives(page.get("/Parent")):
            return None
        return [self._resolved(_OF_PLACE.sub(b" ", text), 0)]

    def _gives(self, above: object) -> bool:
        """Whether pages may have something from a node above them; looked up once for each node."""
        if not isinstance(above, Dictionary):
            return True
        if above.objgen not in self._giving:
            self._giving[above.objgen] = any(key in above for key in _INHERITED) or "/Parent" in above
        return self._giving[above.objgen]

    def _any_page(self, page: Object) -> list[bytes]:
        entries = _with_inherited(page)
        parts = self._entries(entries, _NOT_SEEN, 0)
        annotations = entries.get("/Annots")
        for annotation in annotations.as_list() if isinstance(annotations, Array) else ():
            if isinstance(annotation, Dictionary):
                parts += [b"/Annot", *self._entries(dict(annotation.items()), _NOT_SEEN_OF_ANNOTATIONS, 0)]
        return parts

    def _number_layers(self, layers: Object) -> None:
        """Layers that say the same of themselves are not the same: one may be shown and the other not."""
        listed = layers.get("/OCGs")
        for index, layer in enumerate(listed.as_list() if isinstance(listed, Array) else ()):
            if isinstance(layer, Dictionary):
                self._layers[layer.objgen] = b"/OCG %d " % index

    def _entries(self, entries: Mapping[str, Object], ignored: frozenset[str], depth: int) -> list[bytes]:
        parts = []
        for key in sorted(entries.keys() - ignored):
            parts += [key.encode("utf-8", "surrogateescape"), self._value(entries[key], depth)]
        return parts

    def _value(self, value: object, depth: int) -> bytes:
        """A value of an entry as text, with digests for references."""
        if isinstance(value, Object):
            return self._resolved(b" %s " % value.unparse(), depth)
        return repr(value).encode("ascii", "backslashreplace")

    def _resolved(self, text: bytes, depth: int) -> bytes:
        """A text as qpdf writes it, with digests for references."""
        if b"(" in text:

            def digest(found: re.Match[bytes]) -> bytes:
                return self._of_object((int(found[1]), int(found[2])), depth + 1) if found[1] else found[0]

            return _REFERENCE.sub(digest, text)
        *parts, last = text.split(b" R ")
        resolved = []
        for part in parts:
            before, number, generation = (b" " + part).rsplit(b" ", 2)
            resolved += [before, self._of_object((int(number), int(generation)), depth + 1)]
        return b" ".join([*resolved, last])

    def _of_object(self, objgen: ObjectId, depth: int) -> bytes:
        """The digest of an object with all that hangs on it; taken once for each."""
        if objgen not in self._digests:
            self._digests[objgen] = None  # until it is known: an object that hangs on itself is found by this
            thing = self._pdf.get_object(objgen)
            layer = self._layers.get(objgen, b"")
            if isinstance(thing, Stream):
                entries = self._resolved(_OF_TAGS.sub(b"", thing.stream_dict.unparse()), depth)
                parts = [b"stream", entries, bytes(thing.get_raw_stream_buffer())]
            elif isinstance(thing, Object):
                parts = [layer, self._resolved(thing.unparse(resolved=True), depth)]
            else:
                parts = [repr(thing).encode("ascii", "backslashreplace")]
            self._digests[objgen] = b"@%s@" % _digest(*parts).hex().encode("ascii")
        known = self._digests[objgen]
        if known is None or depth > _DEEPEST:
            raise _NoFingerprintError
        return known


def page_fingerprints(pdf: pikepdf.Pdf, salt: str) -> list[str | None]:
    """The fingerprint of each page, or None. `salt` is whatever else the facts of a page depend on."""
    fingerprints = Fingerprints(pdf, salt)
    return [fingerprints.of_page(page.obj) for page in pdf.pages]


def _digest(*parts: bytes) -> bytes:
    """One digest of some parts, which does not change to that of others if something moves from one to the next."""
    sizes = b" ".join([b"%d" % len(part) for part in parts])
    digest = blake2b(sizes, digest_size=_SIZE)
    for part in parts:
        digest.update(part)
    return digest.digest()


def _with_inherited(page: Object) -> dict[str, Object]:
    """The entries of a page, with those that it has from above."""
    entries = dict(page.items())
    above = page.get("/Parent")
    for _ in range(_DEEPEST):
        if not isinstance(above, Dictionary) or all(key in entries for key in _INHERITED):
            break
        for key in _INHERITED:
            if key not in entries and key in above:
                entries[key] = above[key]
        above = above.get("/Parent")
    return entries
