"""`packgen diff`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from packgen.differences.as_json import as_json
from packgen.differences.as_text import as_text
from packgen.differences.compare import compare
from packgen.differences.reading import comparisons, publication_to_compare
from packgen.differences.result import PackDifferences
from packgen.errors import ExitCode
from packgen.load import build_pack
from packgen.load.sources import read_sources
from packgen.messages import write_json
from packgen.model import PDF_A, PDF_UA, Access, Standard
from packgen.publications.files import read_history, read_register
from packgen.publications.inputs import inputs_of
from packgen.publish import hold_output
from packgen.publish.freeze import LastBuild, last_build
from packgen.stages.changes import ChangedPack, PrivateWords, change_files, pack_in_words
from packgen.workspace import shown_path


def run_diff(folder: Path, *, out: Path, against: int | None, json: bool) -> int:
    """Compares the last build of a pack with a publication, and writes what is found beside the build's output."""
    sources = read_sources(folder)
    history = read_history(sources.raw.folder.resolve())
    publication = publication_to_compare(history, against)
    pack = build_pack(sources.raw, sources.settings.numbering)
    words = PrivateWords(pack, history.last)
    with hold_output(out / pack.id) as output, hold_output(out / f"{pack.id}-changes") as fresh:
        build = last_build(output.final, folder, partial(inputs_of, folder, sources.settings, sources.templates, out))
        register = read_register((build.folder / "register.json").read_bytes())
        found = []
        for comparison in comparisons(history, publication, build.folder, register, pack, words.are_in):
            changed = ChangedPack(compare(comparison), comparison.new, _standards(build, comparison.built))
            found.append(changed.differences)
            for name, data in change_files(changed, pack, sources, words).items():
                fresh.write(f"{comparison.access}/{name}", data)
        fresh.swap_in()
    if json:
        write_json({"pack": pack.id, "folder": shown_path(fresh.final), **_as_json(found)}, sys.stdout)
        return ExitCode.DONE
    # Members read more than the public: whoever compares is shown all of it.
    print(as_text(found[-1], pack_in_words(pack)), end="")
    more = "" if found[-1].nothing else ", with a notice to send and the pages to print"
    print(f"{shown_path(fresh.final)}: the same as files{more}", file=sys.stderr)
    return ExitCode.DONE


def _standards(build: LastBuild, access: Access) -> frozenset[Standard]:
    """What the PDF of a built pack keeps."""
    claims = {claim for built in build.manifest["packs"] if built["access"] == access for claim in built["claims"]}
    return frozenset(standard for standard in (PDF_UA, PDF_A) if standard in claims)


def _as_json(found: Sequence[PackDifferences]) -> dict[str, Any]:
    return {"public": None, "restricted": None} | {each.access: as_json(each) for each in found}
