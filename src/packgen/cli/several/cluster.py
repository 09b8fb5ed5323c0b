"""Several packs on the machines of a Dask cluster.

Dask does what is not packgen's to do: it hands work to workers, notices when one dies, and gives its work to another.
Packs travel as bytes, or are read from a folder that all machines share.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import packgen
from packgen.cli.several.orders import Order, Outcome, carry_out, failed
from packgen.cli.several.parcels import Parcel, Returned, output_of, packed, placed, put_in_place, unpacked
from packgen.cli.several.processes import Waiting
from packgen.errors import ExitCode, MissingProgramError, PackgenError, Problem, UsageError

_PATIENCE = 15.0
_RETRIES = 2
_IN_HAND = 2
"""Packs for each thread of the cluster that are sent before one is done, so that none waits for the network."""
_CONNECT_SECONDS = 20
_one_at_a_time = threading.Lock()
"""Paths are told from the current folder, of which a process has one."""


def on_cluster(address: str, orders: Sequence[Order], on_waiting: Waiting, *, shared: bool) -> Iterator[Outcome]:
    """Outcomes as they come. With `shared`, workers read and write the very folders that are named here.

    Raises:
        MissingProgramError: Dask is not installed.
        UsageError: nobody answers at the address, or a worker has another version of packgen.
    """
    with _connected(address) as client:
        waiting = deque(sorted(orders, key=lambda order: -order.weight))
        running: dict[Any, tuple[Order, float]] = {}
        while waiting or running:
            most = _IN_HAND * max(sum(client.nthreads().values()), 1)
            while waiting and len(running) < most:
                order = waiting.popleft()
                try:
                    future = _submitted(client, order, shared=shared)
                except PackgenError as error:
                    yield failed(order, error.exit_code, error.problems[0].code, f"{order.name}: {error}")
                except OSError as error:
                    told = f"{order.name}: not sent; {error.filename or 'a file'} cannot be read ({error.strerror})"
                    yield failed(order, ExitCode.INVALID_PACK, "cluster.cannot-read", told)
                else:
                    running[future] = (order, time.monotonic())
            for future in _done(running, on_waiting):
                order, since = running.pop(future)
                yield _settled(future, order, time.monotonic() - since)


def _submitted(client: Any, order: Order, *, shared: bool) -> Any:
    if shared:
        return client.submit(_carried_out_there, order, str(Path.cwd()), pure=False, retries=_RETRIES)
    return client.submit(_carried_out, packed(order), pure=False, retries=_RETRIES)


def _done(running: dict[Any, tuple[Order, float]], on_waiting: Waiting) -> list[Any]:
    """The futures that are done, at least one; while there is none, people are told what is waited for."""
    from distributed import wait

    while running:
        try:
            news = wait(list(running), timeout=_PATIENCE, return_when="FIRST_COMPLETED")  # type: ignore[no-untyped-call]
            return list(news.done)
        except TimeoutError:
            on_waiting([(order.name, time.monotonic() - since) for order, since in running.values()])
    return []


def _settled(future: Any, order: Order, seconds: float) -> Outcome:
    """What came of one order, its output in place."""
    try:
        returned: Returned = future.result()
    except Exception as error:  # whatever the cluster says of a pack, the others go on
        told = (
            f"{order.name}: not built; the cluster gave up on it ({type(error).__name__}: {error})\n"
            "hint: build this pack by itself, without --scheduler, to see what is wrong"
        )
        return failed(order, ExitCode.BUG, "cluster.gave-up", told, seconds)
    if returned.files is not None and returned.outcome.code == ExitCode.DONE:
        try:
            put_in_place(order, returned.files)
        except PackgenError as error:
            return failed(order, error.exit_code, error.problems[0].code, f"{order.name}: {error}", seconds)
    return placed(order, returned.outcome)


def _carried_out(parcel: Parcel) -> Returned:
    """Runs on a worker: builds what is in a parcel, in a folder of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="packgen-", ignore_cleanup_errors=True) as name:
        folder = Path(os.path.realpath(name))
        unpacked(parcel.files, folder)
        with _in_folder(folder):
            outcome = carry_out(parcel.order)
            return Returned(outcome, output_of(parcel.order) if outcome.code == ExitCode.DONE else None)


def _carried_out_there(order: Order, folder: str) -> Returned:
    """Runs on a worker that shares the folders of the order."""
    with _in_folder(Path(folder)):
        return Returned(carry_out(order), None)


@contextmanager
def _in_folder(folder: Path) -> Iterator[None]:
    with _one_at_a_time:
        before = Path.cwd()
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingProgramError(
            Problem(
                code="cluster.no-dask",
                message="--scheduler needs Dask, which is not installed",
                hint='pip install "packgen[cluster]", here and on every worker',
            )
        ) from error
    try:
        client = Client(address, timeout=_CONNECT_SECONDS)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(
            Problem(
                code="cluster.no-answer",
                message=f"no Dask scheduler answers at {address}",
                hint="write the address that `dask scheduler` prints, such as tcp://10.0.0.5:8786",
            )
        ) from error
    try:
        _check_versions(client)
        yield client
    finally:
        client.close()  # type: ignore[no-untyped-call]


def _check_versions(client: Any) -> None:
    """Two versions may draw differently: all must be the same."""
    for worker, version in client.run(_version).items():
        if version != packgen.__version__:
            raise UsageError(
                Problem(
                    code="cluster.version",
                    message=f"the worker {worker} has packgen {version}, this is {packgen.__version__}",
                    hint="install the same version everywhere",
                )
            )


def _version() -> str:
    return packgen.__version__
