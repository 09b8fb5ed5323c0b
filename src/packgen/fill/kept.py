"""What Jinja made of the templates that packgen brings, kept so that filling them takes no Jinja.

Takes a template's bytes; gives the Python that Jinja made of each part, if it is a template that packgen brings.
`data/compiled` has it under the hash of the template's bytes, written by `tools.make_compiled_templates`.
Never runs it: `quick` does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import CodeType

from msgspec import Struct

from packgen.fill.archive import read_archive

_KEPT = Path(__file__).parent.parent / "data" / "compiled"
_HASH_LENGTH = 32


class KeptPart(Struct, frozen=True):
    """One XML part of a template. `code` makes its text, `names` are those that it takes from the data."""

    name: str
    code: CodeType
    names: frozenset[str]


class KeptTemplate(Struct, frozen=True):
    """`files` are the DOCX's other members, by name."""

    parts: tuple[KeptPart, ...]
    files: Mapping[str, bytes]


def kept_file(template: bytes) -> Path:
    """Where what was made of a template is kept, if it is one that packgen brings."""
    return _KEPT / f"{hashlib.sha256(template).hexdigest()[:_HASH_LENGTH]}.json"


@lru_cache(maxsize=32)
def kept_template(template: bytes) -> KeptTemplate | None:
    """What is kept of a template; None if it is not one that packgen brings."""
    try:
        kept = json.loads(kept_file(template).read_bytes())
    except FileNotFoundError:
        return None
    parts = tuple(
        KeptPart(part["name"], compile(part["python"], part["name"], "exec"), frozenset(part["names"]))
        for part in kept["parts"]
    )
    names = {part.name for part in parts}
    others = {name: data for name, data in read_archive(template, "").items() if name not in names}
    return KeptTemplate(parts, others)


def as_text(template: bytes, template_name: str) -> str:
    """What is kept of a template, made afresh, with the Jinja that made it.

    Raises:
        ValueError: it repeats table columns, which takes more than Jinja.
    """
    import jinja2

    from packgen.fill.compiled import compile_template
    from packgen.fill.names import names_given

    compiled = compile_template(template, template_name)
    if any(part.has_column_loops for part in compiled.parts):
        raise ValueError(f"{template_name} has tags that repeat columns")
    parts = [
        {
            "name": part.name,
            "python": _without_imports(part.python),
            "names": sorted(part.names.keys() - names_given()),
        }
        for part in compiled.parts
    ]
    return json.dumps({"jinja": jinja2.__version__, "parts": parts}, ensure_ascii=False, indent=0) + "\n"


def _without_imports(python: str) -> str:
    """Code without its first line, which takes names from Jinja that `quick` gives."""
    first, _, rest = python.partition("\n")
    if not first.startswith("from jinja2.runtime import "):
        raise ValueError(f"Jinja begins its code otherwise than it did: {first}")
    return rest
