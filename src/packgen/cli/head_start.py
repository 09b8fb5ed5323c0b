"""What takes long is begun before the command line is read, which takes long itself.

Takes the arguments as they were typed; only guesses what they ask for, since a wrong guess costs a little time and
nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

_DRAWING = frozenset({"build", "supplement", "watch"})
"""Commands that may draw."""


def start_early(arguments: Sequence[str]) -> None:
    """Start the processes that draw, or what starts them, if a command may want them."""
    if not arguments or arguments[0] not in _DRAWING or _value(arguments, "--jobs") == "1":
        return
    if _built_before(arguments) and arguments[0] != "watch":
        from packgen.stages.beside import start_beside

        start_beside()
    else:
        from packgen.stages.fork_server import start_fork_server

        start_fork_server()


def _built_before(arguments: Sequence[str]) -> bool:
    """Whether the output of all packs that are named seems to be there, so that little will have to be drawn."""
    if "--force" in arguments:
        return False
    kept = Path(_value(arguments, "--out") or "dist") / ".cache"
    packs = [each for each in arguments[1:] if (Path(each) / "pack.json").is_file()]
    return bool(packs) and all((kept / Path(each).name).is_dir() for each in packs)


def _value(arguments: Sequence[str], option: str) -> str | None:
    """What is typed for an option, behind it or behind `=`."""
    for each, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if each == option:
            return following
        if each.startswith(f"{option}="):
            return each.partition("=")[2]
    return None
