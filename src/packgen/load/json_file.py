"""One JSON file of a pack: its value, and where each part of it stands.

Takes a path, gives a `JsonFile` or problems. A byte order mark is accepted, a key given twice is not: JSON readers
silently keep the last.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from packgen.errors import InvalidPackError, Problem
from packgen.schemas import json_path
from packgen.schemas.findings import DataPath
from packgen.workspace.paths import BadPath, locate_inside, shown_as_found, shown_path

LARGEST_FILE = 20_000_000
DEEPEST_NESTING = 100
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Control characters, halves of characters and code points that are none: XML or a Word file cannot hold them."""
_ESCAPE = re.compile(r"\\[bfu]")
"""How JSON spells characters by number, and two that cannot be printed; `read_text` sees those that are not spelled."""
PROSE_ENDINGS = (".md", ".markdown", ".txt")


class ProseOrigin(Struct, frozen=True):
    """Where prose was written: a Markdown file of its own."""

    path: Path
    shown: str


class JsonFile(Struct, frozen=True, dict=True):
    """A JSON file as read. `value` has prose files put in their places; `prose_files` says where from."""

    path: Path
    shown: str
    text: str
    value: Any
    prose_files: Mapping[DataPath, ProseOrigin] = field(default_factory=dict)

    @cached_property
    def _places(self) -> Mapping[str, Any]:
        """Where each value stands, by its JSON pointer. Found out when something is wrong, which is seldom."""
        from json_source_map import calculate
        from json_source_map.errors import BaseError

        try:
            places: Mapping[str, Any] = calculate(self.text)
        except (BaseError, RecursionError):
            return {}
        return places

    def position(self, path: DataPath) -> tuple[int, int] | None:
        """Line and column, from 1, of the value at a path, or of its key where the path ends in one."""
        for length in range(len(path), -1, -1):
            for spell in _SPELLINGS:
                entry = self._places.get("".join(f"/{spell(str(part))}" for part in path[:length]))
                if entry is not None:
                    start = entry.key_start or entry.value_start
                    return start.line + 1, start.column + 1
        return None

    def problem(self, code: str, path: DataPath, message: str, hint: str | None = None, **more: Any) -> Problem:
        """A problem located in this file."""
        return self.located(Problem(code=code, message=message, hint=hint, **more), path)

    def located(self, problem: Problem, path: DataPath) -> Problem:
        """A problem, put at a place in this file."""
        line, column = self.position(path) or (None, None)
        return replace(problem, file=self.shown, line=line, column=column, pointer=json_path(path))


def read_json(path: Path, prose_root: Path | None = None) -> JsonFile:
    """Reads one JSON file; with `prose_root`, values `{"file": "x.md"}` become the text of that file.

    Raises:
        InvalidPackError: the file cannot be read, is no JSON, gives a key twice, or names prose that is missing.
    """
    shown = shown_path(path)
    text = read_text(path, shown)
    try:
        value = json.loads(
            text, object_pairs_hook=_unique_keys, parse_constant=_refuse_constant, parse_int=_whole_number
        )
        if _depth_exceeds(value, DEEPEST_NESTING):
            raise RecursionError
    except _RefusedJsonError as refused:
        found = _second_key(text, refused.token) if refused.is_key else re.search(re.escape(refused.token), text)
        line, column = _line_and_column(text, found.start()) if found else (None, None)
        raise InvalidPackError(
            Problem(code=refused.code, file=shown, line=line, column=column, message=str(refused), hint=refused.hint)
        ) from refused
    except json.JSONDecodeError as error:
        line, column = _line_and_column(text, _place_of(text, error))
        raise InvalidPackError(
            Problem(
                code="json.syntax",
                file=shown,
                line=line,
                column=column,
                message=_syntax_message(text, error) if text.strip() else "the file is empty",
                hint=_syntax_hint(text, error),
            )
        ) from error
    except RecursionError as error:
        raise InvalidPackError(
            Problem(
                code="json.too-deep",
                file=shown,
                message=f"the lists and keys are nested more than {DEEPEST_NESTING} deep",
            )
        ) from error
    plain = JsonFile(path, shown, text, value)
    places = _unprintable(value, ()) if _ESCAPE.search(text) else ()
    strange = [plain.problem("json.character", place, *words) for place, words in places]
    if strange:
        raise InvalidPackError(strange)
    return plain if prose_root is None else _with_prose(plain, prose_root)


def _unprintable(value: object, path: DataPath) -> Iterator[tuple[DataPath, tuple[str, str]]]:
    """Where texts hold characters that no document can hold, with a message and a hint."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _unprintable(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _unprintable(part, (*path, index))
    elif isinstance(value, str) and (found := UNPRINTABLE.search(value)):
        yield path, _unprintable_words(found)


def _unprintable_words(found: re.Match[str]) -> tuple[str, str]:
    near = found.string[max(0, found.start() - 15) : found.start()].split("\n")[-1]
    where = f' after "{near}"' if near.strip() else ""
    return (
        f"a character that cannot be printed (U+{ord(found[0]):04X}) stands in the text{where}",
        "delete it and type the text there again; such characters come with text copied from other programs",
    )


def read_text(path: Path, shown: str) -> str:
    """The text of a UTF-8 file, with or without a byte order mark, line ends as line feeds.

    Raises:
        InvalidPackError: it cannot be opened, is not UTF-8, or is too large; it calls the file as `shown` says.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InvalidPackError(
                Problem(
                    code="file.too-large", file=shown, message=f"the file is larger than {LARGEST_FILE // 1_000_000} MB"
                )
            )
        data = path.read_bytes()
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except FileNotFoundError as error:
        raise InvalidPackError(Problem(code="file.missing", file=shown, message="there is no such file")) from error
    except OSError as error:
        raise InvalidPackError(
            Problem(code="file.unreadable", file=shown, message=f"the file cannot be opened: {error.strerror or error}")
        ) from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidPackError(
            Problem(
                code="file.encoding",
                file=shown,
                line=line,
                message="a character here is not saved as UTF-8",
                hint="open the file in Notepad, choose Save as, and choose the encoding UTF-8",
            )
        ) from error
    if found := UNPRINTABLE.search(text):
        line, column = _line_and_column(text, found.start())
        message, hint = _unprintable_words(found)
        raise InvalidPackError(
            Problem(code="file.character", file=shown, line=line, column=column, message=message, hint=hint)
        )
    return text


_SPELLINGS = (str, lambda key: json.dumps(key, ensure_ascii=False)[1:-1], lambda key: json.dumps(key)[1:-1])
"""The ways a key may be written in the file: json-source-map keeps keys as written, with their backslashes, and
does not escape `/` and `~` as RFC 6901 would."""


_MOST_DIGITS = 1000


class _RefusedJsonError(ValueError):
    """JSON that is well formed and yet not to be used."""

    def __init__(self, code: str, message: str, token: str, hint: str, *, is_key: bool) -> None:
        super().__init__(message)
        self.code, self.token, self.hint, self.is_key = code, token, hint, is_key


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _RefusedJsonError(
            "json.duplicate-key",
            f'the key "{twice}" is given twice, and only one of the two can count',
            twice,
            "delete one of them",
            is_key=True,
        )
    return result


def _refuse_constant(name: str) -> float:
    raise _RefusedJsonError(
        "json.number", f"{name} is not a number that JSON allows", name, "write a number", is_key=False
    )


def _whole_number(digits: str) -> int:
    """The number; Python itself refuses to read one of some thousand digits."""
    if len(digits) > _MOST_DIGITS:
        message = f"the number that begins with {digits[:10]} has {len(digits):,} digits"
        raise _RefusedJsonError("json.number", message, digits, "write a shorter number, or a text", is_key=False)
    return int(digits)


def _second_key(text: str, token: str) -> re.Match[str] | None:
    """The second place of a key that is given twice, the best guess at what to delete."""
    found = list(re.finditer(re.escape(json.dumps(token, ensure_ascii=False)) + r"\s*:", text))
    return found[1] if len(found) > 1 else None


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _depth_exceeds(value: object, limit: int) -> bool:
    layer = [value]
    for _ in range(limit):
        layer = [
            part
            for each in layer
            for part in (each.values() if isinstance(each, dict) else each if isinstance(each, list) else ())
        ]
        if not layer:
            return False
    return True


def _place_of(text: str, error: json.JSONDecodeError) -> int:
    """Where the officer must write: a missing comma belongs behind what stands before it, not on the next line."""
    if error.msg.startswith("Expecting ',' delimiter"):
        return len(text[: error.pos].rstrip())
    comma = _comma_at_the_end(text, error)
    return error.pos if comma is None else comma


def _comma_at_the_end(text: str, error: json.JSONDecodeError) -> int | None:
    """Where a comma stands after the last entry. Python 3.13 points at it, earlier ones at the bracket behind it."""
    if error.msg.startswith("Illegal trailing comma"):
        return error.pos
    before = text[: error.pos].rstrip()
    closes = text[error.pos : error.pos + 1] in {"}", "]"}
    return len(before) - 1 if closes and before.endswith(",") else None


def _syntax_message(text: str, error: json.JSONDecodeError) -> str:
    if _comma_at_the_end(text, error) is not None:
        return "there is a comma after the last entry"
    words = {
        "Expecting ',' delimiter": "a comma or a closing bracket is missing before this place",
        "Expecting property name enclosed in double quotes": "a key in straight double quotes is expected here",
        "Expecting ':' delimiter": "a colon is missing after the key",
        "Expecting value": "a value is missing here",
        "Unterminated string starting at": "the text that begins here has no closing quotation mark",
        "Invalid control character at": "a line break or tab stands inside a text",
        "Extra data": "something stands after the end",
        "Invalid \\escape": "a backslash stands alone inside a text",
    }
    return next((text for start, text in words.items() if error.msg.startswith(start)), error.msg)


def _syntax_hint(text: str, error: json.JSONDecodeError) -> str | None:
    here = text[error.pos : error.pos + 1]
    if _comma_at_the_end(text, error) is not None:
        return "delete it, or add the entry that should follow"
    if here in {"/", "#"}:
        return "JSON has no comments: delete them"
    if here in "“”‘’'" and here:
        return 'write straight quotes " in place of curly ones'
    if error.msg.startswith("Invalid control character"):
        return 'write \\n for a line break, or put the text in a Markdown file and name it with "file"'
    if error.msg.startswith("Invalid \\escape"):
        return "write two backslashes for one"
    return None


def _with_prose(json_file: JsonFile, root: Path) -> JsonFile:
    problems: list[Problem] = []
    origins: dict[DataPath, ProseOrigin] = {}

    def resolve(value: Any, path: DataPath) -> Any:
        if isinstance(value, dict):
            name = value.get("file")
            if set(value) == {"file"} and isinstance(name, str) and name.lower().endswith(PROSE_ENDINGS):
                return read(name, path)
            # Most parts are texts, and there are thousands of them.
            return {key: part if isinstance(part, str) else resolve(part, (*path, key)) for key, part in value.items()}
        if isinstance(value, list):
            return [
                part if isinstance(part, str) else resolve(part, (*path, index)) for index, part in enumerate(value)
            ]
        return value

    def read(name: str, path: DataPath) -> Any:
        try:
            found = locate_inside(root, name)
            origin = ProseOrigin(found, shown_as_found(found))
            text = read_text(found, origin.shown)
        except BadPath as bad:
            problems.append(json_file.problem(bad.code, path, bad.message, bad.hint))
            return ""
        except InvalidPackError as error:
            problems.extend(error.problems)
            return ""
        origins[path] = origin
        return text

    value = resolve(json_file.value, ())
    if problems:
        raise InvalidPackError(problems)
    return JsonFile(json_file.path, json_file.shown, json_file.text, value, origins)
