"""Counting with unknowns: how many are so, how many are not, and how many cannot be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qunju.model.record import Missing, R, Unsound
from qunju.source.place import Place


@dataclass(frozen=True, slots=True)
class Tally:
    """A count over things of which some cannot be judged: the count lies between `low` and `high`."""

    yes: tuple[Place, ...]
    no: tuple[Place, ...]
    unknown: tuple[Missing | Unsound, ...]

    @classmethod
    def of(cls, things: Iterable[R], predicate: Callable[[R], bool]) -> Tally:
        """Ask each thing; one that lacks what the question needs is unknown."""
        yes: list[Place] = []
        no: list[Place] = []
        unknown: list[Missing | Unsound] = []
        for thing in things:
            try:
                (yes if predicate(thing) else no).append(thing.place())
            except (Missing, Unsound) as cause:
                unknown.append(cause)
        return cls(tuple(yes), tuple(no), tuple(unknown))

    @property
    def low(self) -> int:
        """The count if every unknown one is not so."""
        return len(self.yes)

    @property
    def high(self) -> int:
        """The count if every unknown one is so."""
        return len(self.yes) + len(self.unknown)

    @property
    def total(self) -> int:
        """How many things there are."""
        return len(self.yes) + len(self.no) + len(self.unknown)
