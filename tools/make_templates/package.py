"""A template as a file: what surrounds its text, and bytes that are the same on every run and machine.

Takes a python-docx document; gives its bytes. Template modules never call it; `__main__` does.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

from tools.make_templates.ooxml import Element, element

_FIXED_DATE = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_UNWANTED = ("/thumbnail", "/customXml", "/stylesWithEffects", "/webSettings")


def prepare(document: Any, title: str) -> None:
    """Give a new document the settings and properties of the house and drop what python-docx's own sample carries."""
    for part in (document.part, document.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(_UNWANTED):
                del part.rels[key]
    _write_settings(document.settings.element)
    properties = document.core_properties
    properties.title, properties.language = title, "en-GB"
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.subject = properties.category = ""
    properties.created = properties.modified = properties.last_printed = _FIXED_DATE
    properties.revision = 1


def _write_settings(settings: Element) -> None:
    for child in list(settings):
        settings.remove(child)
    compatibility = element(
        "compat",
        *(
            element("compatSetting", name=name, uri="http://schemas.microsoft.com/office/word", val=value)
            for name, value in (("compatibilityMode", 15), ("overrideTableStyleFontSizeAndJustification", 1))
        ),
    )
    settings.extend(
        [
            element("zoom", percent=100),
            element("defaultTabStop", val=567),
            element("autoHyphenation", val=0),
            element("characterSpacingControl", val="doNotCompress"),
            compatibility,
            element("themeFontLang", val="en-GB"),
            element("decimalSymbol", val="."),
            element("listSeparator", val=","),
        ]
    )


def to_bytes(document: Any) -> bytes:
    """The document as a DOCX file with fixed dates.

    Its entries are stored, not deflated, because deflated bytes differ between versions of zlib.
    """
    saved = io.BytesIO()
    document.save(saved)
    result = io.BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.create_system = 0  # or it would say on which system it was written
            target.writestr(entry, source.read(name))
    return result.getvalue()
