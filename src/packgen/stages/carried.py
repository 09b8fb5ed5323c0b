"""Values that are handed from one build to the next, and may travel between processes on the way.

As they are within a process; as bytes of msgpack between two, which is several times as fast as pickling them.
"""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

Value = TypeVar("Value")


class Carried(Generic[Value]):
    """A struct that can be pickled cheaply."""

    def __init__(self, kind: type[Value], value: Value | None, packed: bytes = b"") -> None:
        """Either the `value` is given or what it is `packed` as."""
        self._kind, self._value, self._packed = kind, value, packed

    @property
    def value(self) -> Value:
        """The value itself."""
        if self._value is None:
            self._value = msgspec.msgpack.decode(self._packed, type=self._kind)
        return self._value

    @property
    def to_be_kept(self) -> Value | msgspec.Raw:
        """What a store can keep; it gives the value back."""
        return msgspec.Raw(self._packed) if self._value is None else self._value

    def __reduce__(self) -> tuple[object, ...]:
        packed = self._packed or msgspec.msgpack.encode(self._value)
        return Carried, (self._kind, None, packed)
