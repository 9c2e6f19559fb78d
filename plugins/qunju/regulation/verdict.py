"""Verdicts: what a clause says of a cluster."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from qunju.source.place import Place


class Status(StrEnum):
    """The four things a clause can say."""

    PASS = "pass"
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    UNDETERMINED = "undetermined"


class Reason(StrEnum):
    """Why a clause is undetermined or does not apply."""

    MISSING = "missing"
    PRIVATE = "private"
    UNSOUND = "unsound"
    PERSON = "person"
    UNRENDERED = "unrendered"
    STAGE = "stage"
    CATEGORY = "category"
    SCOPE = "scope"
    CONDITION = "condition"


class Level(StrEnum):
    """How much a failed clause weighs at a stage."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"

    @property
    def word(self) -> str:
        """What people call it."""
        return _LEVEL_WORDS[self]


_LEVEL_WORDS = {Level.ERROR: "錯誤", Level.WARNING: "警告", Level.ADVICE: "建議"}


class Quantity(NamedTuple):
    """A value in the reader's terms: `text` is what a person reads, `value` and `unit` what a program does."""

    value: int | Decimal | str
    unit: str
    text: str


class Note(NamedTuple):
    """Something worth a word beside a verdict, of its own level."""

    level: Level
    message: str
    places: tuple[Place, ...] = ()


@dataclass(slots=True)
class Verdict:
    """What a clause says of a cluster. `severity` is set by the judge, from the clause and the cluster's stage.

    The first place is the primary one. `at_key` points at the name of a field instead of its value; `sensitive`
    means that neither values nor source lines may be shown. `margin` is by how much a demand is met, where that is a
    number. Nobody changes a verdict (there is `replace`), yet it is not frozen: hundreds are made for each cluster, and
    that would make each take four times as long.
    """

    rule: str
    status: Status
    message: str = ""
    reason: Reason | None = None
    measured: Quantity | None = None
    limit: Quantity | None = None
    gap: Quantity | None = None
    remedy: str = ""
    places: tuple[Place, ...] = ()
    notes: tuple[Note, ...] = ()
    severity: Level | None = None
    at_key: bool = False
    sensitive: bool = False
    margin: Quantity | None = None

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing to act on, to watch or to find out: the clause is met or not for this cluster."""
        return self.status in _SETTLED and not self.notes


_SETTLED = frozenset({Status.PASS, Status.NOT_APPLICABLE})
