"""Entries taken out of dictionaries of an open PDF.

An entry that refers to nothing is listed by name and counts as not there; it is left, for it says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from pikepdf import Object


def take_out(thing: Object, keys: Iterable[str]) -> None:
    """Take the entries of these names out of a dictionary, or a stream's dictionary, that has them."""
    for key in list(keys):
        if key in thing:
            del thing[key]


def keep_only(thing: Object, keys: frozenset[str]) -> None:
    """Take all other entries out of a dictionary."""
    take_out(thing, thing.keys() - keys)
