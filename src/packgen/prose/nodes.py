"""markdown-it's tokens, each with those that stand within it.

Takes tokens in a row, gives nodes. markdown-it's own syntax tree knows more of each token, and takes as long to make as
the text takes to parse.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it.token import Token


class Node:
    """A token, or what stands between an opening and a closing one. `type` is without `_open`."""

    __slots__ = ("attrs", "children", "content", "map", "meta", "tag", "type")

    def __init__(self, token: Token, type_: str, children: list[Node]) -> None:
        self.type, self.children = type_, children
        self.tag, self.content, self.map = token.tag, token.content, token.map
        self.attrs: dict[str, Any] = token.attrs
        self.meta: dict[str, Any] = token.meta


def nested(tokens: Sequence[Token]) -> list[Node]:
    """The nodes of the outermost level."""
    level: list[Node] = []
    outer: list[list[Node]] = []
    for token in tokens:
        if token.nesting > 0:
            node = Node(token, token.type.removesuffix("_open"), [])
            level.append(node)
            outer.append(level)
            level = node.children
        elif token.nesting < 0:
            level = outer.pop()
        else:
            level.append(Node(token, token.type, nested(token.children) if token.children else []))
    return level
