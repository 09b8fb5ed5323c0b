"""Whether a text is in a language, by the words that stand in nearly every paragraph of it.

Takes words and language tags such as `en-GB` (BCP 47). Knows English and Welsh, and says no of every other language.
"""

from __future__ import annotations

import re

COMMON = {
    "en": frozenset(["the", "and", "that", "with", "this", "from", "which", "have", "been", "their", "would"]),
    "cy": frozenset(["yr", "yn", "mae", "ac", "gan", "wedi", "bod", "gyda", "oedd", "bydd"]),
}  # fmt: skip
"""Words that stand in nearly every paragraph of a language, and in none of its neighbours' languages."""
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH_WORDS = 20
_SHARE = 1 / 25
"""Of the words of a text. In prose some one in eight is common, in words of another language hardly any."""


def is_written_in(text: str, tag: str) -> bool:
    """Whether `text` is surely in the language of `tag`; never of a few words."""
    common = COMMON.get(tag.partition("-")[0].lower(), frozenset())
    words = _WORD.findall(text.lower())
    return len(words) >= _ENOUGH_WORDS and sum(word in common for word in words) >= len(words) * _SHARE
