"""The Jinja environment in which templates run: sandboxed, strict about names, escaping, and bounded.

Takes a budget and the filters that a document's filling adds; gives a Jinja environment. Never gives a template
a file, a Python object's inner parts, or a function that does more than arrange text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import Undefined, nodes
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.filters import FILTERS
from jinja2.runtime import LoopContext, Macro, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace, missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from packgen.fill.budget import LARGEST_NUMBER, LONGEST_TEXT, Budget, BudgetError
from packgen.fill.filters import WORDING_FILTERS, FilterError

SAFE_FILTERS = (
    "abs capitalize count d default dictsort first float groupby int items last length list lower map max min reject"
    " rejectattr reverse round select selectattr sort string sum title trim truncate unique upper"
)
SAFE_TEXT_METHODS = ("capitalize", "endswith", "lower", "split", "startswith", "strip", "title", "upper")
SAFE_OBJECTS = (LoopContext, Macro, Cycler, Joiner, Namespace)
# What XML cannot hold, and half of a character.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_COUNTED, _MEASURED = "_counted", "_measured"


class UndefinedNameError(UndefinedError):
    """A template uses a name that its data lacks. `known` are the names that stand where it was looked for."""

    def __init__(self, message: str | None, name: str, known: tuple[str, ...], of_nothing: bool) -> None:
        super().__init__(message)
        self.name = name
        self.known = known
        self.of_nothing = of_nothing


class LocatedUndefined(StrictUndefined):
    """Fails as soon as it is used, and says which names there would have been."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[Exception] = UndefinedError,
    ) -> None:
        def error(message: str | None = None) -> Exception:
            if exc is not UndefinedError or name is None:
                return exc(message)
            known = tuple(str(key) for key in obj) if isinstance(obj, Mapping) else ()
            return UndefinedNameError(message, str(name), known, obj is None)

        super().__init__(hint, obj, name, error)  # type: ignore[arg-type]  # anything that makes an exception will do


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja for Word templates; one for each filling, because it counts what that filling costs."""

    intercepted_binops = frozenset(["+", "*", "**", "%"])

    def __init__(self, budget: Budget, filters: Mapping[str, Callable[..., Any]]) -> None:
        super().__init__(autoescape=True, undefined=LocatedUndefined, finalize=self._finalize, auto_reload=False)
        self._budget = budget
        self.filters = {name: FILTERS[name] for name in SAFE_FILTERS.split()}
        self.filters |= WORDING_FILTERS
        self.filters |= {"join": _join, "replace": _replace, "batch": _batch}
        self.filters |= {_COUNTED: budget.counted, _MEASURED: budget.measured}
        self.filters |= filters
        self.globals = {name: self.globals[name] for name in ("range", "cycler", "joiner", "namespace", "dict")}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A key of data before anything Python calls by the same name, so that `pack.items` is the pack's items."""
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, str) and attribute not in SAFE_TEXT_METHODS:
            return self.unsafe_undefined(obj, attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """As `getattr` for names; Jinja itself for positions."""
        return self.getattr(obj, argument) if isinstance(argument, str) else super().getitem(obj, argument)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if not super().is_safe_attribute(obj, attr, value):
            return False
        if callable(value):
            return isinstance(obj, SAFE_OBJECTS) or (isinstance(obj, str) and attr in SAFE_TEXT_METHODS)
        return True

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        numbers = all(isinstance(each, int | float) and abs(each) < LARGEST_NUMBER for each in (left, right))
        if operator == "**" or (operator in "*%" and not numbers):
            raise SecurityError(f"a template may use {operator} only between numbers, and not to make large ones")
        return self._budget.measured(super().call_binop(context, operator, left, right))

    def call(self, *arguments: Any, **named: Any) -> Any:
        self._budget.step()
        return super().call(*arguments, **named)

    def _finalize(self, value: Any) -> Any:
        """What is printed for a value: nothing for None, line breaks and tabs as Word has them."""
        if value is None:
            return ""
        if isinstance(value, Markup | Undefined):
            return value
        if isinstance(value, Mapping | list | tuple):
            kind = "a group of values" if isinstance(value, Mapping) else "a list"
            raise FilterError(f"this is {kind}, which cannot be printed as it is; name one value of it, or use a loop")
        text = _UNPRINTABLE.sub("", str(value).replace("\r\n", "\n"))
        self._budget.write(len(text))
        if "\n" not in text and "\t" not in text:
            return text
        space = '<w:t xml:space="preserve">'
        escaped = str(escape(text)).replace("\n", f"</w:t><w:br/>{space}").replace("\t", f"</w:t><w:tab/>{space}")
        return Markup(escaped)  # noqa: S704  # the author's words were escaped in the line above


def filter_names() -> frozenset[str]:
    """Every filter that a template may use."""
    own = ("prose", "point", "link", "picture", "join", "replace", "batch")
    return frozenset([*SAFE_FILTERS.split(), *WORDING_FILTERS, *own])


class BoundedTemplate(NodeTransformer):
    """Rewrites a parsed template so that loops and joined texts are counted."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802  # Jinja calls it by the node's name
        self.generic_visit(node)
        node.iter = _through(_COUNTED, node.iter)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Expr:  # noqa: N802  # as above
        self.generic_visit(node)
        return _through(_MEASURED, node)


def _through(name: str, expression: nodes.Node) -> nodes.Expr:
    assert isinstance(expression, nodes.Expr)
    return nodes.Filter(expression, name, [], [], None, None, lineno=expression.lineno)


def _join(values: Iterable[Any], separator: str = ", ", attribute: str | None = None) -> str:
    """As Jinja's `join`, with a comma and a space unless the template says otherwise, and bounded."""
    texts = ["" if value is None else str(value) for value in (_attribute(each, attribute) for each in values)]
    if sum(map(len, texts)) + len(texts) * len(separator) > LONGEST_TEXT:
        raise BudgetError(f"the template joins a text longer than {LONGEST_TEXT:,} characters")
    return str(separator).join(texts)


def _attribute(value: Any, attribute: str | None) -> Any:
    if attribute is None:
        return value
    if not isinstance(value, Mapping) or attribute not in value:
        raise FilterError(f"what is joined has no `{attribute}`")
    return value[attribute]


def _replace(value: Any, old: str, new: str) -> str:
    text = str(value)
    if len(text) + text.count(str(old)) * len(str(new)) > LONGEST_TEXT:
        raise BudgetError(f"the template makes a text longer than {LONGEST_TEXT:,} characters")
    return text.replace(str(old), str(new))


def _batch(values: Iterable[Any], size: int, fill: Any = None) -> list[list[Any]]:
    """Rows of `size` values, the last filled up with `fill` if that is given."""
    if not 1 <= size <= 100:
        raise FilterError("batch takes a number from 1 to 100")
    every = list(values)
    rows = [every[start : start + size] for start in range(0, len(every), size)]
    if rows and fill is not None:
        rows[-1] += [fill] * (size - len(rows[-1]))
    return rows
