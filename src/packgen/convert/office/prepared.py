"""An Office file made ready to be drawn, and what must be found on its pages.

Takes the parts of a package; gives them packed again, the same for the same parts. What would reach out of the file is
cut off here: links stay links, everything else that lies outside is refused or left out with a warning.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from packgen.convert.office.sheets import Area
from packgen.convert.read.context import ANOTHER_FILE
from packgen.convert.read.ooxml import Element
from packgen.convert.read.package import DocxPackage
from packgen.errors import ConversionError, Problem

_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PICTURES = {"image"}
_OTHER_FILES = {"aFChunk", "subDocument", "oleObject", "package", "frame"}
_PACKED_ON = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Expected:
    """Text that must be on the pages, and where it stands in the file.

    `group` is its slide or sheet, from 0; `cell` its row and column there.
    """

    text: str
    place: str
    group: int | None = None
    cell: tuple[int, int] | None = None


@dataclass(frozen=True)
class Described:
    """What is said of a picture: None if nothing has to be. `in_order` if it is surely drawn where it stands."""

    words: str | None
    in_order: bool = True


@dataclass(frozen=True)
class SheetPlace:
    """A sheet that is shown: its name, its place among all sheets, from 0, and what of it is printed, if not all."""

    name: str
    index: int
    areas: Sequence[Area] = ()


@dataclass(frozen=True)
class Prepared:
    """A file ready to be drawn.

    `groups` names what begins a page of its own: slides, or sheets with something on them; of sheets, `sheets` tells
    where each stands in the file, `rows` which have no height yet (sheet, first, last). `formulas` is what each
    equation says, in order, `pictures` what is said of the pictures of each slide or of the whole text; `undescribed`
    names the places of pictures without alternative text. `language` is that which a Word file gives to text of which
    nothing else is said, as a tag, if it names one.
    """

    data: bytes
    expected: tuple[Expected, ...]
    groups: tuple[str, ...] = ()
    sheets: tuple[SheetPlace, ...] = ()
    rows: tuple[tuple[int, int, int], ...] = ()
    formulas: tuple[str, ...] = ()
    pictures: tuple[tuple[Described, ...], ...] = ()
    undescribed: tuple[str, ...] = ()
    language: str = ""
    warnings: tuple[Problem, ...] = ()


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts as one file again."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            archive.writestr(zipfile.ZipInfo(name, _PACKED_ON), parts[name], zipfile.ZIP_DEFLATED, 1)
    return target.getvalue()


def serialised(root: Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def cut_off(package: DocxPackage, parts: dict[str, bytes]) -> Iterator[Problem]:
    """Takes every tie to the outside but hyperlinks out of `parts`; gives warnings of those that were seen.

    Raises:
        ConversionError: a picture is only linked, or text is kept in another file.
    """
    refused: list[Problem] = []
    for part in sorted(name for name in parts if name.endswith(".rels")):
        root = package.xml(part)
        changed = False
        for element in list(root.iter(_RELATIONSHIPS)):
            kind = element.get("Type", "").rpartition("/")[2]
            if element.get("TargetMode") != "External" or kind == "hyperlink":
                continue
            if kind in _PICTURES | _OTHER_FILES:
                refused.append(_refusal(package, kind))
            else:
                root.remove(element)
                changed = True
                if kind in {"video", "audio", "media"}:
                    yield _left_out(package)
        if changed:
            parts[part] = serialised(root)
    if refused:
        raise ConversionError(dict.fromkeys(refused))


def _refusal(package: DocxPackage, kind: str) -> Problem:
    if kind in _PICTURES:
        return Problem(
            code="convert.linked-picture",
            file=package.name,
            message="A picture is only linked, not part of the file.",
            hint=f"In {package.words.program} choose File > Info > Edit Links to Files > Break Link, or insert the "
            "picture again.",
        )
    return Problem(
        code=ANOTHER_FILE,
        file=package.name,
        message="It takes in another file that is not part of it.",
        hint=f"In {package.words.program} choose File > Info > Edit Links to Files > Break Link.",
    )


def _left_out(package: DocxPackage) -> Problem:
    return Problem(
        code="convert.left-out",
        severity="warning",
        file=package.name,
        message="A film or sound that is kept outside the file is left out.",
        hint="Say in the text where it can be seen.",
    )
