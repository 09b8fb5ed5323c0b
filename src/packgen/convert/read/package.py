"""The DOCX as a package of parts.

Takes the file's bytes; gives its parts as bytes or XML and the relationships between them. Refuses what is
not a Word document, what is encrypted or damaged, and what would unpack to more than a limit. Never fetches
anything from outside the file and never writes.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from functools import cached_property
from io import BytesIO
from typing import Any

from lxml import etree
from msgspec import Struct

from packgen.convert.damaged_archive import DAMAGED_ARCHIVE
from packgen.convert.file_words import WORD, FileWords
from packgen.convert.read.ooxml import STRICT, Element
from packgen.errors import ConversionError, Problem

_MAX_PARTS = 5000
_MAX_BYTES = 400 * 2**20
_MAX_XML_BYTES = 100 * 2**20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Relationship(Struct, frozen=True):
    """What a part refers to: `target` is a part's name, or an address if `external`. `kind` is the type's last word."""

    kind: str
    target: str
    external: bool


class DocxPackage:
    """The parts of one DOCX, or of another Office file. `name` is what problems call the file."""

    def __init__(self, parts: Mapping[str, bytes], name: str, words: FileWords = WORD) -> None:
        self.parts = parts
        self.name = name
        self.words = words
        self._relationships: dict[str, Mapping[str, Relationship]] = {}

    @cached_property
    def main_part(self) -> str:
        for relationship in self.relationships("").values():
            if relationship.kind == "officeDocument" and relationship.target in self.parts:
                return relationship.target
        raise self.damaged(f"there is no {self.words.what} in it")

    def relationships(self, part: str) -> Mapping[str, Relationship]:
        """Of `part` (the package itself for an empty name), by their id."""
        if part not in self._relationships:
            folder, base = posixpath.split(part)
            source = posixpath.join(folder, "_rels", base + ".rels")
            found: dict[str, Relationship] = {}
            if source in self.parts:
                for element in self.xml(source).iter(_RELATIONSHIPS):
                    external = element.get("TargetMode") == "External"
                    target = element.get("Target", "")
                    if not external:
                        target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
                    kind = element.get("Type", "").rpartition("/")[2]
                    found[element.get("Id", "")] = Relationship(kind, target, external)
            self._relationships[part] = found
        return self._relationships[part]

    def related(self, kind: str) -> str | None:
        """The part that the main part calls its `kind`, such as `styles`."""
        for relationship in self.relationships(self.main_part).values():
            if relationship.kind == kind and not relationship.external and relationship.target in self.parts:
                return relationship.target
        return None

    def related_xml(self, kind: str) -> Element | None:
        part = self.related(kind)
        return None if part is None else self.xml(part)

    def xml(self, part: str) -> Element:
        data = self.parts[part]
        if len(data) > _MAX_XML_BYTES:
            raise self.damaged(f"{part} is larger than any document packgen draws")
        if b"//purl.oclc.org/ooxml/" in data:
            for strict, transitional in STRICT.items():
                data = data.replace(strict.encode(), transitional.encode())
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root: Any = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise self.damaged(f"{part} is not well-formed XML (line {error.lineno})") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self.damaged(f"{part} declares a document type, which Word never does")
        return root

    def damaged(self, why: str) -> ConversionError:
        return ConversionError(
            Problem(
                code="convert.damaged",
                file=self.name,
                message=f"This is not a {self.words.what} that can be read: {why}.",
                hint=f"Open it in {self.words.program}, and save it again as a {self.words.what} "
                f"({self.words.suffix}).",
            )
        )


def open_package(docx: bytes, name: str, words: FileWords = WORD) -> DocxPackage:
    """Unpack `docx` in memory.

    Raises:
        ConversionError: if it is no DOCX, is encrypted, is damaged, or unpacks to more than 400 MiB.
    """
    empty = DocxPackage({}, name, words)
    if docx.startswith(_OLE):
        raise ConversionError(
            Problem(
                code="convert.encrypted",
                file=name,
                message=f"The document is protected by a password, or was saved in the old {words.suffix[:-1]} format.",
                hint=f"Open it in {words.program}, take off the password, and save it as a {words.what} "
                f"({words.suffix}).",
            )
        )
    try:
        with zipfile.ZipFile(BytesIO(docx)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > _MAX_PARTS or sum(entry.file_size for entry in entries) > _MAX_BYTES:
                raise empty.damaged("it unpacks to more than packgen allows")
            parts = {entry.filename.lstrip("/"): _read(archive, entry, empty) for entry in entries}
    except (*DAMAGED_ARCHIVE, OSError) as error:
        raise empty.damaged("its content is damaged or is something else") from error
    if "[Content_Types].xml" not in parts:
        raise empty.damaged("it is an archive of another kind")
    return DocxPackage(parts, name, words)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, empty: DocxPackage) -> bytes:
    with archive.open(entry) as stream:
        data = stream.read(entry.file_size + 1)
    if len(data) > entry.file_size:
        raise empty.damaged("a part is larger than it says")
    return data
