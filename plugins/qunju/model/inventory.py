"""盤點: what the companies of a roster say of themselves in 自我評估, counted once for every rule that asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qunju.model.member import Member, SelfAssessment
from qunju.model.record import Missing, Unsound


@dataclass(frozen=True, slots=True)
class Inventory:
    """The companies that answered, those that did not, and how many have each item.

    Every one in `unanswered` may have any item: a count lies between `count` and that many more.
    """

    answers: tuple[tuple[Member, SelfAssessment], ...]
    unanswered: tuple[Missing | Unsound, ...]
    counts: Mapping[str, int]

    @classmethod
    def of(cls, members: Iterable[Member]) -> Inventory:
        """Ask each company."""
        answers: list[tuple[Member, SelfAssessment]] = []
        unanswered: list[Missing | Unsound] = []
        counts: Counter[str] = Counter()
        for member in members:
            try:
                answer = member.self_assessment
            except (Missing, Unsound) as cause:
                unanswered.append(cause)
            else:
                answers.append((member, answer))
                counts.update(answer.ids)
        return cls(tuple(answers), tuple(unanswered), counts)

    def count(self, item: str) -> int:
        """Return how many companies say that they have an item."""
        return self.counts.get(item, 0)

    @property
    def unsound(self) -> tuple[Unsound, ...]:
        """The files of which nothing may be concluded."""
        return tuple(cause for cause in self.unanswered if isinstance(cause, Unsound))
