"""Where in an Office file a part of it is, in the words of people who look at the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from packgen.convert.read.ooxml import name
from packgen.convert.read.package import DocxPackage


def places_of(package: DocxPackage) -> Mapping[str, str]:
    """`sheet "Costs"` or `slide 3` for each part that belongs to a sheet or slide, by the part's name."""
    places: dict[str, str] = {}
    for part, place in _beginnings(package):
        waiting = [part]
        while waiting:
            below = waiting.pop()
            if below in places or below not in package.parts or below == package.main_part:
                continue
            places[below] = place
            waiting += [each.target for each in package.relationships(below).values() if not each.external]
    return places


def _beginnings(package: DocxPackage) -> Iterator[tuple[str, str]]:
    told = package.relationships(package.main_part)
    main = package.xml(package.main_part)
    for number, slide in enumerate(main.iter("{*}sldId"), 1):
        yield _target(told, slide.get(name("r:id"), "")), f"slide {number}"
    for sheet in main.iter("{*}sheet"):
        yield _target(told, sheet.get(name("r:id"), "")), f'sheet "{sheet.get("name", "")}"'


def _target(told: Mapping[str, object], key: str) -> str:
    return getattr(told.get(key), "target", "")
