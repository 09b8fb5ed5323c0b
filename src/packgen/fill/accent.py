"""The council's accent colour in a template.

Takes the files of a DOCX and a colour, gives them with the colour that shipped templates use replaced by it.
"""

from __future__ import annotations

from collections.abc import Mapping

TEMPLATE_ACCENT = b"1D4F6E"


def with_accent(files: Mapping[str, bytes], accent: str) -> dict[str, bytes]:
    """The files with the accent colour `accent`, written `#RRGGBB`, wherever XML names the templates' own."""
    colour = accent.removeprefix("#").upper().encode("ascii")
    quoted = b'"%b"'
    return {
        name: data.replace(quoted % TEMPLATE_ACCENT, quoted % colour) if name.endswith(".xml") else data
        for name, data in files.items()
    }
