"""The council's settings, `packgen.toml`.

Takes a pack's folder, looks for `packgen.toml` there and upwards, and gives frozen settings; the nearest file
counts whole. Without one the defaults give a good English pack. Never writes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from packgen.errors import InvalidPackError, Problem
from packgen.model import Numbering, StampStyle
from packgen.schemas import SchemaSet
from packgen.workspace.paths import BadPath, locate_inside, shown_path

FILE_NAME = "packgen.toml"
DEFAULT_ACCENT = "#1D4F6E"
CONTRAST_ON_WHITE = 4.5
Engine = Literal["auto", "built-in", "libreoffice"]
Nation = Literal["England", "Wales"]


class Words(Struct, frozen=True, kw_only=True):
    """What councils say differently."""

    part_one: str = "Part One"
    part_two: str = "Part Two"
    chair: str = "Chair"
    to_follow: str = "To follow"
    nil: str = "nil"


class Settings(Struct, frozen=True, kw_only=True):
    """A council's settings. `file` is None when there is no `packgen.toml`.

    `clear_days` are those that the law of the `nation` asks for if nothing is said; `checks_off` are names of checks
    that are not made, `checks_on` of those that are made only if asked for.
    """

    file: Path | None = None
    council_name: str | None = None
    logo: Path | None = None
    logo_alt: str | None = None
    accent: str = DEFAULT_ACCENT
    layout: Literal["centred", "table"] = "centred"
    numbering: Numbering = field(default_factory=Numbering)
    stamp: StampStyle = field(default_factory=StampStyle)
    words: Words = field(default_factory=Words)
    font_files: tuple[Path, ...] = ()
    attachment_bytes: int = 524_288_000
    attachment_pages: int = 5_000
    engine: Engine = "auto"
    libreoffice_seconds: float = 120.0
    nation: Nation = "England"
    clear_days: int | None = None
    checks_off: frozenset[str] = frozenset()
    checks_on: frozenset[str] = frozenset()


def load_settings(pack_folder: Path, schemas: SchemaSet) -> Settings:
    """The settings that hold for a pack.

    Raises:
        InvalidPackError: the file is no TOML, has unknown keys or wrong values, or names files that are missing.
    """
    file = settings_file(pack_folder)
    if file is None:
        return Settings()
    text, values = _parse(file)
    problems = [
        Problem(
            code=finding.code,
            file=shown_path(file),
            line=_line_of(text, finding.path),
            pointer=finding.pointer,
            message=finding.message,
            hint=finding.hint,
        )
        for finding in schemas.findings("settings", values)
    ]
    if problems:
        raise InvalidPackError(problems)
    return _settings(file, text, values)


def settings_file(pack_folder: Path) -> Path | None:
    """The nearest `packgen.toml`, from a pack's folder upwards."""
    return next((folder / FILE_NAME for folder in _upwards(pack_folder) if (folder / FILE_NAME).is_file()), None)


def _upwards(folder: Path) -> list[Path]:
    folder = folder.resolve()
    return [folder, *folder.parents]


def _parse(file: Path) -> tuple[str, dict[str, Any]]:
    import tomllib

    try:
        text = file.read_text(encoding="utf-8-sig")
        return text, tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise InvalidPackError(
            Problem(
                code="settings.encoding",
                file=shown_path(file),
                message="the file is not saved as UTF-8",
                hint="save it again as UTF-8",
            )
        ) from error
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+), column (\d+)", str(error))
        raise InvalidPackError(
            Problem(
                code="settings.syntax",
                file=shown_path(file),
                line=int(place[1]) if place else None,
                column=int(place[2]) if place else None,
                message=f"this cannot be read as settings: {re.sub(r' [(]at .*', '', str(error))}",
                hint='a setting reads: name = "value", with the value in straight quotes',
            )
        ) from error


def _settings(file: Path, text: str, values: Mapping[str, Any]) -> Settings:
    problems: list[Problem] = []

    def located(path: tuple[str, ...], written: str) -> Path | None:
        try:
            return locate_inside(file.parent, written)
        except BadPath as bad:
            problems.append(
                Problem(
                    code=bad.code,
                    file=shown_path(file),
                    line=_line_of(text, path),
                    pointer="$." + ".".join(path),
                    message=bad.message,
                    hint=bad.hint,
                )
            )
            return None

    council, look, numbering = values.get("council", {}), values.get("look", {}), values.get("numbering", {})
    accent = look.get("accent", DEFAULT_ACCENT).upper()
    if (contrast := contrast_on_white(accent)) < CONTRAST_ON_WHITE:
        problems.append(
            Problem(
                code="settings.contrast",
                file=shown_path(file),
                line=_line_of(text, ("look", "accent")),
                pointer="$.look.accent",
                message=f"{accent} stands out from white only {contrast:.1f} to 1; text needs 4.5 to 1",
                hint="choose a darker colour",
            )
        )
    logo = located(("council", "logo"), council["logo"]) if "logo" in council else None
    if logo is not None:
        problems += _logo_problems(file, text, logo, spoken="logo_alt" in council or "name" in council)
    fonts = tuple(located(("fonts", "files"), name) for name in values.get("fonts", {}).get("files", ()))
    if problems:
        raise InvalidPackError(problems)
    stamp, usual = values.get("stamp", {}), Settings()
    settings = Settings(
        file=file,
        council_name=council.get("name"),
        logo=logo,
        logo_alt=council.get("logo_alt", council.get("name")),
        accent=accent,
        layout=values.get("front_sheet", {}).get("layout", "centred"),
        numbering=Numbering(
            first=numbering.get("first", 1),
            front_sheet_counted=numbering.get("front_sheet") == "counted",
            duplex=numbering.get("duplex", True),
        ),
        stamp=StampStyle(text=stamp.get("text", usual.stamp.text), side=stamp.get("side", usual.stamp.side)),
        words=Words(**values.get("words", {})),
        font_files=tuple(font for font in fonts if font is not None),
        engine=values.get("engine", usual.engine),
    )
    return _with_limits(settings, values)


def _with_limits(settings: Settings, values: Mapping[str, Any]) -> Settings:
    """Settings with what bounds files, and what is checked before publication."""
    limits, law, checks = (values.get(table, {}) for table in ("limits", "law", "checks"))
    return replace(
        settings,
        attachment_bytes=limits.get("attachment_bytes", settings.attachment_bytes),
        attachment_pages=limits.get("attachment_pages", settings.attachment_pages),
        libreoffice_seconds=limits.get("libreoffice_seconds", settings.libreoffice_seconds),
        nation=law.get("nation", settings.nation),
        clear_days=law.get("clear_days"),
        checks_off=frozenset(checks.get("off", ())),
        checks_on=frozenset(checks.get("on", ())),
    )


def _logo_problems(file: Path, text: str, logo: Path, *, spoken: bool) -> list[Problem]:
    """What is wrong with a logo that is there: it is no picture, or nothing says what it shows."""
    from packgen.picture_stripping import JPEG_SIGNATURE, PNG_SIGNATURE

    found = []
    with logo.open("rb") as stream:
        if not stream.read(len(PNG_SIGNATURE)).startswith((PNG_SIGNATURE, JPEG_SIGNATURE)):
            found.append(("settings.logo", "the logo is neither a PNG nor a JPEG, whatever its name says"))
    if not spoken:
        found.append(("settings.logo-alt", "nothing says what the logo shows"))
    return [
        Problem(
            code=code,
            file=shown_path(file),
            line=_line_of(text, ("council", "logo")),
            pointer="$.council.logo",
            message=message,
            hint='write logo_alt = "what the logo shows"' if code.endswith("alt") else "save it again as PNG",
        )
        for code, message in found
    ]


def contrast_on_white(colour: str) -> float:
    """Contrast of a colour `#RRGGBB` with white, from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


def _line_of(text: str, path: tuple[str | int, ...]) -> int | None:
    """The line on which a table or a key of it stands; TOML readers tell no positions."""
    names = [part for part in path if isinstance(part, str)]
    if not names:
        return None
    table, found = None, None
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[\[?\s*([^\]]+?)\s*\]\]?", line):
            table = header[1]
            if table == names[0]:
                found = number
        elif table == names[0] and len(names) > 1 and re.match(rf"\s*\"?{re.escape(names[1])}\"?\s*=", line):
            return number
        elif table is None and re.match(rf"\s*{re.escape(names[0])}\b", line):
            found = number
    return found
