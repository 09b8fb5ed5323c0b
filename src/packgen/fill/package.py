"""A Word document's package: its parts with what they refer to, and its bytes, which are the same for the same content.

Takes the files of a DOCX by name; gives its parts as XML that can be changed, and from them the bytes of a DOCX. Never
keeps what tells of the template's makers: comments, thumbnails, statistics, revision marks.

python-docx could do this; importing it takes longer than filling a template, so it is asked only where something is
rare: for the size of pictures, and for the parts that a template lacks.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from lxml import etree
from msgspec import Struct

from packgen.errors import Problem, TemplateError
from packgen.fill.xml import child

CONTENT_TYPES = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
CORE_PROPERTIES = PACKAGE + "relationships/metadata/core-properties"
HEADER, FOOTER, FOOTNOTES, ENDNOTES = (OFFICE + name for name in ("header", "footer", "footnotes", "endnotes"))
STYLES, NUMBERING, SETTINGS = (OFFICE + name for name in ("styles", "numbering", "settings"))
HYPERLINK, IMAGE = OFFICE + "hyperlink", OFFICE + "image"

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
FOOTNOTES_TYPE = _WORD.format("footnotes")
_DOCUMENT_TYPE = _WORD.format("document.main")
CORE_PROPERTIES_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
# Parts that are written anew even where nothing changed in them, without white space between elements.
_XML_TYPES = {_WORD.format(name) for name in ("document.main", "styles", "numbering", "settings", "header", "footer")}
_XML_TYPES.add(CORE_PROPERTIES_TYPE)
# Types that go with the ends of names; others are told part by part.
_USUAL_TYPES = {
    "bmp": "image/bmp",
    "gif": "image/gif",
    "jpe": "image/jpeg",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "emf": "image/x-emf",
    "wmf": "image/x-wmf",
    "wdp": "image/vnd.ms-photo",
    "fntdata": "application/x-fontdata",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "bin": "application/vnd.openxmlformats-officedocument.wordprocessingml.printerSettings",
}
_ALWAYS_TOLD = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o600 << 16
_MICROSOFT = "http://schemas.microsoft.com/office/"
_DROPPED = frozenset(
    (
        *(OFFICE + name for name in ("comments", "extended-properties", "custom-properties", "customXml")),
        OFFICE + "attachedTemplate",
        PACKAGE + "relationships/metadata/thumbnail",
        _MICROSOFT + "2007/relationships/stylesWithEffects",
        _MICROSOFT + "2011/relationships/commentsExtended",
        _MICROSOFT + "2011/relationships/people",
        _MICROSOFT + "2016/09/relationships/commentsIds",
        _MICROSOFT + "2018/08/relationships/commentsExtensible",
    )
)
_DROPPED_SETTINGS = ("w:rsids", "w:attachedTemplate", "w:trackRevisions")
_IMAGE_NUMBER = re.compile(r"[a-zA-Z]+([1-9][0-9]*)?")


class Relationship(Struct, frozen=True):
    """What a part refers to: another part, or an address outside the package."""

    kind: str
    target: Part | str


class Part:
    """One file of a package; `name` has no slash before it and is empty for the package itself.

    `links` are what it refers to by identifier, in the order in which they are written.
    """

    def __init__(self, name: str, content_type: str, content: bytes) -> None:
        self.name = name
        self.content_type = content_type
        self.links: dict[str, Relationship] = {}
        self._content = content
        self._element: Any = None

    @property
    def element(self) -> Any:
        """Its root element; what is changed there is written."""
        if self._element is None:
            self._element = _parsed(self._content)
        return self._element

    @property
    def content(self) -> bytes:
        """Its bytes as they are now."""
        if self._element is not None:
            return _written(self._element)
        return _written_anew(self._content) if self.content_type in _XML_TYPES else self._content

    @property
    def folder(self) -> str:
        return posixpath.dirname(self.name)

    def parts(self, kind: str) -> list[Part]:
        """The parts that it calls its `kind`."""
        return [link.target for link in self.links.values() if link.kind == kind and isinstance(link.target, Part)]

    def refer(self, kind: str, target: Part | str) -> str:
        """The identifier of a reference to `target`, made if there is none."""
        wanted = Relationship(kind, target)
        for identifier, link in self.links.items():
            if link.kind == kind and (link.target is target if isinstance(target, Part) else link.target == target):
                return identifier
        numbers = (f"rId{number}" for number in range(1, len(self.links) + 2))
        identifier = next(each for each in numbers if each not in self.links)
        self.links[identifier] = wanted
        return identifier

    def readable(self, kind: str) -> Part | None:
        """The part it calls its `kind`, whose reference is from now on written last; None where there is none."""
        for identifier, link in self.links.items():
            if link.kind == kind and isinstance(link.target, Part):
                self.links[identifier] = self.links.pop(identifier)
                return link.target
        return None


class Package:
    """A document with all that belongs to it. `root` refers to `document`, the part that holds the text."""

    def __init__(self, root: Part, document: Part) -> None:
        self.root = root
        self.document = document
        self._pictures = list(self._pictures_there())

    @property
    def styles(self) -> Part:
        return self._owned(STYLES, "styles")

    @property
    def settings(self) -> Part:
        return self._owned(SETTINGS, "settings")

    def _owned(self, kind: str, name: str) -> Part:
        """The document's styles or settings; those that python-docx gives a document where there are none."""
        found = self.document.parts(kind)
        if found:
            return found[0]
        from importlib.resources import files

        content = (files("docx") / "templates" / f"default-{name}.xml").read_bytes()
        part = Part(f"word/{name}.xml", _WORD.format(name), content)
        self.document.refer(kind, part)
        return part

    def picture(self, content: bytes, ending: str) -> Part:
        """The part that holds a picture; the same for the same picture."""
        for part in self._pictures:
            if part.content == content:
                return part
        used = {_number_of(part) for part in self._pictures}
        number = next(each for each in range(1, len(self._pictures) + 2) if each not in used)
        made = Part(f"word/media/image{number}.{ending}", _USUAL_TYPES[ending], content)
        self._pictures.append(made)
        return made

    def every_part(self) -> Iterator[Part]:
        """The package and each part that it refers to, itself or through others."""
        yield from _reached(self.root)

    def _pictures_there(self) -> Iterator[Part]:
        seen: set[int] = set()
        for holder in self.every_part():
            for part in holder.parts(IMAGE):
                if id(part) not in seen:
                    seen.add(id(part))
                    yield part


def _reached(root: Part) -> Iterator[Part]:
    waiting, seen = [root], {id(root)}
    while waiting:
        part = waiting.pop()
        yield part
        for link in part.links.values():
            if isinstance(link.target, Part) and id(link.target) not in seen:
                seen.add(id(link.target))
                waiting.append(link.target)


def _number_of(picture: Part) -> int | None:
    stem = posixpath.splitext(posixpath.basename(picture.name))[0]
    found = _IMAGE_NUMBER.match(stem)
    return int(found[1]) if found and found[1] else None


# --- Opening ----------------------------------------------------------------------------------------


def open_document(files: Mapping[str, bytes], template_name: str) -> Package:
    """The package, without what is not kept.

    Raises:
        TemplateError: the package lacks a part that it says it has.
    """
    try:
        package = _opened(files)
    except (KeyError, ValueError, etree.XMLSyntaxError) as error:
        hint = "open it in Word, which may repair it, and save it again"
        problem = Problem(
            code="template.damaged", message=f"the template is damaged: {error}", file=template_name, hint=hint
        )
        raise TemplateError(problem) from error
    settings = package.settings.element
    for name in _DROPPED_SETTINGS:
        setting = child(settings, name)
        if setting is not None:
            settings.remove(setting)
    return package


def _opened(files: Mapping[str, bytes]) -> Package:
    type_of = _content_types(files[CONTENT_TYPES])
    parts: dict[str, Part] = {}
    root = Part("", "", b"")
    waiting = [root]
    while waiting:
        part = waiting.pop()
        for identifier, kind, target, external in _references(files, part):
            if external:
                part.links[identifier] = Relationship(kind, target)
                continue
            if target not in parts:
                if target not in files:
                    raise KeyError(f"There is no item named {target!r} in the archive")
                parts[target] = Part(target, type_of(target), files[target])
                waiting.append(parts[target])
            part.links[identifier] = Relationship(kind, parts[target])
    documents = root.parts(OFFICE + "officeDocument")
    if len(documents) != 1 or documents[0].content_type != _DOCUMENT_TYPE:
        raise ValueError("it does not say which part is the document")
    package = Package(root, documents[0])
    for part in list(package.every_part()):
        part.links = {name: link for name, link in part.links.items() if link.kind not in _DROPPED}
        if part.content_type in _XML_TYPES:
            _ = part.content  # finds damage now
    return package


def _references(files: Mapping[str, bytes], part: Part) -> Iterator[tuple[str, str, str, bool]]:
    """Identifier, kind and target of what a part refers to, and whether that is outside the package."""
    written = files.get(_references_file(part))
    if written is None:
        return
    for link in _parsed(written):
        external = link.get("TargetMode") == "External"
        target = link.get("Target", "")
        if not external:
            target = posixpath.normpath(posixpath.join("/", part.folder, target)).lstrip("/")
        yield link.get("Id", ""), link.get("Type", ""), target, external


def _references_file(part: Part) -> str:
    return posixpath.join(part.folder, "_rels", f"{posixpath.basename(part.name)}.rels")


def _content_types(written: bytes) -> Callable[[str], str]:
    usual: dict[str, str] = {}
    own: dict[str, str] = {}
    for each in _parsed(written):
        if each.get("PartName"):
            own[each.get("PartName").lower()] = each.get("ContentType", "")
        elif each.get("Extension"):
            usual[each.get("Extension").lower()] = each.get("ContentType", "")

    def type_of(name: str) -> str:
        found = own.get(f"/{name.lower()}") or usual.get(posixpath.splitext(name)[1][1:].lower())
        if found is None:
            raise KeyError(f"it does not say what its part {name} is")
        return found

    return type_of


# --- Writing ----------------------------------------------------------------------------------------


def package_bytes(package: Package) -> bytes:
    """The bytes of a DOCX."""
    files: dict[str, bytes] = {}
    usual = dict(_ALWAYS_TOLD)
    own: dict[str, str] = {}
    for part in package.every_part():
        if part is not package.root:
            files[part.name] = part.content
            ending = posixpath.splitext(part.name)[1][1:]
            if _USUAL_TYPES.get(ending.lower()) == part.content_type:
                usual[ending] = part.content_type
            else:
                own[f"/{part.name}"] = part.content_type
        if part.links or part is package.root:
            files[_references_file(part)] = _written_references(part)
    types = _root_of(PACKAGE + "content-types", "Types")
    for ending in sorted(usual):
        _append(types, "Default", Extension=ending, ContentType=usual[ending])
    for name in sorted(own):
        _append(types, "Override", PartName=name, ContentType=own[name])
    return archive({CONTENT_TYPES: _written(types), **{name: files[name] for name in sorted(files)}})


def _written_references(part: Part) -> bytes:
    references = _root_of(PACKAGE + "relationships", "Relationships")
    for identifier, link in part.links.items():
        if isinstance(link.target, Part):
            target = posixpath.relpath(f"/{link.target.name}", f"/{part.folder}")
            _append(references, "Relationship", Id=identifier, Type=link.kind, Target=target)
        else:
            _append(
                references, "Relationship", Id=identifier, Type=link.kind, Target=link.target, TargetMode="External"
            )
    return _written(references)


def _root_of(namespace: str, name: str) -> Any:
    return etree.Element(f"{{{namespace}}}{name}", nsmap={None: namespace})


def _append(parent: Any, name: str, **attributes: str) -> None:
    etree.SubElement(parent, parent.tag.rpartition("}")[0] + "}" + name, attributes)


def _parsed(content: bytes) -> Any:
    return etree.fromstring(content, etree.XMLParser(remove_blank_text=True, resolve_entities=False))


def _written(root: Any) -> bytes:
    return bytes(etree.tostring(root, encoding="UTF-8", standalone=True))


@lru_cache(maxsize=64)
def _written_anew(content: bytes) -> bytes:
    """XML as it is written after it was read: without white space between elements."""
    return _written(_parsed(content))


def archive(files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive with nothing in it but the files: no times, no machine.

    Not compressed: compression differs between builds of zlib, and would make the same document differ.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as package:
        for name, content in files.items():
            member = zipfile.ZipInfo(name, _FIXED_TIME)
            member.create_system = 0
            member.external_attr = _REGULAR_FILE
            package.writestr(member, content)
    return written.getvalue()
