"""Writes every attachment and picture of the packs and examples anew: `python -m tools.make_attachments [FOLDER]`.

Takes a folder, by default the repository; gives the files there under the names that the packs use. The same code
gives the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tools.make_attachments import organisation, pictures, planting_map, self_assessment

_REPOSITORY = Path(__file__).resolve().parents[2]
_P19 = "packs/2019-03-04-safe-and-strong-communities"
_P22 = "packs/2022-10-24-safeguarding"

FILES: Mapping[str, Callable[[], bytes]] = {
    f"{_P19}/items/04-learning-themes.png": pictures.learning_themes,
    f"{_P19}/attachments/06-appendix-a-previous-structure.pdf": organisation.previous,
    f"{_P19}/attachments/06-appendix-b-new-structure.pdf": organisation.new,
    f"{_P22}/items/04-notification.png": pictures.notification,
    f"{_P22}/attachments/05-appendix-1-self-assessment.pdf": self_assessment.make,
    "examples/quickstart/attachments/planting-map.pdf": planting_map.make,
}


def main(folder: Path) -> None:
    for name, make in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(make())
        print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else _REPOSITORY)
