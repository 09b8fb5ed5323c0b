"""Typst's compiler, called in the process.

Takes source and picture files; gives a tagged PDF (PDF/UA-1 and PDF/A-2a). What the compiler objects to becomes
problems with places in the Word file. Never reads a clock or the network, nor any file but those it is given.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from packgen.convert.colours import in_device_colours
from packgen.convert.fonts import FontBook
from packgen.convert.temporary import folder_of_process
from packgen.convert.write.document import Draft
from packgen.convert.write.prelude import CUT_OFF
from packgen.errors import ConversionError, Problem

_STANDARDS = ("ua-1", "a-2a")
_AT = re.compile(r"\.typ:(\d+):\d+")
_GLYPH = re.compile(r"text was not|glyph|not display|no(?:t)? (?:mapped|represent)", re.IGNORECASE)
_TEXT = re.compile(r'"(.+?)"')
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+")
_CUT_OFF = re.compile(re.escape(CUT_OFF) + r"\W*(.*)")
_MOST_COMPILERS = 32
_COMPILERS: dict[tuple[FontBook, str], Any] = {}
"""Compilers by fonts and document, the one used last at the end."""


def compiled(draft: Draft, files: Mapping[str, bytes], fonts: FontBook, created: datetime, name: str) -> bytes:
    """The PDF of `draft`; `created` goes into it as its date.

    Raises:
        ConversionError: with the place of what could not be drawn.
    """
    if _RIGHT_TO_LEFT.search(draft.source):
        # Drawn together with words from left to right they come out wrong, or stop the compiler altogether.
        raise ConversionError(_fault(draft, name))
    moment = created if created.tzinfo is not None else created.replace(tzinfo=UTC)
    compiler = _kept_compiler(fonts, name)
    try:
        with _folder(files) as folder:
            pdf, warnings = compiler.compile_with_warnings(
                draft.source.encode(),
                root=folder,
                format="pdf",
                pdf_standards=list(_STANDARDS),
                timestamp=moment.astimezone(UTC),
            )
    except typst.TypstError as error:
        raise ConversionError(_problems(error, draft, fonts, name)) from error
    except BaseException as error:  # a fault of the compiler's own is no Exception
        _COMPILERS.pop((fonts, name), None)
        if type(error).__name__ != "PanicException":
            raise
        raise ConversionError(_fault(draft, name)) from error
    if warnings:
        raise ConversionError(
            [_problem(str(warning.message), str(warning.message), draft, fonts, name) for warning in warnings]
        )
    return in_device_colours(bytes(pdf))


def _fault(draft: Draft, name: str) -> Problem:
    """What is said when the compiler itself fails; words from right to left are what has been seen to do it."""
    words = _RIGHT_TO_LEFT.search(draft.source)
    return Problem(
        code="convert.not-drawn",
        file=name,
        pointer=draft.place_of(words[0]) if words else None,
        message="Words that run from right to left cannot be drawn."
        if words
        else "The built-in engine failed on this document.",
        hint="Ask the author for a PDF of it.",
    )


def _kept_compiler(fonts: FontBook, name: str) -> Any:
    """The compiler of the document `name`, which draws again only what has changed since it last drew it.

    Compilers know each other's work for the next ten documents; more of them than a pack has documents would only hold
    memory.
    """
    compiler = _COMPILERS.pop((fonts, name), None) or typst.Compiler(font_paths=fonts.collection)
    _COMPILERS[fonts, name] = compiler
    while len(_COMPILERS) > _MOST_COMPILERS:
        del _COMPILERS[next(iter(_COMPILERS))]
    return compiler


@contextmanager
def _folder(files: Mapping[str, bytes]) -> Iterator[str]:
    """A folder that holds `files`, which the compiler wants on disk, and nothing else."""
    if not files:
        yield str(_empty_folder())
        return
    with TemporaryDirectory(prefix="packgen-", ignore_cleanup_errors=True) as folder:
        for file, data in files.items():
            (Path(folder) / file).write_bytes(data)
        yield folder


@cache
def _empty_folder() -> Path:
    """One for all documents without pictures, kept as long as the process."""
    return folder_of_process("packgen-")


def measured(fonts: FontBook, files: Mapping[str, bytes]) -> Callable[[str, Sequence[tuple[str, float]]], list[float]]:
    """A function that tells how tall pieces of code come out at given widths, in points, after given definitions."""

    def measure(definitions: str, pieces: Sequence[tuple[str, float]]) -> list[float]:
        asked = "\n".join(
            f"#context[#metadata(measure(width:{width}pt,{code}).height.pt())<measured>]" for code, width in pieces
        )
        source = f"{definitions}\n{asked}\n#[#metadata(none)<packgen-end>]\n"
        with _folder(files) as folder:
            compiler = typst.Compiler(source.encode(), root=folder, font_paths=fonts.collection)
            return [float(value) for value in json.loads(compiler.query("<measured>", field="value"))]

    return measure


def _problems(error: Any, draft: Draft, fonts: FontBook, name: str) -> list[Problem]:
    """A problem for each thing the compiler names."""
    parts = re.split(r"(?m)^(?=error: )", str(error.diagnostic or error.message))
    found: list[Problem] = []
    for part in parts:
        if not part.strip().startswith("error"):
            continue
        message = part.strip().splitlines()[0].removeprefix("error:").strip()
        problem = _problem(message, part, draft, fonts, name)
        if problem not in found:
            found.append(problem)
    return found or [_problem(str(error.message), str(error.message), draft, fonts, name)]


def _problem(message: str, diagnostic: str, draft: Draft, fonts: FontBook, name: str) -> Problem:
    place = next((found for match in _AT.finditer(diagnostic) if (found := draft.place(int(match[1])))), None)
    cut_off = _CUT_OFF.search(message)
    if cut_off is not None:
        return Problem(
            code="convert.text-cut-off",
            file=name,
            pointer=cut_off[1].strip('" ') or None,
            message="A table row has an exact height that cuts off its text.",
            hint='In Word, Table Properties > Row > Row height is: choose "At least".',
        )
    lacking = fonts.lacking(" ".join(_TEXT.findall(message)))
    if lacking or _GLYPH.search(message):
        # The compiler tells the text, but not where it stands.
        place = place or next((found for character in lacking if (found := draft.place_of(character))), None)
        shown = " ".join(f"{character} (U+{ord(character):04X})" for character in lacking)
        return Problem(
            code="convert.missing-character",
            file=name,
            pointer=place,
            message=f"No font at hand has the character {shown}."
            if shown
            else "No font at hand has a character used here.",
            hint="Write it in other words, or name a font file that has it in packgen.toml.",
        )
    if "decode" in message or "image" in message:
        return Problem(
            code="convert.picture-format",
            file=name,
            pointer=place,
            message=f"A picture cannot be drawn: {message}.",
            hint="Save the picture as PNG or JPEG and insert it again.",
        )
    return Problem(
        code="convert.not-drawn",
        file=name,
        pointer=place,
        message=f"The built-in engine could not draw this ({message}).",
        hint="Simplify the document at this place, or ask the author for a PDF of it.",
    )
