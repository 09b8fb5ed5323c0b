"""A Word document's package: opened from its files, and written so that the same content gives the same bytes.

Takes the files of a DOCX by name; gives python-docx's document, and from that the bytes of a DOCX. Never keeps what
tells of the template's makers: comments, thumbnails, statistics, revision marks.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml.parser import parse_xml
from lxml import etree

from packgen.errors import Problem, TemplateError
from packgen.fill.xml import child

CONTENT_TYPES = "[Content_Types].xml"
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o600 << 16
_DROPPED = (
    RELATIONSHIP_TYPE.COMMENTS,
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.CUSTOM_PROPERTIES,
    RELATIONSHIP_TYPE.CUSTOM_XML,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate",
    "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
    "http://schemas.microsoft.com/office/2011/relationships/people",
    "http://schemas.microsoft.com/office/2016/09/relationships/commentsIds",
    "http://schemas.microsoft.com/office/2018/08/relationships/commentsExtensible",
)
_DROPPED_SETTINGS = ("w:rsids", "w:attachedTemplate", "w:trackRevisions")


def open_document(files: Mapping[str, bytes], template_name: str) -> Any:
    """python-docx's document.

    Raises:
        TemplateError: the package lacks a part that it says it has.
    """
    try:
        document = Document(io.BytesIO(archive(files)))
    except (KeyError, ValueError, etree.XMLSyntaxError) as error:
        hint = "open it in Word, which may repair it, and save it again"
        problem = Problem(
            code="template.damaged", message=f"the template is damaged: {error}", file=template_name, hint=hint
        )
        raise TemplateError(problem) from error
    package = document.part.package
    for holder in (package, *list(package.iter_parts())):
        for identifier, relationship in list(holder.rels.items()):
            if relationship.reltype in _DROPPED:
                del holder.rels[identifier]
    for name in _DROPPED_SETTINGS:
        setting = child(document.settings.element, name)
        if setting is not None:
            document.settings.element.remove(setting)
    return document


def readable_part(document_part: Any, relationship_type: str) -> Any:
    """A part as XML that python-docx keeps as bytes, such as the footnotes; None where there is none."""
    for identifier, relationship in list(document_part.rels.items()):
        if relationship.reltype == relationship_type and not relationship.is_external:
            old = relationship.target_part
            part = XmlPart(old.partname, old.content_type, parse_xml(old.blob), old.package)
            for inner in old.rels.values():
                target = inner.target_ref if inner.is_external else inner.target_part
                part.load_rel(inner.reltype, target, inner.rId, inner.is_external)
            del document_part.rels[identifier]
            document_part.rels.add_relationship(relationship_type, part, identifier)
            return part
    return None


def package_bytes(document: Any) -> bytes:
    """The bytes of a DOCX."""
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as package:
        files = {name: package.read(name) for name in package.namelist()}
    names = sorted(files, key=lambda name: (name != CONTENT_TYPES, name))
    return archive({name: files[name] for name in names})


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
