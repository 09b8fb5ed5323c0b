"""Finds what travels with packgen: templates, schemas, fonts, the example.

Takes a kind, gives a folder. In a wheel everything lies under `packgen/data`; in a checkout templates, schemas
and examples lie at the top of the repository, where people look for them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

Kind = Literal["templates", "schemas", "fonts", "examples", "pages", "colour", "calendar"]
_PACKAGE_DATA = Path(__file__).resolve().parent / "data"
_REPOSITORY = Path(__file__).resolve().parents[2]


def resource_folder(kind: Kind) -> Path:
    """The folder that holds the resources of one kind.

    Raises:
        FileNotFoundError: packgen was installed without them, which only a broken package does.
    """
    for folder in (_PACKAGE_DATA / kind, _REPOSITORY / kind):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"packgen is installed without its {kind}; install it again")
