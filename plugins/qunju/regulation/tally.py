"""Counting with unknowns: how many are so, how many are not, and how many cannot be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from qunju.model.record import Missing, R, Record, Unsound
from qunju.source.place import Place

Answer: TypeAlias = bool | None
"""Yes, no, or None where something is lacking for an answer."""
Witness: TypeAlias = Callable[[Record, Answer], None]

_WITNESS: ContextVar[Witness | None] = ContextVar("witness", default=None)


@contextmanager
def watched(witness: Witness) -> Iterator[None]:
    """Let a witness hear, as long as this lasts, what is answered of each thing."""
    token = _WITNESS.set(witness)
    try:
        yield
    finally:
        _WITNESS.reset(token)


def heard(question: Callable[[R], bool]) -> Callable[[R], bool]:
    """Return a question whose answers the witness hears; the question itself where there is no witness."""
    witness = _WITNESS.get()
    if witness is None:
        return question

    def asked(thing: R) -> bool:
        try:
            answer = question(thing)
        except (Missing, Unsound):
            witness(thing, None)
            raise
        witness(thing, answer)
        return answer

    return asked


@dataclass(frozen=True)
class Tally:
    """A count over things of which some cannot be judged: the count lies between `low` and `high`."""

    counted: tuple[Record, ...]
    others: tuple[Record, ...]
    unknown: tuple[Missing | Unsound, ...]

    @classmethod
    def of(cls, things: Iterable[R], predicate: Callable[[R], bool]) -> Tally:
        """Ask each thing; one that lacks what the question needs is unknown."""
        counted: list[Record] = []
        others: list[Record] = []
        unknown: list[Missing | Unsound] = []
        predicate = heard(predicate)
        for thing in things:
            try:
                (counted if predicate(thing) else others).append(thing)
            except (Missing, Unsound) as cause:
                unknown.append(cause.with_traceback(None))
        return cls(tuple(counted), tuple(others), tuple(unknown))

    @cached_property
    def yes(self) -> tuple[Place, ...]:
        """Where those stand that are so."""
        return tuple(thing.place() for thing in self.counted)

    @cached_property
    def no(self) -> tuple[Place, ...]:
        """Where those stand that are not."""
        return tuple(thing.place() for thing in self.others)

    @property
    def low(self) -> int:
        """The count if every unknown one is not so."""
        return len(self.counted)

    @property
    def high(self) -> int:
        """The count if every unknown one is so."""
        return len(self.counted) + len(self.unknown)

    @property
    def total(self) -> int:
        """How many things there are."""
        return len(self.counted) + len(self.others) + len(self.unknown)
