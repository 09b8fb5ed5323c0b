"""The text of a `packgen.toml` that names and explains every setting. Pure.

Takes the schema of the settings and the values that are to hold; gives TOML. A setting without a value of its own
stands there as a comment, with the value that holds without it or an example.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

_OPENING = (
    "The council's settings. packgen finds this file by looking upwards from the pack, and uses the first one it "
    "meets. Every line may be left out. A line that begins with # says what a setting is for, or shows the value that "
    "holds without it; take the # away to change it."
)
_WIDTH = 110


def settings_text(schema: Mapping[str, Any], values: Mapping[str, Any]) -> str:
    """A settings file.

    Args:
        schema: `settings.schema.json`.
        values: tables of settings that are set, as TOML reads them.
    """
    lines = list(_comment(_OPENING))
    # TOML reads what stands above the first table as belonging to none.
    for key, setting in schema["properties"].items():
        if setting.get("type") != "object":
            lines += ["", *_comment(setting["description"]), _setting(key, setting, values)]
    for table, described in schema["properties"].items():
        if described.get("type") != "object":
            continue
        lines += ["", *_comment(described["description"]), f"[{table}]"]
        for key, setting in described["properties"].items():
            lines += _comment(setting["description"])
            lines.append(_setting(key, setting, values.get(table, {})))
    return "\n".join(lines) + "\n"


def _setting(key: str, setting: Mapping[str, Any], values: Mapping[str, Any]) -> str:
    if key in values:
        return f"{key} = {_value(values[key])}"
    shown = setting["default"] if "default" in setting else setting["examples"][0]
    return f"# {key} = {_value(shown)}"


def _value(value: Any) -> str:
    """JSON spells texts, numbers, switches and lists of them as TOML does."""
    return json.dumps(value, ensure_ascii=False)


def _comment(text: str) -> Iterator[str]:
    return (f"# {line}" for line in textwrap.wrap(text, _WIDTH, break_on_hyphens=False))
