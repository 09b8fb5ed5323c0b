from __future__ import annotations

from pathlib import Path

import pytest

from packgen.errors import InvalidPackError
from packgen.schemas import SchemaSet
from packgen.workspace import find_templates, load_settings, locate_inside
from packgen.workspace.paths import BadPath
from packgen.workspace.settings import contrast_on_white


def settings_of(folder: Path) -> object:
    return load_settings(folder, SchemaSet(find_templates(None).schemas))


@pytest.mark.parametrize(
    "written",
    [
        "../secret.txt",
        "a/../../secret.txt",
        "/etc/passwd",
        "C:/secret.txt",
        "\\\\server\\share\\x",
        "..\\secret.txt",
        "",
        "a\x00b",
        ".",
    ],
)
def test_a_path_never_leads_out_of_its_folder(tmp_path: Path, written: str) -> None:
    (tmp_path / "secret.txt").write_text("x")
    (tmp_path / "pack" / "a").mkdir(parents=True)
    with pytest.raises(BadPath):
        locate_inside(tmp_path / "pack", written)


def test_a_symbolic_link_does_not_lead_out_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x")
    (tmp_path / "pack").mkdir()
    try:
        (tmp_path / "pack" / "plan.pdf").symlink_to(tmp_path / "secret.txt")
    except OSError:
        pytest.skip("this account may not make symbolic links")
    with pytest.raises(BadPath) as caught:
        locate_inside(tmp_path / "pack", "plan.pdf")
    assert caught.value.code == "file.outside"


def test_backslashes_of_windows_are_understood(tmp_path: Path) -> None:
    (tmp_path / "items").mkdir()
    (tmp_path / "items" / "a.json").write_text("{}")
    assert locate_inside(tmp_path, "items\\a.json") == (tmp_path / "items" / "a.json").resolve()


def test_the_nearest_settings_count_whole(tmp_path: Path) -> None:
    (tmp_path / "packgen.toml").write_text('[council]\nname = "Far"\n[stamp]\ntext = "p. {number}"\n', encoding="utf-8")
    near = tmp_path / "packs" / "one"
    near.mkdir(parents=True)
    assert settings_of(near).council_name == "Far"  # type: ignore[attr-defined]
    (near / "packgen.toml").write_text('[council]\nname = "Near"\n', encoding="utf-8")
    settings = settings_of(near)
    assert (settings.council_name, settings.stamp.text) == ("Near", "Page {number}")  # type: ignore[attr-defined]


def test_a_workspace_template_overrides_and_brings_its_schema(tmp_path: Path) -> None:
    for folder in ("templates", "schemas"):
        (tmp_path / folder).mkdir()
    (tmp_path / "templates" / "petition.docx").write_bytes(b"")
    (tmp_path / "templates" / "~$petition.docx").write_bytes(b"")
    (tmp_path / "schemas" / "petition.schema.json").write_text("{}")
    (tmp_path / "schemas" / "minutes.schema.json").write_text("{}")

    found = find_templates(tmp_path)

    assert found.files["petition"] == tmp_path / "templates" / "petition.docx"
    assert found.schemas["petition"] == tmp_path / "schemas" / "petition.schema.json"
    assert found.schemas["minutes"] == find_templates(None).schemas["minutes"], "a copy for the editor does not count"
    assert "petition" in found.for_documents
    assert not {"agenda", "agenda-table", "change-notice", "pack-notice", "supplement", "to-follow"} & set(
        found.for_documents
    )


@pytest.mark.parametrize(
    ("colour", "ratio"), [("#000000", 21.0), ("#FFFFFF", 1.0), ("#767676", 4.54), ("#777777", 4.48)]
)
def test_contrast_is_that_of_wcag(colour: str, ratio: float) -> None:
    assert contrast_on_white(colour) == pytest.approx(ratio, abs=0.01)


def test_a_logo_must_be_a_picture_and_say_what_it_shows(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_text("no picture")
    (tmp_path / "packgen.toml").write_text('[council]\nlogo = "logo.png"\n', encoding="utf-8")
    with pytest.raises(InvalidPackError) as refused:
        settings_of(tmp_path)
    assert [problem.code for problem in refused.value.problems] == ["settings.logo", "settings.logo-alt"]
    assert {problem.line for problem in refused.value.problems} == {2}
