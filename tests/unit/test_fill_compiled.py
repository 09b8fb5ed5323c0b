"""What is kept of the templates that packgen brings, so that filling them takes neither docxtpl nor Jinja."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from packgen.fill.kept import as_text, kept_file
from packgen.resources import resource_folder

TEMPLATES = sorted(resource_folder("templates").glob("*.docx"))
REMEDY = "run python -m tools.make_compiled_templates"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_what_is_kept_of_a_template_is_what_is_made_of_it(template: Path) -> None:
    kept = kept_file(template.read_bytes())
    assert kept.exists(), REMEDY
    # Another Jinja may write other code to the same end.
    made = as_text(template.read_bytes(), template.name)
    text = kept.read_text(encoding="utf-8")
    assert json.loads(text)["jinja"] != json.loads(made)["jinja"] or text == made, REMEDY


def test_nothing_is_kept_of_templates_that_are_gone() -> None:
    kept = {kept_file(template.read_bytes()) for template in TEMPLATES}
    assert set(next(iter(kept)).parent.iterdir()) == kept, REMEDY


def test_a_shipped_template_is_filled_without_libraries_that_take_long_to_load() -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from packgen.fill import fill_template\n"
        "from packgen.resources import resource_folder\n"
        "template = resource_folder('templates') / 'pack-notice.docx'\n"
        "data = {'item': {'number': '4'}, 'heading': 'Buses', 'title': 'Routes', 'lines': ['Comes on Friday.']}\n"
        "fill_template(template.read_bytes(), data, template_name='t', resources=Path(), language='en-GB')\n"
        "print(sorted({'docx', 'docxtpl', 'jinja2'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
