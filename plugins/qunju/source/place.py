"""Where a value stands: a file, and the keys that lead to the value inside it."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

Pointer: TypeAlias = tuple[str | int, ...]


class Position(NamedTuple):
    """A line and a column, both from 1, in code points, a byte order mark not counted."""

    line: int
    column: int


class Place(NamedTuple):
    """A value named symbolically: a POSIX path from the repository root and the keys inside the file.

    Line and column are found later, and only where a finding needs them (see `positions`); `position` is given for what
    no keys lead to, such as a comment.
    """

    path: str
    pointer: Pointer = ()
    position: Position | None = None

    def at(self, *keys: str | int) -> Place:
        """Return the place of a value below this one."""
        return Place(self.path, self.pointer + keys)


START = Position(1, 1)


def is_private(path: str) -> bool:
    """Tell whether a path from the repository root lies under a proposal's private/ (proposals/year/slug/private/…)."""
    return path.split("/", 4)[3:4] == ["private"]
