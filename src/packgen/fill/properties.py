"""What a document says of itself.

Takes the pack's facts; sets title, author, subject, dates and language. Never takes them from a clock or a machine.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from packgen.fill.styles import Styles
from packgen.fill.xml import child, qualified

_NO_TIME = dt.datetime(1980, 1, 1)


@dataclass(frozen=True, kw_only=True)
class DocumentProperties:
    """`created` goes into the file, so it must come from the inputs. None stands for a fixed day long ago."""

    title: str
    author: str = ""
    subject: str = ""
    keywords: str = ""
    created: dt.datetime | None = None


def set_properties(document: Any, styles: Styles, properties: DocumentProperties | None, language: str) -> None:
    """Set a document's properties and language, and forget who changed its template, and when.

    Args:
        document: python-docx's.
        styles: the same document's.
        properties: without them, the template's own title and author stay.
        language: such as `en-GB`.
    """
    core = document.core_properties
    created = _NO_TIME
    if properties is not None:
        core.title, core.author = properties.title[:255], properties.author[:255]
        core.subject, core.keywords = properties.subject[:255], properties.keywords[:255]
        created = properties.created or _NO_TIME
    core.comments = core.last_modified_by = ""
    core.created = core.modified = created
    core.revision = 1
    core.language = language
    styles.set_language(language)
    theme_language = child(document.settings.element, "w:themeFontLang")
    if theme_language is not None:
        theme_language.set(qualified("w:val"), language)
