"""A DOCX taken apart: its members by name.

Takes the bytes of a template; gives the bytes of each of its files. Raises `TemplateError` for what is not a Word
document, or too large to open. Never looks into the files.
"""

from __future__ import annotations

import io
import zipfile

from packgen.errors import Problem, TemplateError

_LARGEST = 200_000_000


def read_archive(template: bytes, template_name: str) -> dict[str, bytes]:
    """The files of a template by name, in the order of the archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if sum(member.file_size for member in members) > _LARGEST:
                raise TemplateError(
                    Problem(code="template.size", message="the template is too large to open", file=template_name)
                )
            return {member.filename: archive.read(member) for member in members}
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError) as error:
        hint = "save it again from Word as a .docx file (not .doc, .dotx or .docm)"
        message = "this is not a Word document"
        raise TemplateError(
            Problem(code="template.not-word", message=message, file=template_name, hint=hint)
        ) from error
