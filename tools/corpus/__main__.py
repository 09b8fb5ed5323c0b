"""`python -m tools.corpus OUT` writes every document of the corpus into the folder OUT."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.corpus.collection import documents


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "corpus")
    folder.mkdir(parents=True, exist_ok=True)
    made = documents()
    for each in made:
        (folder / f"{each.name}.docx").write_bytes(each.make())
    print(f"{len(made)} documents in {folder}")


if __name__ == "__main__":
    main()
