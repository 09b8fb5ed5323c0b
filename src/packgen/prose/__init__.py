"""Prose: the Markdown that officers write, as a small tree of frozen values.

Takes text; gives a `Prose` that knows the line of each of its blocks, the problems in it, and its words.
Never reads Word files, never draws, never interprets HTML.
"""

from packgen.prose.check import check_prose
from packgen.prose.parse import parse_prose
from packgen.prose.tree import Prose
from packgen.prose.words import plain_text

__all__ = ["Prose", "check_prose", "parse_prose", "plain_text"]
