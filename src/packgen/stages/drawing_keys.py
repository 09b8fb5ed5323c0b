"""What a drawing depends on: its task, with the bytes of every file that it names or may come upon.

Takes drawing tasks; gives plain values to be hashed. Names more rather than less: a document that holds pictures, or
whose template is a council's own and may name some, depends on all pictures of its pack.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from packgen.digests import file_digest
from packgen.resources import resource_folder
from packgen.stages.drawing import DrawingTask

_PICTURE_FILES = (".png", ".jpg", ".jpeg")
_PICTURE = (b"![", *(ending.encode() for ending in _PICTURE_FILES))
"""What stands in the data of every document that has pictures: Markdown that shows one, or the name of a file."""
_NOT_BY_NAME = ("file", "font_files", "resources")


def drawing_values(task: DrawingTask) -> dict[str, Any]:
    """All that the drawing of a task depends on, but for the program that draws it."""
    values = {name: getattr(task, name) for name in task.__struct_fields__ if name not in _NOT_BY_NAME}
    values["file"] = file_digest(task.file)
    values["file_name"] = task.file.name
    values["fonts"] = [file_digest(font) for font in task.font_files]
    own_template = task.template_name is not None and not task.file.is_relative_to(resource_folder("templates"))
    # All texts of a document are asked at once; spelling them as JSON changes nothing of what is looked for.
    texts = msgspec.json.encode(task.context, enc_hook=lambda _: None).lower()
    if own_template or any(sign in texts for sign in _PICTURE):
        values["pictures"] = _pictures(task.resources)
    return values


def _pictures(folder: Path) -> list[tuple[str, str]]:
    files = (path for path in folder.rglob("*") if path.suffix.lower() in _PICTURE_FILES and path.is_file())
    return sorted((path.relative_to(folder).as_posix(), file_digest(path)) for path in files)
