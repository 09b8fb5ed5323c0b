"""The names that a template sees: the document's own data, completed, and what the pack and the council add.

Takes a document, its pack and the settings; gives a mapping that can be sent to another process. Reads only schemas.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import asdict

from packgen.front_sheet import front_sheet_data
from packgen.model import Document, Item, Pack, PagePlan
from packgen.schemas import FROM_PACK, SchemaSet
from packgen.workspace import Settings


def document_context(
    document: Document, item: Item, pack: Pack, settings: Settings, schemas: SchemaSet
) -> dict[str, Any]:
    """The context of one filled document of an item, a to-follow page included."""
    template = document.template or ""
    data = _own_data(document, item)
    if document.to_follow is None:
        for key, declared in schemas.schema(template).get("properties", {}).items():
            if FROM_PACK in declared:
                data.setdefault(key, _of_pack(pack)[declared[FROM_PACK]])
    return _completed(template, data, schemas) | _shared(pack, settings) | {"item": _of_item(item)}


def context_values(
    document: Document, item: Item, pack: Pack, settings: Settings, schemas: SchemaSet
) -> dict[str, Any]:
    """All that `document_context` depends on for the same arguments, had without making it: most are only compared."""
    return {
        "data": _own_data(document, item),
        "item": _of_item(item),
        "pack": _of_pack(pack),
        "shared": _shared(pack, settings),
        "schemas": schemas.digest,
    }


def front_sheet_context(pack: Pack, plan: PagePlan, settings: Settings, schemas: SchemaSet) -> dict[str, Any]:
    """The context of the front sheet."""
    shared = _shared(pack, settings)
    data = _completed("agenda", front_sheet_data(pack, plan), schemas)
    return shared | data


def supplement_context(pack: Pack, data: Mapping[str, Any], settings: Settings, schemas: SchemaSet) -> dict[str, Any]:
    """The context of a supplement's own front sheet, from `front_sheet.supplement_data`."""
    return _shared(pack, settings) | _completed("supplement", data, schemas)


def _own_data(document: Document, item: Item) -> dict[str, Any]:
    """What was written for a document, or is said of a paper to follow."""
    if document.to_follow is None:
        return dict(document.data or {})
    expected = document.to_follow.expected
    told: dict[str, Any] = {
        "template": document.template,
        "title": document.title,
        "report_of": item.report_of,
        "expected": expected.isoformat() if expected else None,
        "reason": document.to_follow.reason,
    }
    return {key: value for key, value in told.items() if value is not None}


def _of_item(item: Item) -> dict[str, Any]:
    return {"number": item.number, "title": item.title, "report_of": item.report_of}


def _completed(template: str, data: Mapping[str, Any], schemas: SchemaSet) -> dict[str, Any]:
    from packgen.fill import complete_context

    return complete_context(data, schemas.schema(template), schemas.resolver(template))


def _of_pack(pack: Pack) -> dict[str, str]:
    """What a schema may take from the pack for a key that is left out, by the value of its `x-from-pack`."""
    return {"committee": pack.committee, "meeting.date": pack.meeting.date.isoformat()}


def _shared(pack: Pack, settings: Settings) -> dict[str, Any]:
    return {
        "council": {
            "name": settings.council_name,
            "logo": settings.logo,
            "logo_alt": settings.logo_alt,
            "accent": settings.accent,
        },
        "words": asdict(settings.words),
        "meeting": {
            "date": pack.meeting.date.isoformat(),
            "time": pack.meeting.time.strftime("%H:%M"),
            "venue": pack.meeting.venue,
            "webcast": pack.meeting.webcast,
        },
        "pack": {"committee": pack.committee},
    }
