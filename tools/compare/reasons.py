"""Why documents differ from LibreOffice's drawing, where that is known. Each reason was found by drawing small files.

By the name of a document; the reason is what the report says of it.
"""

from __future__ import annotations

REASONS: dict[str, str] = {}
