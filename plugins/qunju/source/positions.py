"""Lines and columns of places, found by reading a file a second time, and only where a finding needs them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from yaml import YAMLError
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from qunju.source.fault import Unreadable
from qunju.source.place import START, Pointer, Position
from qunju.source.text import MAX_DEPTH, decode

_STARTS = frozenset({MappingStartEvent, SequenceStartEvent})
_ENDS = frozenset({MappingEndEvent, SequenceEndEvent})
_NODES = _STARTS | {ScalarEvent, AliasEvent}


class Positions:
    """The positions of the values of one file; of a file that breaks off, those before the break."""

    def __init__(self, data: bytes) -> None:
        self._values: dict[Pointer, Any] = {}
        self._keys: dict[Pointer, Any] = {}
        try:
            for pointer, key, value in _walk(iter(CParser(decode(data)).get_event, None)):
                # Of a field written twice the first counts, as it does for the reader.
                self._values.setdefault(pointer, key if key is not None and _is_open(value) else value)
                if key is not None:
                    self._keys.setdefault(pointer, key)
        except (Unreadable, YAMLError):
            pass

    def of(self, pointer: Pointer) -> Position:
        """Return where a value stands, or, where it does not exist, the nearest thing that would hold it.

        A scalar is found at its text; a mapping, a list or an empty field at its key.
        """
        while pointer:
            if pointer in self._values:
                return _position(self._values[pointer])
            pointer = pointer[:-1]
        return START

    def of_key(self, pointer: Pointer) -> Position:
        """Return where the last key of a pointer is written."""
        return _position(self._keys[pointer]) if pointer in self._keys else self.of(pointer[:-1])


@dataclass(slots=True)
class _Level:
    """A collection that the walk is inside of: its pointer, the index that comes next, or the key just read."""

    pointer: Pointer
    index: int | None
    key: Any = None


def _walk(events: Iterator[Any]) -> Iterator[tuple[Pointer, Any, Any]]:
    """Yield every value with its pointer and the event of its key, as far down and as long as the reader reads."""
    levels: list[_Level] = []
    for event in events:
        kind = event.__class__
        if kind in _ENDS:
            levels.pop()
            continue
        if kind not in _NODES:
            continue
        pointer: Pointer = ()
        if levels:
            level = levels[-1]
            if level.index is None and level.key is None:
                if kind is not ScalarEvent:
                    return
                level.key = event
                continue
            pointer = (*level.pointer, level.key.value if level.index is None else level.index)
            yield pointer, level.key, event
            level.key = None
            level.index = None if level.index is None else level.index + 1
        if kind in _STARTS:
            if len(levels) > MAX_DEPTH:
                return
            levels.append(_Level(pointer, 0 if kind is SequenceStartEvent else None))


def _is_open(event: Any) -> bool:
    """Tell whether an event starts a collection, or is a scalar without text of its own."""
    if event.__class__ in _STARTS:
        return True
    return bool(event.start_mark.index == event.end_mark.index)


def _position(event: Any) -> Position:
    return Position(event.start_mark.line + 1, event.start_mark.column + 1)
