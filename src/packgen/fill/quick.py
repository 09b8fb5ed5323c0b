"""Fills the templates that packgen brings without loading Jinja, which takes longer than to fill one.

Takes the code that Jinja made of a template and what it is to be filled with; gives the files of the DOCX, or None
wherever anything is not as it is in most documents: then `render` does it with Jinja and says what is wrong. So nothing
here explains itself, and nothing is undefined without an end. Templates of councils are never run here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any

from lxml import etree
from markupsafe import Markup, escape

from packgen.fill.budget import Budget, BudgetError
from packgen.fill.contents import Contents
from packgen.fill.filters import BOUNDED_FILTERS, COUNTED, MEASURED, WORDING_FILTERS, FilterError
from packgen.fill.kept import KeptPart, kept_template
from packgen.fill.printing import printed

_MISSING = object()


class _NotAsUsualError(Exception):
    """Something that Jinja has to deal with."""


_FOR_JINJA = (
    *(_NotAsUsualError, FilterError, BudgetError, etree.XMLSyntaxError),
    *(AttributeError, TypeError, ValueError, ArithmeticError, LookupError, NameError, RecursionError),
)


def filled_quickly(template: bytes, context: Mapping[str, Any], contents: Contents) -> dict[str, bytes] | None:
    """The files of a filled template, with marks for `contents`; None if Jinja has to fill it, with other contents."""
    kept = kept_template(template)
    if kept is None or any(not part.names <= context.keys() for part in kept.parts):
        return None
    budget = Budget()
    environment = _Environment(budget, contents)
    try:
        return {**kept.files, **{part.name: _filled(part, context, environment, budget) for part in kept.parts}}
    except _FOR_JINJA:
        return None


def _filled(part: KeptPart, context: Mapping[str, Any], environment: _Environment, budget: Budget) -> bytes:
    given: dict[str, Any] = {
        "environment": environment,
        "missing": _MISSING,
        "escape": escape,
        "markup_join": _joined,
        "LoopContext": _loop,
        "Undefined": None,
        "TemplateRuntimeError": _NotAsUsualError,
        "internalcode": lambda function: function,
    }
    exec(part.code, given)  # noqa: S102  # made of a template that packgen brings, and brought with it
    written = []
    for chunk in given["root"](_Context(context)):
        budget.write(len(chunk))
        written.append(chunk)
    xml = "".join(written).encode("utf-8")
    etree.fromstring(xml)
    return xml


class _Context:
    """What the code asks of Jinja's context."""

    eval_ctx = None

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self.vars: dict[str, Any] = {}
        self.exported_vars: set[str] = set()

    def resolve_or_missing(self, name: str) -> Any:
        return self._data.get(name, _MISSING)


class _Environment:
    """What the code asks of Jinja's environment."""

    concat = "".join

    def __init__(self, budget: Budget, contents: Contents) -> None:
        self._budget = budget
        self.filters: Mapping[str, Callable[..., Any]] = {
            **WORDING_FILTERS,
            **BOUNDED_FILTERS,
            **{name: _without_first(function) for name, function in contents.filters.items()},
            "length": len,
            "list": _without_first(list),
            "map": _without_first(self._each),
            "select": _without_first(lambda values: [value for value in values or () if value]),
            "selectattr": _without_first(self._having),
            "truncate": _without_first(_short),
            COUNTED: budget.counted,
            MEASURED: budget.measured,
        }

    def finalize(self, value: Any) -> Any:
        return printed(value, self._budget)

    def getattr(self, holder: Any, name: str) -> Any:
        if isinstance(holder, Mapping):
            return holder[name]
        if isinstance(holder, _Turn):
            return getattr(holder, name)
        raise _NotAsUsualError

    def getitem(self, holder: Any, key: Any) -> Any:
        if isinstance(key, str):
            return self.getattr(holder, key)
        if isinstance(holder, list | tuple):
            return holder[key]
        raise _NotAsUsualError

    def undefined(self, **_: Any) -> Any:
        raise _NotAsUsualError

    def call_binop(self, _: Any, operator: str, left: Any, right: Any) -> Any:
        if operator != "+":
            raise _NotAsUsualError
        return self._budget.measured(left + right)

    def _each(self, values: Iterable[Any] | None, *, attribute: str) -> list[Any]:
        return [self.getattr(value, attribute) for value in values or ()]

    def _having(self, values: Iterable[Any] | None, attribute: str) -> list[Any]:
        return [value for value in values or () if self.getattr(value, attribute)]


def _without_first(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that is handed Jinja's context or environment before its arguments, and does not want it."""
    return lambda _, *arguments, **named: function(*arguments, **named)


class _Turn(SimpleNamespace):
    """Which turn of a loop it is."""


def _loop(values: Iterable[Any], _: Any) -> Iterator[tuple[Any, _Turn]]:
    """Each value with its turn."""
    every = list(values)
    count = len(every)
    for place, value in enumerate(every):
        turn = {"index": place + 1, "index0": place, "revindex": count - place, "revindex0": count - place - 1}
        yield value, _Turn(**turn, length=count, first=place == 0, last=place == count - 1)


def _joined(values: Iterable[Any]) -> str:
    """Values in a row; if any is written for Word already, the others are made ready for it too."""
    texts = [value if isinstance(value, str) else str(value) for value in values]
    empty = Markup() if any(isinstance(text, Markup) for text in texts) else ""
    return empty.join(texts)


def _short(text: str, length: int, within_words: bool, end: str, leeway: int) -> str:
    """As Jinja's `truncate`: the beginning of a text that is too long, with `end` behind it."""
    if len(text) <= length + leeway:
        return text
    if length < len(end):
        raise _NotAsUsualError
    beginning = text[: length - len(end)]
    return (beginning if within_words else beginning.rpartition(" ")[0] or beginning) + end
