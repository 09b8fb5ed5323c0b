"""Text without any marks, as most texts of a pack are, read without the many questions that Markdown asks of a text.

Takes text; gives its paragraphs, or None if there is anything in it that may be a mark. As a plugin of markdown-it it
takes over lines without marks that stand in lists and tables. What it reads comes out as markdown-it would have it; it
exists because a pack has hundreds of such texts, and they took longer than all else that is checked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from packgen.prose.tree import Paragraph, Text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

_MARK = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\\`*_\[\]<>&^@|~]")
_BEGINNING = re.compile(r"(?!(?:[a-z]|[ivx]{1,6})[.)])[^\W\d_]")
"""Nothing but a paragraph begins with a letter, unless it is the marker of a lettered list."""
_BARE_ADDRESS = re.compile(r"www\.|https?:|mailto:|xmpp:", re.IGNORECASE)


def plain_paragraphs(text: str, first_line: int) -> tuple[Paragraph, ...] | None:
    """The paragraphs of a text; `first_line` is that of its first line."""
    if _has_marks(text):
        return None
    paragraphs: list[Paragraph] = []
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], first_line):
        if line:
            if not _BEGINNING.match(line) or line[-1].isspace():
                return None
            lines.append(line)
        elif lines:
            paragraphs.append(Paragraph((Text(" ".join(lines)),), number - len(lines)))
            lines = []
    return tuple(paragraphs)


def plain_lines_plugin(md: MarkdownIt) -> None:
    """Teach a markdown-it parser to take lines without marks as they are."""
    md.core.ruler.before("inline", "plain_lines", _plain_lines)
    md.core.ruler.at("inline", _other_lines)


def _plain_lines(state: StateCore) -> None:
    from markdown_it.token import Token

    for token in state.tokens:
        if token.type != "inline" or not token.content or _has_marks(token.content) or " \n" in token.content:
            continue
        children: list[Token] = []
        for number, line in enumerate(token.content.split("\n")):
            if number:
                children.append(Token("softbreak", "br", 0))
            words = line.lstrip(" ") if number else line
            if words:
                children.append(Token("text", "", 0, content=words))
        token.children = children


def _other_lines(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and not token.children:
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _has_marks(text: str) -> bool:
    return _MARK.search(text) is not None or (("w." in text or ":" in text) and _BARE_ADDRESS.search(text) is not None)
