"""The progress tracker: each row of the schedule against its plan, the whole against the checkpoints, the events."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from qunju.views.common import Amount, Aspect, Masthead, Share


class State(StrEnum):
    """How a row stands on the day of the data; the value is its class in the style sheet."""

    DONE = "done"
    ON_TRACK = "on-track"
    BEHIND = "behind"
    NO_DATA = "no-data"

    @property
    def label(self) -> str:
        """The word on the chip."""
        return STATE_LABELS[self]


STATE_LABELS = {
    State.DONE: "達成",
    State.ON_TRACK: "符合進度",
    State.BEHIND: "落後",
    State.NO_DATA: "尚無資料",
}


class EvidenceState(StrEnum):
    """Whether a kind of evidence that the row promises is there; `PLANNED` while it is not yet due."""

    PRESENT = "present"
    MISSING = "missing"
    PLANNED = "planned"

    @property
    def label(self) -> str:
        """The word beside the name."""
        return EVIDENCE_LABELS[self]


EVIDENCE_LABELS = {EvidenceState.PRESENT: "已備", EvidenceState.MISSING: "待補", EvidenceState.PLANNED: "規劃"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A kind of evidence (查核點佐證) as the schedule names it. The evidence itself is never published."""

    name: str
    state: EvidenceState


@dataclass(frozen=True, slots=True)
class Row:
    """A basic work item (`aspect` is None) or a KPI. `kind` is the heading it stands under.

    `behind` is how much is wanting, with its unit, where the row is late.
    `mid` and `total` are to be reached by the checkpoints; `final` is the schedule's own, an increment or a level.
    """

    id: str
    kind: str
    text: str
    unit: str
    mid: Amount
    final: Amount
    total: Amount
    state: State
    aspect: Aspect | None = None
    scenario: str = ""
    falling: bool = False
    actual: Amount | None = None
    read_on: date | None = None
    behind: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def mid_mark(self) -> Share:
        """Where the mid-term goal stands on the bar."""
        return Share.of(self.mid.value, self._scale)

    @property
    def total_mark(self) -> Share:
        """Where the goal of the whole stands on the bar."""
        return Share.of(self.total.value, self._scale)

    @property
    def filled(self) -> Share:
        """How far the bar is filled."""
        return Share.of(self.actual.value if self.actual else 0, self._scale)

    @property
    def _scale(self) -> Decimal:
        """The end of the bar: whatever is largest, and the whole for a percentage."""
        reached = self.actual.value if self.actual else Decimal(0)
        hundred = Decimal(100) if self.unit in {"%", "％"} else Decimal(0)
        return max(self.mid.value, self.total.value, reached, hundred)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """期中 or 期末查核點: what is planned for it alone and together with what came before, in percent."""

    name: str
    date: date
    planned: Share
    cumulative: Share
    actual: Share | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the S-curve."""

    date: date
    share: Share


@dataclass(frozen=True, slots=True)
class Curve:
    """Plan and actual over the coaching period. Both begin with a point of zero at `start`."""

    start: date
    end: date
    plan: tuple[Point, ...]
    actual: tuple[Point, ...]

    def along(self, day: date) -> int:
        """How far into the period a day lies, in thousandths."""
        return (day - self.start).days * 1000 // max((self.end - self.start).days, 1)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that took place; `kind` as people call it (群聚會議), `key` its class in the style sheet (meetings)."""

    date: date
    kind: str
    key: str
    title: str
    note: str = ""
    attendance: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """The page. `as_of` (資料截至) comes from the data, never from the clock; None before the work has begun."""

    head: Masthead
    checkpoints: tuple[Checkpoint, ...]
    rows: tuple[Row, ...]
    events: tuple[Event, ...] = ()
    as_of: date | None = None
    actual: Share | None = None
    expected: Share | None = None
    curve: Curve | None = None

    @property
    def groups(self) -> tuple[tuple[str, tuple[Row, ...]], ...]:
        """The rows under their headings, both in the order of the schedule."""
        kinds = dict.fromkeys(row.kind for row in self.rows)
        return tuple((kind, tuple(row for row in self.rows if row.kind == kind)) for kind in kinds)

    def count(self, state: State) -> int:
        """How many rows stand so."""
        return sum(row.state is state for row in self.rows)

    @property
    def states(self) -> tuple[tuple[State, int], ...]:
        """Each state with the number of its rows, best first."""
        return tuple((state, self.count(state)) for state in State)

    @property
    def late(self) -> tuple[Row, ...]:
        """The rows that need attention."""
        return tuple(row for row in self.rows if row.state is State.BEHIND)
