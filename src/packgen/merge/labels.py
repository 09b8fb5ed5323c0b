"""Page labels, so that a viewer shows the number that is printed.

Takes the printed numbers; gives the entries of a page label tree. Never numbers anything itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Object, String

from packgen.wording import lower_roman


def page_labels(numbers: Sequence[str]) -> Object:
    """A number tree of labels (ISO 32000-1, 12.4.2): a new entry wherever numbers stop running on by one.

    What is neither decimal nor lower case roman, such as `12A`, is a label of its own.
    """
    romans = {lower_roman(value): value for value in range(1, len(numbers) + 1)}
    entries: list[object] = []
    expected: tuple[str, int] | None = None
    for page_index, text in enumerate(numbers):
        style, value = _parse(text, romans)
        if not style:
            entries += [page_index, Dictionary(P=String(text))]
            expected = None
            continue
        if (style, value) != expected:
            entries += [page_index, Dictionary(S=Name(style), St=value)]
        expected = (style, value + 1)
    return Dictionary(Nums=Array(entries))


def _parse(text: str, romans: dict[str, int]) -> tuple[str, int]:
    """Style and value of a printed number; no style if it is neither decimal nor roman."""
    if text.isascii() and text.isdigit() and not text.startswith("0"):
        return "/D", int(text)
    return ("/r", romans[text]) if text in romans else ("", 0)
