"""The Jinja environment in which templates run: sandboxed, strict about names, escaping, and bounded.

Takes a budget and the filters that a document's filling adds; gives a Jinja environment. Never gives a template
a file, a Python object's inner parts, or a function that does more than arrange text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.filters import FILTERS
from jinja2.runtime import Context, LoopContext, Macro, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace, missing
from jinja2.visitor import NodeTransformer

from packgen.fill.budget import LARGEST_NUMBER, Budget
from packgen.fill.filters import BOUNDED_FILTERS, COUNTED, MEASURED, WORDING_FILTERS
from packgen.fill.printing import printed

SAFE_FILTERS = (
    "abs capitalize count d default dictsort first float groupby int items last length list lower map max min reject"
    " rejectattr reverse round select selectattr sort string sum title trim truncate unique upper"
)
GIVEN = ("range", "cycler", "joiner", "namespace", "dict")
SAFE_TEXT_METHODS = ("capitalize", "endswith", "lower", "split", "startswith", "strip", "title", "upper")
SAFE_OBJECTS = (LoopContext, Macro, Cycler, Joiner, Namespace)


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
        self.filters |= BOUNDED_FILTERS
        self.filters |= {COUNTED: budget.counted, MEASURED: budget.measured}
        self.filters |= {name: _with_context(function) for name, function in filters.items()}
        self.globals = {name: self.globals[name] for name in GIVEN}

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
        return value if isinstance(value, Undefined) else printed(value, self._budget)


def filter_names() -> frozenset[str]:
    """Every filter that a template may use."""
    own = ("prose", "point", "link", "picture")
    return frozenset([*SAFE_FILTERS.split(), *WORDING_FILTERS, *BOUNDED_FILTERS, *own])


def _with_context(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that asks for Jinja's context, which it does not need, and refuses what is undefined.

    Jinja would otherwise call it once, when it compiles a template, for arguments that stand in the template itself.
    """

    @pass_context
    def given(_: Context, *arguments: Any, **named: Any) -> Any:
        for value in (*arguments, *named.values()):
            if isinstance(value, Undefined):
                str(value)  # raises, naming what is undefined
        return function(*arguments, **named)

    return given


class BoundedTemplate(NodeTransformer):
    """Rewrites a parsed template so that loops and joined texts are counted."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802  # Jinja calls it by the node's name
        self.generic_visit(node)
        node.iter = _through(COUNTED, node.iter)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Expr:  # noqa: N802  # as above
        self.generic_visit(node)
        return _through(MEASURED, node)


def _through(name: str, expression: nodes.Node) -> nodes.Expr:
    assert isinstance(expression, nodes.Expr)
    return nodes.Filter(expression, name, [], [], None, None, lineno=expression.lineno)
