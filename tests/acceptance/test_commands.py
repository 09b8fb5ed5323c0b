"""Every command and every exit code that an officer or a script can meet."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from packgen.errors import ExitCode, InspectionError, Problem
from packgen.workspace import find_templates
from tests.conftest import REPOSITORY, Packgen, write_pack


def test_help_says_what_each_command_does(packgen: Packgen) -> None:
    run = packgen("--help")
    assert run.code == 0
    for command in ("init", "new", "validate", "build", "doctor"):
        assert command in run.out


def test_the_version_is_printed(packgen: Packgen) -> None:
    assert packgen("--version").out.startswith("packgen ")


def test_help_imports_no_heavy_library() -> None:
    heavy = "docx docxtpl pikepdf pypdf pypdfium2 reportlab typst jsonschema fontTools lxml PIL rich"
    script = (
        "import sys\nsys.argv = ['packgen', '--help']\nfrom packgen.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {heavy!r}.split() if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


# --- Exit codes -------------------------------------------------------------------------------------


def test_2_for_a_command_that_cannot_be_used(packgen: Packgen, small_pack: Path) -> None:
    assert packgen("bild", small_pack).code == ExitCode.USAGE
    assert packgen("build").code == ExitCode.USAGE
    assert packgen("build", small_pack, "--only", "secret").code == ExitCode.USAGE
    assert packgen("validate", small_pack / "no-such-*").code == ExitCode.USAGE


def test_3_for_a_pack_that_is_wrong_or_not_there(packgen: Packgen, tmp_path: Path) -> None:
    run = packgen("build", tmp_path / "nowhere", "--out", tmp_path / "dist")
    assert run.code == ExitCode.INVALID_PACK
    assert "there is no such folder" in run.err


@pytest.mark.parametrize(
    ("paragraph", "words"),
    [
        ("{{ titel }}", ["titel", "title"]),
        ("{{ title", ["title"]),
        ("{{ title.__class__.__mro__ }}", ["__class__"]),
        ("{% include 'secret.txt' %}", ["include"]),
        ("{{ title|shout }}", ["shout"]),
    ],
)
def test_4_for_a_template_that_cannot_be_filled(
    packgen: Packgen, small_pack: Path, tmp_path: Path, paragraph: str, words: list[str]
) -> None:
    own_template(small_pack.parent.parent, "cover-report", paragraph)
    run = packgen("build", small_pack, "--out", tmp_path / "dist")
    assert run.code == ExitCode.TEMPLATE, run.err
    assert "cover-report.docx" in run.err
    for word in words:
        assert word in run.err
    assert "Traceback" not in run.err
    assert not (tmp_path / "dist" / "small").exists()


def test_4_for_a_template_that_is_no_word_file(packgen: Packgen, small_pack: Path, tmp_path: Path) -> None:
    workspace = small_pack.parent.parent
    own_template(workspace, "cover-report", "x")
    (workspace / "templates" / "cover-report.docx").write_bytes(b"not a zip")
    run = packgen("build", small_pack, "--out", tmp_path / "dist")
    assert run.code == ExitCode.TEMPLATE
    assert "cover-report.docx" in run.err


def test_6_for_an_authors_document_that_cannot_be_drawn(packgen: Packgen, tmp_path: Path) -> None:
    document = docx.Document()
    row = document.add_table(1, 2).rows[0]
    row.cells[0].text = "Agreed"
    row.cells[0]._tc.get_or_add_tcPr().append(docx.oxml.parse_xml(f'<w:cellDel {W} w:id="1" w:author="A"/>'))
    document.save(str(tmp_path / "a.docx"))
    acknowledged = {"tracked-changes": "The cell was empty."}
    pack = write_pack(
        tmp_path / "p",
        items=[
            {
                "title": "Note",
                "documents": [{"file": "attachments/a.docx", "title": "Note", "acknowledged": acknowledged}],
            }
        ],
        files={"attachments/a.docx": (tmp_path / "a.docx").read_bytes()},
    )
    run = packgen("build", pack, "--out", tmp_path / "dist")
    assert run.code == ExitCode.CONVERSION, run.err
    assert "attachments/a.docx" in run.err
    assert "a.docx table 1" in run.err


def test_7_when_the_finished_pack_is_not_what_was_planned(
    packgen: Packgen, small_pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*arguments: object, **named: object) -> None:
        raise InspectionError(Problem(code="inspection.stamp", message="page 3 prints 4", file="x.pdf"))

    monkeypatch.setattr("packgen.stages.merging.inspect_pack", wrong)
    run = packgen("build", small_pack, "--out", tmp_path / "dist", "--jobs", "1")
    assert run.code == ExitCode.INSPECTION
    assert not (tmp_path / "dist" / "small").exists()


def test_8_when_the_output_cannot_be_written(packgen: Packgen, small_pack: Path, tmp_path: Path) -> None:
    (tmp_path / "dist").write_text("in the way")
    run = packgen("build", small_pack, "--out", tmp_path / "dist")
    assert run.code == ExitCode.OUTPUT
    assert "old output is untouched" in run.err


def test_1_for_a_fault_of_packgen_is_told_without_a_traceback(
    packgen: Packgen, small_pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object) -> None:
        raise ZeroDivisionError("of all things")

    monkeypatch.setattr("packgen.cli.validating.validate", broken)
    run = packgen("validate", small_pack)
    assert run.code == ExitCode.BUG
    assert "fault in packgen" in run.err
    assert "Traceback" not in run.err


# --- validate ---------------------------------------------------------------------------------------


def test_validate_as_json_holds_every_key_of_a_problem(packgen: Packgen, tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "p", published="soon", items=[{"titel": "Trees"}])
    report = packgen("validate", pack, "--json").json["packs"][0]
    assert report["valid"] is False
    assert {problem["pointer"] for problem in report["problems"]} == {"$.published", "$.items[0]", "$.items[0].titel"}
    for problem in report["problems"]:
        assert list(problem) == ["severity", "code", "file", "line", "column", "pointer", "message", "hint"]


def test_validate_accepts_the_pack_json_in_place_of_its_folder(packgen: Packgen, small_pack: Path) -> None:
    assert packgen("validate", small_pack / "pack.json").code == 0


# --- init, new, doctor ------------------------------------------------------------------------------


def test_init_makes_a_workspace_whose_example_builds(packgen: Packgen, tmp_path: Path) -> None:
    workspace = tmp_path / "council"
    assert packgen("init", workspace).code == 0
    assert packgen("build", workspace / "packs" / "quickstart", "--out", tmp_path / "dist").code == 0
    pack = json.loads((workspace / "packs" / "quickstart" / "pack.json").read_text(encoding="utf-8"))
    assert (workspace / "packs" / "quickstart" / pack["$schema"]).resolve().is_file()


def test_init_overwrites_nothing(packgen: Packgen, tmp_path: Path) -> None:
    (tmp_path / "packgen.toml").write_text("# mine\n", encoding="utf-8")
    assert packgen("init", tmp_path).code == ExitCode.USAGE
    assert [path.name for path in tmp_path.iterdir()] == ["packgen.toml"]


@pytest.mark.parametrize("template", find_templates(None).for_documents)
def test_new_item_makes_data_that_validates_for_every_template(packgen: Packgen, tmp_path: Path, template: str) -> None:
    pack = tmp_path / "packs" / "2026-09-17-climate"
    assert packgen("new", "pack", pack, "--committee", "Climate Committee", "--date", "2026-09-17").code == 0
    run = packgen("new", "item", pack, template, "04 My Paper", "--json")
    assert run.code == 0, run.err
    value = json.loads((pack / "pack.json").read_text(encoding="utf-8"))
    value["items"].append({"title": "Mine", "documents": [{"data": "items/04-my-paper.json"}]})
    (pack / "pack.json").write_text(json.dumps(value), encoding="utf-8")
    checked = packgen("validate", pack, "--json").json["packs"][0]
    assert [problem["code"] for problem in checked["problems"]] == ["data.skeleton-words"]
    explained = (pack / "keys" / f"{template}.md").read_text(encoding="utf-8")
    for key in json.loads((pack / "items" / "04-my-paper.json").read_text(encoding="utf-8")):
        assert key == "$schema" or f"`{key}`" in explained


@pytest.mark.parametrize("arguments", [["--date", "17.9.2026"], ["--date", "2026-09-17", "--time", "ten"]])
def test_new_pack_refuses_what_is_no_date_or_time(packgen: Packgen, tmp_path: Path, arguments: list[str]) -> None:
    assert packgen("new", "pack", tmp_path / "p", "--committee", "C", *arguments).code == ExitCode.USAGE
    assert not (tmp_path / "p").exists()


def test_doctor_finds_all_that_a_build_needs(packgen: Packgen) -> None:
    report = packgen("doctor", "--json").json
    assert report["ready"] is True
    assert {"packgen", "Python", "templates", "fonts"} <= {finding["what"] for finding in report["findings"]}


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def own_template(workspace: Path, name: str, paragraph: str) -> None:
    """A council's own template with one paragraph, beside its settings."""
    (workspace / "packgen.toml").write_text("", encoding="utf-8")
    (workspace / "templates").mkdir(exist_ok=True)
    (workspace / "schemas").mkdir(exist_ok=True)
    installed = find_templates(None)
    (workspace / "schemas" / f"{name}.schema.json").write_bytes(installed.schemas[name].read_bytes())
    document = docx.Document()
    document.add_paragraph(paragraph)
    document.save(str(workspace / "templates" / f"{name}.docx"))


def test_a_pack_made_in_a_workspace_names_the_workspaces_schemas(packgen: Packgen, tmp_path: Path) -> None:
    assert packgen("init", tmp_path / "w").code == 0
    pack = tmp_path / "w" / "packs" / "2026-09-17-climate"
    assert packgen("new", "pack", pack, "--committee", "Climate Committee", "--date", "2026-09-17").code == 0
    assert packgen("new", "item", pack, "document", "02-paper").code == 0
    for file, up in ((pack / "pack.json", "../../"), (pack / "items" / "02-paper.json", "../../../")):
        address = json.loads(file.read_text(encoding="utf-8"))["$schema"]
        assert address.startswith(f"{up}schemas/")
        assert (file.parent / address).is_file()


def test_a_councils_own_schema_that_is_none_is_met_with_its_place(packgen: Packgen, tmp_path: Path) -> None:
    (tmp_path / "packgen.toml").write_text("")
    for folder, name, data in (
        ("schemas", "memo.schema.json", b'{"type": 5}'),
        ("templates", "memo.docx", (REPOSITORY / "templates" / "document.docx").read_bytes()),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_bytes(data)
    items = [{"title": "Memo", "documents": [{"data": "items/m.json"}]}]
    pack = write_pack(tmp_path / "p", items=items, files={"items/m.json": {"template": "memo"}})
    run = packgen("validate", pack)
    assert run.code == ExitCode.INVALID_PACK
    assert "memo.schema.json" in run.err
    assert "JSON Schema" in run.err


# --- Leaving ----------------------------------------------------------------------------------------


def test_a_command_leaves_no_folder_behind_and_its_exit_code(small_pack: Path, tmp_path: Path) -> None:
    """Neither do the processes that draw for it."""
    own = tmp_path / ("a folder with a name too long for a socket in it " * 2)
    own.mkdir()
    environment = os.environ | {"TMPDIR": str(own), "TEMP": str(own), "TMP": str(own)}
    command = [sys.executable, "-m", "packgen", "build", str(small_pack), "--jobs", "2", "--out", str(tmp_path / "out")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, list(own.iterdir())) == (0, []), done.stderr
    assert "agenda-pack.pdf" in done.stderr
    told = subprocess.run([*command[:3], "--version"], capture_output=True, text=True, check=True)
    assert told.stdout.startswith("packgen ")
    refused = subprocess.run([*command, "--only", "restricted"], env=environment, capture_output=True, check=False)
    assert (refused.returncode, list(own.iterdir())) == (ExitCode.USAGE, [])


def test_ctrl_c_is_met_with_a_word(
    packgen: Packgen, small_pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("packgen.cli.building.build", interrupted)
    run = packgen("build", small_pack, "--out", tmp_path / "dist", "--jobs", "1")
    assert run.code == 130
    assert run.err.rstrip().endswith("Stopped. The old output is untouched.")
