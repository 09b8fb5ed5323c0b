"""What only the source of prose shows: words that Markdown would leave out, and lines that look like something else.

Takes the lines and markdown-it's tokens of one text; gives remarks in the order of their lines. Whatever Markdown
drops without a word (an unused footnote, a cell too many) is an error here. Never changes anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from packgen.prose.figures import SOURCE
from packgen.prose.lettered_lists import read_marker
from packgen.prose.tree import Remark

if TYPE_CHECKING:
    from markdown_it.token import Token

_FOOTNOTE_DEFINITION = re.compile(r"\s*\[\^(?P<label>[^\]\s]+)\]:")
_FOOTNOTE_MARK = re.compile(r"\[\^(?P<label>[^\]\s]+)\]")
_HTML_TAG = re.compile(
    r"<!--|</?(?:a|b|blockquote|br|center|div|em|font|h[1-6]|hr|i|img|li|ol|p|small|span|strong|sub|sup|table|tbody|td"
    r"|th|thead|tr|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_PICTURE_START = re.compile(r"(?<!\\)!\[[^\]]*\]\(")
_COMMON_LIST_MARK = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s")


def remarks_on(
    lines: Sequence[str], tokens: Sequence[Token], environment: Mapping[str, Any], first_line: int
) -> tuple[Remark, ...]:
    """Everything worth saying about one text, in the order of its lines."""
    found = [
        *_footnotes(lines, environment, first_line),
        *_link_definitions(lines, environment, first_line),
        *_table_rows(lines, tokens, first_line),
        *_lists(lines, tokens, first_line),
        *_lines_of_text(tokens, first_line),
    ]
    return tuple(sorted(found, key=lambda remark: remark.line))


def _footnotes(lines: Sequence[str], environment: Mapping[str, Any], first_line: int) -> Iterator[Remark]:
    used_as = environment.get("footnotes", {}).get("refs", {})
    seen: set[str] = set()
    for number, text in enumerate(lines, first_line):
        match = _FOOTNOTE_DEFINITION.match(text)
        if match is None or f":{match['label']}" not in used_as:
            continue
        label = match["label"]
        if label in seen:
            message = f"there are two footnotes [^{label}]; the first would not be printed"
            yield Remark(number, "prose.footnote-twice", message, "give one of them another name")
        elif used_as[f":{label}"] < 0:
            message = f"nothing refers to footnote [^{label}], so it would not be printed"
            yield Remark(number, "prose.footnote-unused", message, f"put [^{label}] where it belongs, or delete it")
        seen.add(label)


def _link_definitions(lines: Sequence[str], environment: Mapping[str, Any], first_line: int) -> Iterator[Remark]:
    """A line `[name]: address` is not printed; if nothing uses the name, the author meant it to be read."""
    text = "\n".join(lines).casefold()
    for definition in environment.get("references", {}).values():
        line = definition["map"][0]
        label = lines[line].strip().removeprefix("[").split("]")[0]
        if text.count(f"[{label.casefold()}]") < 2:
            message = f"the line beginning `[{label}]:` names an address that nothing uses, so it would not be printed"
            hint = f"write <{definition['href']}> where the address should be read"
            yield Remark(first_line + line, "prose.link-unused", message, hint)


def _table_rows(lines: Sequence[str], tokens: Sequence[Token], first_line: int) -> Iterator[Remark]:
    from markdown_it.rules_block.table import escapedSplit

    columns = 0
    in_body = False
    for token in tokens:
        if token.type == "thead_open":
            columns, in_body = 0, False
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tbody_open":
            in_body = True
        elif token.type == "tr_open" and in_body and token.map:
            number = first_line + token.map[0]
            text = lines[token.map[0]].strip().lstrip("> ")
            count = len(escapedSplit(text.removeprefix("|").removesuffix("|")))
            if count > columns:
                message = f"this row has {count} cells, but the table has {columns} columns"
                hint = r"take the last cells away or give the heading more; a | inside a cell is written \|"
                yield Remark(number, "prose.table-row", message, hint)
            elif "|" not in text and not text.startswith(SOURCE):
                message = "this line touches the table above, so it becomes a row of it"
                hint = "leave an empty line between a table and the text that follows"
                yield Remark(number, "prose.table-end", message, hint, "warning")


def _lists(lines: Sequence[str], tokens: Sequence[Token], first_line: int) -> Iterator[Remark]:
    """Lists that follow a list at once and are indented, but not enough to be inside its last item."""
    for before, token in pairwise(tokens):
        follows_list = before.type in {"bullet_list_close", "ordered_list_close"}
        if follows_list and token.type in {"bullet_list_open", "ordered_list_open"} and token.level == 0 and token.map:
            line = token.map[0]
            if lines[line].startswith((" ", "\t")):
                message = "this list is indented, but not enough to be inside the list above"
                hint = "indent it by four spaces, or by none"
                yield Remark(first_line + line, "prose.list-indent", message, hint, "warning")


def _lines_of_text(tokens: Sequence[Token], first_line: int) -> Iterator[Remark]:
    for token in tokens:
        if token.type != "inline" or not token.children:
            continue
        line = first_line + (token.map[0] if token.map else 0)
        pictures = sum(child.type == "image" for child in token.children)
        if len(_PICTURE_START.findall(token.content)) > pictures:
            message = "this looks like a picture, but would be printed as it stands"
            hint = "write ![what it shows](folder/name.png), with a name that has spaces between < and >"
            yield Remark(line, "prose.picture-form", message, hint)
        for before, child in zip([None, *token.children], token.children, strict=False):
            line += child.type in {"softbreak", "hardbreak"}
            if child.type == "text":
                yield from _text(child.content, line, after_break=before is not None and before.type == "softbreak")


def _text(text: str, line: int, *, after_break: bool) -> Iterator[Remark]:
    for match in _FOOTNOTE_MARK.finditer(text):
        label = match["label"]
        hint = f"add a line `[^{label}]: the note`"
        yield Remark(line, "prose.footnote-missing", f"there is no footnote [^{label}]", hint)
    for match in _HTML_TAG.finditer(text):
        message = f"HTML is not used in prose: {match[0]} would be printed as it stands"
        hint = (
            "write Markdown: **bold**, a backslash at the end of a line for a new line, an empty line for a paragraph"
        )
        yield Remark(line, "prose.html", message, hint, "warning")
    if after_break and (_COMMON_LIST_MARK.match(text) or read_marker(text)):
        message = f"this line looks like an item of a list, but is part of the paragraph above: {text[:40]}"
        yield Remark(line, "prose.not-a-list", message, "leave an empty line before the list", "warning")
