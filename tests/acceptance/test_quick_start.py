"""What commands import: a check of a pack that is in order must not wait for libraries that it does not use."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

HEAVY = ("docx", "docxtpl", "fontTools", "jsonschema", "lxml", "page_validation", "pikepdf", "pypdf", "pypdfium2",
         "referencing", "reportlab", "typst")  # fmt: skip
_PROGRAM = """
import json, sys
from packgen.cli import main
sys.argv = ["packgen", *sys.argv[1:]]
try:
    main()
except SystemExit as stopped:
    print(json.dumps([stopped.code, sorted(sys.modules)]))
"""


def imported(*arguments: str | Path) -> set[str]:
    run = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=True
    )
    code, modules = json.loads(run.stdout.splitlines()[-1])
    assert code == 0, run.stderr
    return set(modules)


def test_validating_a_pack_in_order_imports_nothing_that_it_does_not_need(small_pack: Path) -> None:
    modules = imported("validate", small_pack)
    assert "packgen.validate" in modules
    assert not modules & set(HEAVY)
    assert not {name for name in modules if name.startswith(("packgen.stages", "packgen.convert", "packgen.merge"))}
