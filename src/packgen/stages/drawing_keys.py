"""What a drawing depends on: its task, with the bytes of every file that it names or may come upon.

Takes drawing tasks; gives plain values to be hashed. Names more rather than less: a document that holds pictures, or
whose template is a council's own and may name some, depends on all pictures of its pack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packgen.digests import file_digest
from packgen.resources import resource_folder
from packgen.stages.drawing import DrawingTask

_PICTURE = re.compile(r"!\[|\.(?:png|jpe?g)\b", re.IGNORECASE)
_PICTURE_FILES = (".png", ".jpg", ".jpeg")
_NOT_BY_NAME = ("file", "font_files", "resources")


def drawing_values(task: DrawingTask) -> dict[str, Any]:
    """All that the drawing of a task depends on, but for the program that draws it."""
    values = {name: getattr(task, name) for name in task.__struct_fields__ if name not in _NOT_BY_NAME}
    values["file"] = file_digest(task.file)
    values["file_name"] = task.file.name
    values["fonts"] = [file_digest(font) for font in task.font_files]
    own_template = task.template_name is not None and not task.file.is_relative_to(resource_folder("templates"))
    if own_template or any(_PICTURE.search(text) for text in _texts(task.context)):
        values["pictures"] = _pictures(task.resources)
    return values


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def _pictures(folder: Path) -> list[tuple[str, str]]:
    files = (path for path in folder.rglob("*") if path.suffix.lower() in _PICTURE_FILES and path.is_file())
    return sorted((path.relative_to(folder).as_posix(), file_digest(path)) for path in files)
