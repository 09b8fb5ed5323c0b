"""Templates that packgen brings are filled without Jinja: with the outcome that Jinja would have, or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from packgen.fill import kept
from packgen.fill.contents import Contents
from packgen.fill.quick import filled_quickly
from packgen.fill.render import filled_by_jinja
from tests.unit.fill_support import paragraphs

DATA = {
    "name": "Ash & Elm",
    "nothing": None,
    "lines": "one\ntwo\tthree",
    "day": "2019-03-04",
    "number": 3,
    "names": ["Jo", "Cal", "Una"],
    "empty": [],
    "people": [{"name": "Jo", "chair": True}, {"name": "Cal", "chair": False}, {"name": "Una", "chair": True}],
    "word": "Wheelchair-accessible",
    "long": "Report on buses, trains and all other ways to travel",
}


@pytest.fixture
def keep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Keeps a template that consists of one tag, as if packgen brought it."""
    monkeypatch.setattr(kept, "_KEPT", tmp_path)

    def keep(tags: str) -> bytes:
        template = paragraphs(tags)
        kept.kept_template.cache_clear()
        kept.kept_file(template).write_text(kept.as_text(template, "template.docx"), encoding="utf-8")
        return template

    yield keep
    kept.kept_template.cache_clear()


@pytest.mark.parametrize(
    "tags",
    [
        "{{ name }} {{ nothing }} {{ lines }} {{ number }}",
        "{{ day|date }}, {{ day|day_date }}",
        "{{ name|link('https://example.org') }} {{ nothing|prose }} {{ long|prose }}",
        "{% for each in names %}{{ loop.index }} {{ each }}{% if not loop.last %}, {% endif %}{% endfor %}",
        "{% for each in people %}{{ loop.first }} {{ loop.revindex }} {{ loop.length }} {{ each.name }}{% endfor %}",
        "{% for each in empty %}x{% else %}none{% endfor %}",
        "{{ people|selectattr('chair')|map(attribute='name')|join(' and ') }}",
        "{{ [nothing, name, '']|select|join }} {{ names|length }} {{ people|names }}",
        "{% if people|selectattr('chair')|list %}{{ people[-1].name }}{% endif %}",
        "{{ long|truncate(20, False, '…', 0) }} {{ long|truncate(20, True, '…', 0) }}",
        "{{ word|truncate(9, False, '…', 0) }} {{ word|truncate(2, False, '…', 50) }}",
        "{% set both = name ~ ', ' ~ long %}{{ both }} {{ number + 1 }}",
        "{{ (names + ['Ed'])|join }} {{ 'a' if number == 3 else 'b' }} {{ name ~ (name|link('https://example.org')) }}",
        "{{ name|replace('&', 'and') }} {{ 'Jo' in names }} {{ not empty }}",
    ],
)
def test_what_is_filled_quickly_is_what_jinja_makes(tags: str, keep: Any) -> None:
    template = keep(tags)
    quick, thorough = Contents(), Contents()
    filled = filled_quickly(template, DATA, quick)
    assert filled is not None
    assert filled == filled_by_jinja(template, "template.docx", DATA, thorough)
    assert quick[0] == thorough[0]


@pytest.mark.parametrize(
    "tags",
    [
        "{{ unknown }}",
        "{{ people[0].unknown }}",
        "{{ names }}",
        "{{ number|date }}",
        "{{ name|link('javascript:x') }}",
        "{{ name.upper() }}",
        "{% for each in range(3) %}{{ each }}{% endfor %}",
        "{{ nothing.name }}",
        "{% for a in names %}{% for b in range(999999) %}{% endfor %}{% endfor %}",
    ],
)
def test_what_is_not_as_usual_is_left_to_jinja(tags: str, keep: Any) -> None:
    assert filled_quickly(keep(tags), DATA, Contents()) is None


def test_templates_of_councils_are_never_run_without_the_sandbox() -> None:
    assert filled_quickly(paragraphs("{{ name }}"), DATA, Contents()) is None
