"""`packgen watch`: a build whenever something of a pack is saved."""

from __future__ import annotations

import datetime as dt
import json as json_format
import logging
import signal
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from stat import S_ISDIR
from threading import Event, Thread, current_thread, main_thread

from packgen.cli.building import build_one, usable_processors
from packgen.digests import stamps_trusted
from packgen.errors import PackgenError
from packgen.pipeline import Recent, Wishes
from packgen.publications.inputs import papers_of
from packgen.schemas import SchemaSet
from packgen.stages.fork_server import EVERYTHING
from packgen.stages.workers import Workers
from packgen.workspace import find_templates, load_settings, settings_file, shown_path

_QUIET = 30
"""Milliseconds without a change before a build: programs save a file in several steps."""
_LOOK_AGAIN = 500
"""Milliseconds after which the few files outside the watched folders are looked at."""
_SHOWN = 3


def run_watch(folder: Path, *, out: Path, jobs: int, json: bool, stop: Event | None = None) -> int:
    """Builds, waits for a change, builds again, until `stop` is set or Ctrl+C pressed. A failed build stops nothing."""
    recent = Recent()
    stopping = stop or Event()
    _stop_on_interrupt(stopping)
    with stamps_trusted(), Workers(jobs or usable_processors()) as workers:
        while True:
            watched = _watched(folder, out)
            before = _stamps(watched)
            _, report = build_one(folder, out, Wishes(), workers, json=json, recent=recent)
            if json:
                print(json_format.dumps(report, ensure_ascii=False), flush=True)
            else:
                print("Waiting for changes; Ctrl+C ends it.", file=sys.stderr, flush=True)
            if not workers.warm:
                # What is small is done by this process from now on, which loads what that takes while it waits; but a
                # single document is begun by another while this one checks the pack.
                workers.get_ready()
                Thread(target=import_module, args=(EVERYTHING,), daemon=True).start()
                workers.warm = True
            changed = _next_change(watched, before, stopping)
            if not changed:
                return 0
            if not json:
                names = [shown_path(path) for path in changed]
                more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
                now = dt.datetime.now().strftime("%H:%M:%S")  # the officer's own clock
                print(f"\n{now}  changed: {', '.join(names[:_SHOWN])}{more}", file=sys.stderr)


def _stop_on_interrupt(stopping: Event) -> None:
    """Note Ctrl+C before it interrupts: where an interruption goes nowhere, as while an object is taken apart, watching
    must end all the same.
    """
    if current_thread() is not main_thread():
        return

    def interrupt(*_: object) -> None:
        stopping.set()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupt)


@dataclass(frozen=True)
class _Watched:
    """The pack's folder, others of which every file counts, if they are there, and single files that lie elsewhere."""

    folders: tuple[Path, ...]
    files: tuple[Path, ...]
    out: Path


_Stamps = dict[Path, tuple[int, int]]


def _watched(folder: Path, out: Path) -> _Watched:
    root = folder.resolve()
    settings = settings_file(root)
    files = [settings] if settings else []
    try:
        read = load_settings(root, SchemaSet(find_templates(None).schemas))
        files += [*filter(None, [read.logo]), *read.font_files]
    except PackgenError:
        # What is wrong with the settings, the build says.
        pass
    folders = [settings.parent / name for name in ("templates", "schemas")] if settings else []
    return _Watched((root, *folders), tuple(files), out.resolve())


def _stamps(watched: _Watched) -> _Stamps:
    """Size and time of every file that counts."""
    pack, *others = watched.folders
    paths = [path for _, path in papers_of(pack, watched.out)]
    paths += [path for folder in others if folder.is_dir() for path in folder.iterdir()]
    stamps = {}
    for path in (*paths, *watched.files):
        try:
            stat = path.stat()
        except OSError:
            continue
        if not S_ISDIR(stat.st_mode):
            stamps[path] = (stat.st_size, stat.st_mtime_ns)
    return stamps


def _next_change(watched: _Watched, before: _Stamps, stop: Event) -> list[Path]:
    """The files that are not as they were `before`, as soon as there are any; none if it is time to stop.

    The system tells of most changes at once. It does not on every network drive, and not of what was saved while the
    last build ran; so files are looked at now and then as well.
    """
    from watchfiles import watch

    while not watched.folders[0].is_dir():
        # It is being renamed, or was never there, which the build has said.
        if stop.wait(_LOOK_AGAIN / 1000):
            return []

    logging.getLogger("watchfiles").setLevel(logging.ERROR)  # it would tell of Ctrl+C, in words for programmers
    events = watch(
        *(folder for folder in watched.folders if folder.is_dir()),
        watch_filter=None,
        step=_QUIET,
        stop_event=stop,
        rust_timeout=_LOOK_AGAIN,
        yield_on_timeout=True,
        raise_interrupt=False,
    )
    while True:
        now = _stamps(watched)
        if now != before:
            return sorted(path for path in now.keys() | before.keys() if now.get(path) != before.get(path))
        if next(events, None) is None:
            return []
