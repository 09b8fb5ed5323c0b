"""Presentations on their way to LibreOffice.

Takes a PPTX; gives it with its dates as PowerPoint last showed them, and every piece of text on each visible slide.
Hidden slides, notes and comments are never drawn.
"""

from __future__ import annotations

from collections.abc import Iterator

from packgen.convert.office.kinds import OFFICE_KINDS
from packgen.convert.office.prepared import Described, Expected, Prepared, cut_off, packed, serialised
from packgen.convert.read.ooxml import Element, local_name, name
from packgen.convert.read.package import DocxPackage, open_package
from packgen.errors import ConversionError, Problem

_A_RUN = name("a:r")
_RELATIONSHIP = name("r:id")
_LINE = "cxnSp"
_SHOWING = {"pic", "graphicFrame", _LINE}
_WITH_DATES = ("ppt/slides/", "ppt/slideLayouts/", "ppt/slideMasters/")


def prepare_slides(data: bytes, file: str) -> Prepared:
    """A PPTX ready to be drawn.

    Raises:
        ConversionError: it is damaged or encrypted, has no visible slide, or takes in pictures from elsewhere.
    """
    package = open_package(data, file, OFFICE_KINDS[".pptx"].words)
    parts = dict(package.parts)
    warnings = tuple(dict.fromkeys(cut_off(package, parts)))
    roots = {part: package.xml(part) for part in _slides(package)}
    changed = {part for part, root in roots.items() if _picture_objects(root)}
    visible = [(part, root) for part, root in roots.items() if root.get("show", "1") not in {"0", "false"}]
    if not visible:
        raise ConversionError(
            Problem(
                code="convert.nothing-shown",
                file=file,
                message="The presentation has no slide that is shown.",
                hint="Un-hide the slides that belong into the pack, and save.",
            )
        )
    numbers = {part: number for number, part in enumerate(roots, 1)}
    expected: list[Expected] = []
    undescribed: list[str] = []
    pictures: list[tuple[Described, ...]] = []
    for group, (part, root) in enumerate(visible):
        place = f"slide {numbers[part]}"
        expected += [Expected(text, place, group) for text in _texts(root)]
        expected += [Expected(text, place, group) for text in _diagram_texts(package, part)]
        showing = [shape for shape in root.iter("{*}*") if local_name(shape) in _SHOWING and not _is_silent(shape)]
        pictures.append(tuple(Described(_described(shape)) for shape in showing))
        if Described("") in pictures[-1]:
            undescribed.append(place)
    for part in [part for part in parts if part.startswith(_WITH_DATES) and part.endswith(".xml")]:
        root = roots[part] if part in roots else package.xml(part)
        if _freeze_dates(root) or part in changed:
            parts[part] = serialised(root)
    groups = tuple(f"slide {numbers[part]}" for part, _ in visible)
    return Prepared(
        packed(parts),
        tuple(expected),
        groups,
        pictures=tuple(pictures),
        undescribed=tuple(undescribed),
        warnings=warnings,
    )


def _slides(package: DocxPackage) -> Iterator[str]:
    """The parts of all slides in their order."""
    relationships = package.relationships(package.main_part)
    for listed in package.xml(package.main_part).iter("{*}sldId"):
        found = relationships.get(listed.get(_RELATIONSHIP, ""))
        if found is None or found.target not in package.parts:
            raise package.damaged("a slide is missing in it")
        yield found.target


def _texts(root: Element) -> Iterator[str]:
    """Each paragraph of a slide that is to be seen, cut at line breaks and page numbers."""
    for paragraph in root.iter(name("a:p")):
        if _is_hidden(paragraph):
            continue
        pieces = [""]
        for child in paragraph:
            local = local_name(child)
            if local == "r" or (local == "fld" and not child.get("type", "").startswith("slidenum")):
                pieces[-1] += "".join(text.text or "" for text in child.iter(name("a:t")))
            elif local in {"br", "fld", "m", "AlternateContent"}:
                pieces.append("")
        yield from (piece for piece in pieces if piece.strip())


def _is_hidden(element: Element) -> bool:
    for outer in element.iterancestors():
        if outer.tag == name("mc:Fallback"):
            return True
        for properties in outer[:1]:
            own = properties.find("{*}cNvPr") if local_name(properties).startswith("nv") else None
            if own is not None and own.get("hidden") in {"1", "true"}:
                return True
    return False


def _diagram_texts(package: DocxPackage, part: str) -> Iterator[str]:
    """What the SmartArt of a slide says, from the drawing that PowerPoint keeps of each."""
    for relationship in package.relationships(part).values():
        if relationship.kind == "diagramDrawing" and relationship.target in package.parts:
            yield from _texts(package.xml(relationship.target))


def _is_silent(shape: Element) -> bool:
    """Whether a frame is a table, which speaks itself, or is not shown at all."""
    table = local_name(shape) == "graphicFrame" and shape.find(f".//{name('a:tbl')}") is not None
    properties = _properties(shape)
    return table or _is_hidden(shape) or properties is None or properties.get("hidden") in {"1", "true"}


def _properties(shape: Element) -> Element | None:
    return next(shape[0].iter("{*}cNvPr"), None) if len(shape) else None


def _described(shape: Element) -> str | None:
    """What is said of a picture, chart or diagram; None of decoration, such as a line of which nothing is said."""
    properties = _properties(shape)
    mark = properties.find(f".//{name('adec:decorative')}") if properties is not None else None
    if properties is None or (mark is not None and mark.get("val") in {"1", "true"}):
        return None
    said = " ".join((properties.get("descr") or properties.get("title") or "").split())
    return None if local_name(shape) == _LINE and not said else said


def _picture_objects(root: Element) -> bool:
    """Leaves of embedded objects the picture that PowerPoint shows: LibreOffice would open them. Whether it did."""
    changed = False
    for frame in [each for each in root.iter("{*}graphicFrame") if next(each.iter("{*}oleObj"), None) is not None]:
        pictures = list(frame.iter("{*}pic"))
        place, looks = frame.find("{*}xfrm"), pictures[-1].find("{*}spPr") if pictures else None
        if place is None or looks is None:
            continue
        if looks.find(name("a:xfrm")) is None:
            place.tag = name("a:xfrm")
            looks.insert(0, place)
        own, outer = (next(each.iter("{*}cNvPr")) for each in (pictures[-1], frame))
        for key in ("descr", "title"):
            if outer.get(key) and not own.get(key):
                own.set(key, outer.get(key))
        frame.getparent().replace(frame, pictures[-1])
        changed = True
    return changed


def _freeze_dates(root: Element) -> bool:
    """Makes plain text of dates that would change from day to day."""
    found = [each for each in root.iter(name("a:fld")) if each.get("type", "").startswith("datetime")]
    for date in found:
        date.tag = _A_RUN
        for key in list(date.attrib):
            del date.attrib[key]
        for child in [each for each in date if local_name(each) == "pPr"]:
            date.remove(child)
    return bool(found)
