"""Fingerprints of pages: two pages with the same one look the same, wherever they stand.

Takes the finished file; gives for each page a digest of everything that it shows as it stands there: its drawing,
boxes and rotation, its resources with all that hangs on them, its annotations as far as they are seen, and which
layers of the file are shown. Leaves out what says only where a page belongs: its parents, its tags, where links lead.
Object numbers do not count. Never unpacks a stream.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from hashlib import blake2b

import pikepdf

from packgen.inspect.finished_file import FinishedFile, ObjectName, entries_of, items_of, references_in
from packgen.inspect.links import link_digest

_VERSION = b"3"
"""To be raised whenever other facts are read of pages, or read in another way."""
_SIZE = 20
"""Bytes of a digest."""
_DEEPEST = 60
"""Objects that hang on each other; a font takes five."""
_NOT_SEEN = frozenset({b"/Parent", b"/StructParents", b"/Tabs", b"/Annots", b"/B"})
_NOT_SEEN_OF_ANNOTATIONS = frozenset({
    b"/P", b"/Parent", b"/Popup", b"/IRT", b"/StructParent", b"/Contents", b"/Dest", b"/A",
})  # fmt: skip
_INHERITED = (b"/Resources", b"/MediaBox", b"/CropBox", b"/Rotate")
"""What pages may have from the nodes above them (ISO 32000-1, 7.7.3.4)."""
_OF_PLACE = re.compile(rb" /(?:Parent \d+ \d+ R|StructParents \d+|Tabs /\w+)(?= [/>])")
"""Those of a plain page that are `_NOT_SEEN`; of other entries, none has such a value."""
_OF_TAGS = re.compile(rb" /(?:StructParents?|Length) \d+(?= [/>])")
"""Where a form or a picture stands in the tree of tags; and how long a stream is, which its content tells."""
_HOW_PACKED = re.compile(rb" /(?:Filter|DecodeParms) (?:/\w+|\[[^\[\]]*\]|<<[^<>]*>>)(?= [/>])")
"""How the content of a stream is packed, which qpdf writes behind all else."""
_REFERENCE = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9a-f]*>|(\d+) (\d+) R(?= )", re.DOTALL)
"""A reference; or a text, in which nothing is one. This is how qpdf writes both."""
_PARENT = re.compile(rb" /Parent (\d+) 0 R(?= [/>])")
_ONE_REFERENCE = re.compile(rb"\d+ \d+ R")


class _NoFingerprintError(Exception):
    """Something hangs on itself, or too much hangs on it."""


class Fingerprints:
    """Fingerprints of the pages of one PDF. `salt` is whatever else the facts of a page depend on."""

    def __init__(self, file: FinishedFile, salt: str) -> None:
        self._file = file
        self._digests: dict[ObjectName, bytes | None] = {}
        self._layers: dict[ObjectName, bytes] = {}
        self._giving: dict[ObjectName, bool] = {}
        self._base = b"%s %s" % (_VERSION, salt.encode("utf-8"))
        catalog = file.text(file.root)
        layers = (entries_of(catalog) or {}).get(b"/OCProperties") if b"/OCProperties" in catalog else None
        if layers is not None:
            self._number_layers(layers)
            try:
                self._base += b" " + self._value(layers, 0)
            except _NoFingerprintError:
                self._base = b""

    def of_page(self, page: ObjectName) -> str | None:
        """The fingerprint of a page; None if it has none, since something in it hangs on itself."""
        if not self._base:
            return None
        if page in self._file.settled_pages:
            return self._file.settled_pages[page]
        text = self._file.text(page)
        try:
            return _digest(self._base, *(self._plain_page(text) or self._any_page(text))).hex()
        except _NoFingerprintError:
            return None

    def _plain_page(self, text: bytes) -> list[bytes] | None:
        """A page without annotations that has nothing from above, as most are; None if it is not that plain."""
        if text.count(b"/Parent ") != 1 or b"/Annots " in text:
            return None
        above = _PARENT.search(text)
        if above is None or self._gives(above[1]):
            return None
        return [self._resolved(_OF_PLACE.sub(b" ", text), 0)]

    def _gives(self, above: ObjectName) -> bool:
        """Whether pages may have something from a node above them, or from one above that; looked up once for each."""
        if above not in self._giving:
            self._giving[above] = True  # until it is known: a node that stands above itself is found by this
            text = self._file.text(above)
            higher = _PARENT.findall(text)
            self._giving[above] = (
                any(key in text for key in _INHERITED)
                or text.count(b"/Parent") != len(higher)
                or any(self._gives(each) for each in higher)
            )
        return self._giving[above]

    def _any_page(self, page: bytes) -> list[bytes]:
        entries = self._with_inherited(page)
        parts = self._entries(entries, _NOT_SEEN, 0)
        for annotation in items_of(self._followed(entries.get(b"/Annots", b""))):
            of_annotation = entries_of(self._followed(annotation))
            if of_annotation is not None:
                parts += [b"/Annot", *self._entries(of_annotation, _NOT_SEEN_OF_ANNOTATIONS, 0)]
        return parts

    def _followed(self, value: bytes) -> bytes:
        """A value, or the text of the object that it refers to."""
        found = _ONE_REFERENCE.fullmatch(value)
        return self._file.text(references_in(value)[0]) if found else value

    def _with_inherited(self, page: bytes) -> dict[bytes, bytes]:
        """The entries of a page, with those that it has from above."""
        entries = entries_of(page) or {}
        above = entries.get(b"/Parent")
        for _ in range(_DEEPEST):
            if above is None or all(key in entries for key in _INHERITED):
                break
            given = entries_of(self._followed(above)) or {}
            for key in given.keys() & set(_INHERITED):
                entries.setdefault(key, given[key])
            above = given.get(b"/Parent")
        return entries

    def _number_layers(self, layers: bytes) -> None:
        """Layers that say the same of themselves are not the same: one may be shown and the other not."""
        listed = (entries_of(self._followed(layers)) or {}).get(b"/OCGs", b"")
        for index, layer in enumerate(references_in(self._followed(listed))):
            self._layers[layer] = b"/OCG %d " % index

    def _entries(self, entries: Mapping[bytes, bytes], ignored: frozenset[bytes], depth: int) -> list[bytes]:
        parts = []
        for key in sorted(entries.keys() - ignored):
            parts += [key, self._value(entries[key], depth)]
        return parts

    def _value(self, value: bytes, depth: int) -> bytes:
        """A value of an entry, with digests for references."""
        return self._resolved(b" %s " % value, depth)

    def _resolved(self, text: bytes, depth: int) -> bytes:
        """A text as qpdf writes it, with digests for references."""
        if b"(" in text:

            def digest(found: re.Match[bytes]) -> bytes:
                return self._of_object(_name(found[1], found[2]), depth + 1) if found[1] else found[0]

            return _REFERENCE.sub(digest, text)
        *parts, last = text.split(b" R ")
        resolved = []
        for part in parts:
            before, number, generation = (b" " + part).rsplit(b" ", 2)
            resolved += [before, self._of_object(_name(number, generation), depth + 1)]
        return b" ".join([*resolved, last])

    def _of_object(self, name: ObjectName, depth: int) -> bytes:
        """The digest of an object with all that hangs on it; taken once for each."""
        if name not in self._digests:
            self._digests[name] = None  # until it is known: an object that hangs on itself is found by this
            text, content = self._file.fetched(name)
            if content is not None:
                entries = _HOW_PACKED.sub(b"", _OF_TAGS.sub(b"", text))
                packed = [self._resolved(each + b" ", depth) for each in sorted(_HOW_PACKED.findall(text))]
                parts = [b"stream", self._resolved(entries, depth), *packed, content]
            else:
                parts = [self._layers.get(name, b""), self._resolved(text, depth)]
            self._digests[name] = b"@%s@" % _digest(*parts).hex().encode("ascii")
        known = self._digests[name]
        if known is None or depth > _DEEPEST:
            raise _NoFingerprintError
        return known


def page_fingerprints(file: FinishedFile | pikepdf.Pdf, salt: str, linked: Collection[int] = ()) -> list[str | None]:
    """The fingerprint of each page, or None. `salt` is whatever else the facts of a page depend on.

    Those of pages with the indexes `linked` depend on where the page stands and where its links lead, too.
    """
    finished = FinishedFile(file) if isinstance(file, pikepdf.Pdf) else file
    fingerprints = Fingerprints(finished, salt)
    told = [fingerprints.of_page(page) for page in finished.pages]
    for index in linked:
        seen, leading = told[index], link_digest(finished, index)
        told[index] = None if seen is None or leading is None else f"{seen}-{leading}"
    return told


def _name(number: bytes, generation: bytes) -> ObjectName:
    return number if generation == b"0" else b"%s %s" % (number, generation)


def _digest(*parts: bytes) -> bytes:
    """One digest of some parts, which does not change to that of others if something moves from one to the next."""
    sizes = b" ".join([b"%d" % len(part) for part in parts])
    digest = blake2b(sizes, digest_size=_SIZE)
    for part in parts:
        digest.update(part)
    return digest.digest()
