"""Where the clauses stand in the regulation: the passage that each quotes, white space aside."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import NamedTuple

from qunju.regulation.clause import Clause


class Span(NamedTuple):
    """A passage, as offsets into the regulation's text."""

    start: int
    end: int


class Passages:
    """The text of a regulation, ready to find quotes in."""

    def __init__(self, text: str) -> None:
        self._offsets = [offset for offset, character in enumerate(text) if not character.isspace()]
        self._plain = "".join(text.split())
        lines = text.splitlines(keepends=True)
        self.starts = (0, *accumulate(map(len, lines)))
        """Where each line begins, and where the last one ends."""

    def span(self, clause: Clause) -> Span | None:
        """Return the passage that a clause quotes: on a line that it names, or else the first one, or None."""
        quote = "".join(clause.quote.split())
        for line in (clause.line, *clause.also, 1):
            found = self._plain.find(quote, bisect_left(self._offsets, self.starts[line - 1]))
            if found >= 0 and (line == 1 or self.line_of(self._offsets[found]) <= line + _WRAPPED):
                return Span(self._offsets[found], self._offsets[found + len(quote) - 1] + 1)
        return None

    def line_of(self, offset: int) -> int:
        """Return the number of the line that an offset is on."""
        return bisect_left(self.starts, offset + 1)


_WRAPPED = 8
"""A quote may begin this many lines below the one that is named, which opens its passage."""
