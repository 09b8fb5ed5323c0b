"""The commands with their arguments. Each hands over to a module of its own, imported only when it is called."""

from __future__ import annotations

import copy
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer.models import CommandInfo

import packgen
from packgen.errors import ExitCode, PackgenError
from packgen.messages import problem_as_json, use_utf8, write_json, write_problems

app = typer.Typer(
    name="packgen",
    help="Assembles the agenda pack of a council committee: data, Word templates and authors' files in, one PDF out.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
new_app = typer.Typer(
    help="Make a new pack or a new item, ready to be filled in.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(new_app, name="new")

Packs = Annotated[
    list[str], typer.Argument(metavar="PACK...", help="Folders of packs; a pattern such as packs/* is allowed.")
]
PackFolder = Annotated[Path, typer.Argument(metavar="PACK", help="The pack's folder.")]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the output goes.")]
Jobs = Annotated[int, typer.Option("--jobs", min=0, help="How many processors to use; 0 means all.")]
Json = Annotated[bool, typer.Option("--json", help="Give one JSON document on standard output.")]


_INTERRUPTED = 130
"""What shells expect of a program that Ctrl+C has stopped."""


def main() -> None:
    """Runs a command and exits with its code; turns every error into words."""
    use_utf8()
    try:
        _app_for(sys.argv[1:])()
    except PackgenError as error:
        _tell(error)
        sys.exit(error.exit_code)
    except SystemExit as leaving:
        if leaving.code == _INTERRUPTED:  # typer exits with that when Ctrl+C was pressed, without a word
            print("Stopped. The old output is untouched.", file=sys.stderr)
        raise
    except KeyboardInterrupt:
        print("Stopped. The old output is untouched.", file=sys.stderr)
        sys.exit(_INTERRUPTED)
    except Exception as error:  # the last resort: officers are never shown a traceback
        from packgen.cli.confessing import confession

        print(confession(error), file=sys.stderr)
        sys.exit(ExitCode.BUG)


def _app_for(arguments: Sequence[str]) -> typer.Typer:
    """The app, without the commands that are not called: to look at all of them takes as long as to read a pack."""
    called = [each for each in app.registered_commands if arguments and arguments[0] == _name_of(each)]
    if not called:
        return app
    alone = copy.copy(app)
    alone.registered_commands, alone.registered_groups = called, []
    return alone


def _name_of(command: CommandInfo) -> str:
    return command.name or (command.callback.__name__ if command.callback is not None else "")


def _tell(error: PackgenError) -> None:
    if "--json" in sys.argv[1:]:
        write_json({"problems": [problem_as_json(problem) for problem in error.problems]}, sys.stdout)
    else:
        write_problems(error.problems, sys.stderr)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"packgen {packgen.__version__}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Options that stand before the command."""


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where; the current folder if left out.")] = Path(),
    json: Json = False,
) -> None:
    """Make a workspace with an example pack.

    Writes settings, schemas for the editor, a folder for templates, and one pack.
    """
    from packgen.cli.scaffolding import run_init

    run_init(folder, json=json)


@new_app.command("pack")
def new_pack(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The pack's folder, for example packs/2026-09-17-climate.")
    ],
    committee: Annotated[str, typer.Option(help="The committee's full name.")],
    date: Annotated[str, typer.Option(help="The day of the meeting, for example 2026-09-17.")],
    time: Annotated[str, typer.Option(help="When it begins.")] = "10:00",
    venue: Annotated[str, typer.Option(help="Room and building.")] = "Council Chamber, Town Hall",
    json: Json = False,
) -> None:
    """Make a pack's folder with an agenda that validates."""
    from packgen.cli.scaffolding import run_new_pack

    run_new_pack(folder, committee=committee, date=date, time=time, venue=venue, json=json)


@new_app.command("item")
def new_item(
    pack: Annotated[Path, typer.Argument(metavar="PACK", help="The pack's folder.")],
    template: Annotated[
        str, typer.Argument(metavar="TEMPLATE", help="cover-report, minutes, cia, work-programme, ...")
    ],
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the file is called, for example 04-tree-planting.")],
    json: Json = False,
) -> None:
    """Make a document's JSON with every key, and a page that explains each."""
    from packgen.cli.scaffolding import run_new_item

    run_new_item(pack, template, name, json=json)


@app.command()
def validate(packs: Packs, json: Json = False) -> None:
    """Report every problem of packs. Draws nothing."""
    from packgen.cli.validating import run_validate

    raise typer.Exit(run_validate(packs, json=json))


@app.command()
def check(
    packs: Annotated[
        list[str] | None, typer.Argument(metavar="PACK...", help="Folders of packs; a pattern is allowed.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Take warnings for errors.")] = False,
    list_checks: Annotated[bool, typer.Option("--list", help="Tell what each check looks for.")] = False,
    json: Json = False,
) -> None:
    """Validate packs, then look for slips before publication. Draws nothing."""
    from packgen.cli.checking import run_check, run_list

    if list_checks:
        raise typer.Exit(run_list(json=json))
    if not packs:
        raise typer.BadParameter("name at least one pack", param_hint="PACK...")
    raise typer.Exit(run_check(packs, strict=strict, json=json))


@app.command()
def build(  # noqa: PLR0913, PLR0917  # an argument for each option of the command
    packs: Packs,
    out: Out = Path("dist"),
    only: Annotated[
        str | None, typer.Option("--only", metavar="public|restricted", help="Build one of the two packs.")
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option(
            "--engine",
            metavar="auto|built-in|libreoffice",
            help="What turns documents into PDF; auto takes LibreOffice only where the built-in engine is not enough.",
        ),
    ] = None,
    renumber: Annotated[
        bool, typer.Option("--renumber", help="Give every page of a published pack a new number; the agenda says so.")
    ] = False,
    date: Annotated[
        str | None,
        typer.Option("--date", metavar="DATE", help="The day that --renumber puts on the agenda; today if left out."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Do everything again; the result is the same.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Take warnings about the pack for errors.")] = False,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADDRESS", help="Build on a Dask cluster, such as tcp://10.0.0.5:8786."),
    ] = None,
    shared_folder: Annotated[
        bool,
        typer.Option("--shared-folder", help="The cluster reads and writes the same folders under the same names."),
    ] = False,
    jobs: Jobs = 0,
    json: Json = False,
) -> None:
    """Build packs; several at once, each on a processor of its own.

    Gives the pack as PDF, a PDF for each item, the meeting page, the page map and the filled Word files. Once a pack is
    published, pages keep their numbers, and what is new goes into a supplement.
    """
    from packgen.cli.building import Command, run_build

    command = Command(
        out=out,
        only=only,
        engine=engine,
        renumber=renumber,
        date=date,
        force=force,
        strict=strict,
        jobs=jobs,
        json=json,
        scheduler=scheduler,
        shared_folder=shared_folder,
    )
    raise typer.Exit(run_build(packs, command))


@app.command()
def watch(pack: PackFolder, out: Out = Path("dist"), jobs: Jobs = 0, json: Json = False) -> None:
    """Build a pack again whenever a file of it changes, until Ctrl+C is pressed.

    With --json it gives one line for each build.
    """
    from packgen.cli.watching import run_watch

    raise typer.Exit(run_watch(pack, out=out, jobs=jobs, json=json))


@app.command()
def supplement(pack: PackFolder, out: Out = Path("dist"), jobs: Jobs = 0, json: Json = False) -> None:
    """Build the supplement of papers that came after publication.

    Gives the supplement with a front sheet of its own, and the pack that contains it. Nothing may be missing: why each
    paper is late, and on what ground an item is urgent that was not on the agenda.
    """
    from packgen.cli.building import Command, run_build

    raise typer.Exit(run_build([str(pack)], Command(out=out, supplement=True, jobs=jobs, json=json)))


@app.command()
def publish(
    pack: PackFolder,
    out: Out = Path("dist"),
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Why it is published, for the history.")
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="The day of publication; today if left out.")
    ] = None,
    json: Json = False,
) -> None:
    """Freeze the last build as the next publication.

    Copies the public files, and those for members, to the pack's folder. From then on page numbers do not move.
    """
    from packgen.cli.publishing import run_publish

    raise typer.Exit(run_publish(pack, out=out, date=date, reason=reason, json=json))


@app.command()
def diff(
    pack: PackFolder,
    against: Annotated[
        int | None,
        typer.Option("--against", metavar="N", min=1, help="The publication to compare with; the last if left out."),
    ] = None,
    out: Out = Path("dist"),
    json: Json = False,
) -> None:
    """Say what changed since a publication, paper by paper and page by page.

    Compares the last build, and says which sheets of a printed pack to exchange, to put in and to take out. Writes that
    as text, a notice for members, and a PDF of the sheets to print.
    """
    from packgen.cli.differing import run_diff

    raise typer.Exit(run_diff(pack, out=out, against=against, json=json))


@app.command()
def log(pack: PackFolder, json: Json = False) -> None:
    """List the publications of a pack."""
    from packgen.cli.publishing import run_log

    raise typer.Exit(run_log(pack, json=json))


@app.command()
def verify(pack: PackFolder, json: Json = False) -> None:
    """Say whether published files are still what was published."""
    from packgen.cli.publishing import run_verify

    raise typer.Exit(run_verify(pack, json=json))


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.docx", help="An author's Word document.")],
    template: Annotated[
        str | None, typer.Option("--as", metavar="TEMPLATE", help="Which template it follows; found out if left out.")
    ] = None,
    into: Annotated[
        Path | None, typer.Option("--into", metavar="PACK", help="The pack's folder; beside the file if left out.")
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="What the item is called, for example 04-tree-planting."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there already.")] = False,
    json: Json = False,
) -> None:
    """Turn an author's Word report into an item of a pack.

    Writes JSON, Markdown for long text, and pictures. What fits nowhere is kept and listed; no word is lost.
    """
    from packgen.cli.importing import Wanted, run_import

    raise typer.Exit(run_import(file, Wanted(template, into, name, force), json=json))


@app.command()
def doctor(json: Json = False) -> None:
    """Say what is installed, what is missing and what that costs."""
    from packgen.cli.doctor import run_doctor

    raise typer.Exit(run_doctor(json=json))
