"""Starts LibreOffice and sees to it that nothing of it is left.

Takes a command with its log; gives how it ended. The program is started in a group of processes of its own, and the
whole group is ended when it is done, when it has been silent for too long, or when the build stops. Cuts it off from
the network where the system lets an ordinary user do so (Linux); elsewhere proxies that lead nowhere, and the settings
of its profile, must do.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

_NOWHERE = "http://127.0.0.1:9"
_PROXIES = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_SECONDS_BETWEEN_LOOKS = 0.05


@dataclass(frozen=True)
class Command:
    """A program with its arguments. It writes a line to `log` for each thing it does.

    `limit` is how many seconds may pass without a new line; `stop` ends it before its time.
    """

    arguments: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    limit: float
    stop: threading.Event = field(default_factory=threading.Event)


Ending = Literal["ended", "silent", "stopped"]
Runner = Callable[[Command], Ending]


def run(command: Command) -> Ending:
    """Runs a command until it ends by itself or has to be ended.

    Raises:
        OSError: the program cannot be started.
    """
    process = subprocess.Popen(
        command.arguments,
        env=dict(command.environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **_own_group(),
    )
    try:
        return _watch(process, command)
    finally:
        _end_group(process)


def _watch(process: subprocess.Popen[bytes], command: Command) -> Ending:
    length, heard = -1, time.monotonic()
    while process.poll() is None:
        if command.stop.wait(_SECONDS_BETWEEN_LOOKS):
            return "stopped"
        with contextlib.suppress(OSError):
            if (now := command.log.stat().st_size) != length:
                length, heard = now, time.monotonic()
        if time.monotonic() - heard > command.limit:
            return "silent"
    return "ended"


def _own_group() -> dict[str, Any]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """Ends the program and all that it has started; the launcher may be gone while its child still runs."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(
                ["taskkill", "/T", "/F", "/PID", str(process.pid)],
                check=False,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def offline_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """`environment` with proxies that lead nowhere, and no way to a screen."""
    without = {key: value for key, value in environment.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return without | dict.fromkeys(_PROXIES, _NOWHERE) | {"no_proxy": "", "NO_PROXY": "", "SAL_USE_VCLPLUGIN": "svp"}


@lru_cache(maxsize=1)
def without_network() -> tuple[str, ...]:
    """What to put before a command so that it has no network; nothing where the system does not offer that."""
    program = shutil.which("unshare") if sys.platform == "linux" else None
    if program is None:
        return ()
    prefix = (program, "--user", "--map-root-user", "--net", "--")
    tried = subprocess.run(
        [*prefix, "true"], check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return prefix if tried.returncode == 0 else ()
