"""Limits: the regulation's inequalities, each in its own words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import ceil, floor
from operator import eq, ge, gt, le, lt
from typing import Final, TypeAlias

from qunju.regulation.verdict import Quantity

Amount: TypeAlias = int | Decimal

_HOLDS: Final[dict[str, Callable[[Amount, Amount], bool]]] = {
    "at_least": ge,
    "more_than": gt,
    "at_most": le,
    "less_than": lt,
    "equals": eq,
}
_NEAREST: Final[dict[str, Callable[[Decimal], int]]] = {
    "at_least": ceil,
    "more_than": lambda bound: floor(bound) + 1,
    "at_most": floor,
    "less_than": lambda bound: ceil(bound) - 1,
    "equals": round,
}
"""The whole number within the limit that is nearest to its bound."""
_WORDS: Final = {
    "at_least": "至少 {}",
    "more_than": "須超過 {}",
    "at_most": "不得超過 {}",
    "less_than": "須少於 {}",
    "equals": "須為 {}",
}
_MOMENT_WORDS: Final = {
    "at_least": "不得早於 {}",
    "at_most": "不得晚於 {}",
    "less_than": "須早於 {}",
    "more_than": "須晚於 {}",
    "equals": "須為 {}",
}
RELATIONS: Final = tuple(_HOLDS)


@dataclass(frozen=True)
class Limit:
    """A bound and on which side of it one must stay; shares are in per cent of a total."""

    relation: str
    bound: Amount
    unit: str

    @cached_property
    def quantity(self) -> Quantity:
        """The limit in the reader's terms."""
        return Quantity(self.bound, self.unit, _WORDS[self.relation].format(amount(self.bound, self.unit)))

    @property
    def is_share(self) -> bool:
        """Whether the bound is a share of a total."""
        return self.unit == "%"

    @property
    def wants_more(self) -> bool:
        """Whether a higher count is never worse."""
        return self.relation in ("at_least", "more_than")

    def holds(self, value: Amount, total: int | None = None) -> bool:
        """Tell whether a value, or a share of a total, is within the limit. Shares are compared crosswise, exactly."""
        if total is None or not self.is_share:
            return _HOLDS[self.relation](value, self.bound)
        return _HOLDS[self.relation](value * 100, self.bound * total)

    def distance(self, value: Amount, total: int | None = None) -> Amount:
        """Return by how much a value must rise or fall to be within the limit, the total unchanged."""
        bound = Decimal(self.bound)
        if isinstance(value, Decimal):
            return abs(bound - value)
        if total is not None and self.is_share:
            bound = bound * total / 100
        return abs(_NEAREST[self.relation](bound) - value)

    def margin(self, value: Amount, unit: str, total: int | None = None) -> Quantity | None:
        """Return by how much a value within the limit may still fall or rise; None where it may do neither.

        Where nothing is left the words say what one more or less would do, if there is such a thing as one.
        """
        if self.relation == "equals":
            return None
        left = self.distance(value, total)
        if left:
            return Quantity(left, unit, f"{'多' if self.wants_more else '尚餘'} {amount(left, unit)}")
        if unit == "元" or value != int(value):
            return Quantity(left, unit, "剛好")
        return Quantity(left, unit, f"再{'少' if self.wants_more else '多'} {amount(1, unit)}就不符")


@dataclass(frozen=True)
class MomentLimit:
    """A day or a point in time, as ISO text, and on which side of it one must stay."""

    relation: str
    bound: str

    @cached_property
    def quantity(self) -> Quantity:
        """The limit in the reader's terms."""
        shown = self.bound.removesuffix("+08:00").removesuffix(":00").replace("T", " ")
        return Quantity(self.bound, "", _MOMENT_WORDS[self.relation].format(shown))


def amount(value: Amount, unit: str) -> str:
    """Return a number with its unit as it is printed: 1,000,000 元, 70%, 2.5 人月."""
    number = f"{value:,}" if isinstance(value, int) else f"{value.normalize():,f}"
    return f"{number}%" if unit == "%" else f"{number} {unit}".rstrip()


def share_text(part: int, total: int) -> str:
    """Return a share with one decimal, rounded down so that it never shows a bound that is not reached."""
    tenths = part * 1000 // total if total else 0
    return f"{tenths // 10}.{tenths % 10}%"
