"""What a document says of itself.

Takes the pack's facts; sets title, author, subject, dates and language. Never takes them from a clock or a machine.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from lxml import etree
from msgspec import Struct

from packgen.fill.package import CORE_PROPERTIES, CORE_PROPERTIES_TYPE, PACKAGE, Package, Part
from packgen.fill.styles import Styles
from packgen.fill.xml import child, qualified

_NO_TIME = dt.datetime(1980, 1, 1)
_LONGEST = 255
_NAMESPACES = {
    "cp": PACKAGE + "metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_NO_PROPERTIES = '<cp:coreProperties xmlns:cp="{cp}" xmlns:dc="{dc}" xmlns:dcterms="{dcterms}"/>'.format(
    **_NAMESPACES
).encode()


class DocumentProperties(Struct, frozen=True, kw_only=True):
    """`created` goes into the file, so it must come from the inputs. None stands for a fixed day long ago."""

    title: str
    author: str = ""
    subject: str = ""
    keywords: str = ""
    created: dt.datetime | None = None


def set_properties(package: Package, styles: Styles, properties: DocumentProperties | None, language: str) -> None:
    """Set a document's properties and language, and forget who changed its template, and when.

    Args:
        package: the document's.
        styles: the same document's.
        properties: without them, the template's own title and author stay.
        language: such as `en-GB`.
    """
    core = _core_properties(package)
    created = _NO_TIME
    if properties is not None:
        _set(core, "dc:title", properties.title)
        _set(core, "dc:creator", properties.author)
        _set(core, "dc:subject", properties.subject)
        _set(core, "cp:keywords", properties.keywords)
        created = properties.created or _NO_TIME
    _set(core, "cp:lastModifiedBy", "")
    _set(core, "dc:description", "")
    for name in ("dcterms:modified", "dcterms:created"):
        moment = _set(core, name, created.strftime("%Y-%m-%dT%H:%M:%SZ"))
        # The root names the namespace, rather than each element that uses it.
        core.set(_name("xsi:none"), "")
        moment.set(_name("xsi:type"), "dcterms:W3CDTF")
        del core.attrib[_name("xsi:none")]
    _set(core, "cp:revision", "1")
    _set(core, "dc:language", language)
    styles.set_language(language)
    theme_language = child(package.settings.element, "w:themeFontLang")
    if theme_language is not None:
        theme_language.set(qualified("w:val"), language)


def _core_properties(package: Package) -> Any:
    found = package.root.parts(CORE_PROPERTIES)
    if found:
        return found[0].element
    part = Part("docProps/core.xml", CORE_PROPERTIES_TYPE, _NO_PROPERTIES)
    package.root.refer(CORE_PROPERTIES, part)
    return part.element


def _set(core: Any, name: str, text: str) -> Any:
    """Give a property as much of a text as it can hold."""
    found = core.find(_name(name))
    if found is None:
        prefix = name.partition(":")[0]
        found = etree.SubElement(core, _name(name), nsmap={prefix: _NAMESPACES[prefix]})
    found.text = text[:_LONGEST]
    return found


def _name(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"
