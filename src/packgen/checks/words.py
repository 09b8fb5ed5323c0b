"""Words of texts as checks compare them."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+")
_LINKING = frozenset(
    ("and", "the", "for", "from", "with", "into", "update", "report", "review", "annual", "progress", "appendix")
)  # fmt: skip
_LEAST = 3


def telling_words(text: str) -> frozenset[str]:
    """Words that say what a text is about, without endings of the plural."""
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(word.rstrip("s") for word in words if len(word) >= _LEAST and word not in _LINKING)
