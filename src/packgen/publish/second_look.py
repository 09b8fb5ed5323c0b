"""A last look at PDFs before they are published, with a library that had no part in making or inspecting them.

Takes the files that go out, and the page map that goes out with them; gives what disagrees. It asks what matters once
members quote pages: that every page is called by its number, and that bookmarks and links lead into the file.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Any

from packgen.errors import Problem

_HINT = "nothing was published; this is a fault of packgen, not of the pack: please report it with the pack's folder"


def disagreements(folder: Path, files: Collection[str]) -> Iterator[Problem]:
    """What is wrong in the files of a publication, given by their paths (`public/agenda-pack.pdf`) in a folder."""
    for access in sorted({name.split("/")[0] for name in files}):
        page_map = json.loads((folder / access / "page-map.json").read_bytes())
        numbers = [page["number"] for page in page_map["pages"]]
        for name in files:
            if name.startswith(f"{access}/") and name.endswith(".pdf"):
                whole = name == f"{access}/agenda-pack.pdf"
                with (folder / name).open("rb") as file:
                    found = list(_of_file(file, numbers, whole=whole))
                yield from (Problem(code="publish.second-look", file=name, message=each, hint=_HINT) for each in found)


def _of_file(file: IO[bytes], numbers: list[str], *, whole: bool) -> Iterator[str]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted:
            yield "it is encrypted"
            return
        labels = list(reader.page_labels)
        places = {page.indirect_reference.idnum for page in reader.pages if page.indirect_reference is not None}
        targets = [*_bookmarks(reader.outline), *_links(reader)]
    except DependencyError:  # raised for ciphers that pypdf leaves to another library
        yield "it is encrypted"
        return
    except (PyPdfError, ValueError, KeyError, TypeError) as error:
        yield f"a second program cannot read it: {error}"
        return
    if whole and labels != numbers:
        yield "its pages are not called by the numbers of the page map"
    elif not set(labels) <= set(numbers):
        yield "it has pages that are not in the pack"
    astray = sum(target not in places for target in targets)
    if astray:
        yield f"{astray} of its bookmarks and links lead to no page of it"


def _bookmarks(outline: Any) -> Iterator[int | None]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _bookmarks(entry)
        elif entry.page is not None:
            yield getattr(entry.page, "idnum", None)


def _links(reader: Any) -> Iterator[int | None]:
    """The page that each link within the file leads to; None for one that leads nowhere."""
    for page in reader.pages:
        annotations = page.get("/Annots")
        for reference in annotations.get_object() if annotations is not None else ():
            destination = reference.get_object().get("/Dest")
            if destination is not None:
                array = destination.get_object()
                yield getattr(array[0], "idnum", None) if isinstance(array, list) and array else None
