"""What has been achieved (實績): activities and readings recorded within the coaching period, up to a day."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from qunju.model.cluster import Cluster
from qunju.model.progress import Award, Event, Progress, Reading, Training
from qunju.model.record import Field
from qunju.model.schedule import Row
from qunju.source.place import Place

_WHOLLY = Fraction(1)

RECORDS: Mapping[str, Field[Mapping[str, Event]]] = {
    "meetings": Progress.meetings,
    "trainings": Progress.trainings,
    "visits": Progress.visits,
    "o2o_events": Progress.o2o_events,
}
"""The lists of progress.yml in which basic work items are recorded, by the name that the programme's facts use."""


def counts(record: Event | Reading, cluster: Cluster, until: datetime.date) -> bool:
    """Tell whether an activity or a reading counts by a day, which is within the coaching period or ends it.

    The period begins with the announcement of the award. Raises `Missing` where that would have to be known and is not.
    """
    return record.date <= until and cluster.progress.award.announce_date <= record.date


def is_taught_by_advisor(training: Training, cluster: Cluster) -> bool:
    """Tell whether a 群聚顧問 teaches a training."""
    person = cluster.proposer.personnel.get(training.lecturer)
    return person is not None and person.is_advisor


def called(event: Event) -> str:
    """Return what a message calls an activity: its title, or its identifier where it has none, and its day."""
    return f"「{event.maybe(Event.title) or event.id}」（{event.date}）"


def activities(cluster: Cluster, records: str, until: datetime.date) -> tuple[Event, ...]:
    """Return the activities of a list that count by a day, for display: all of them while no award is announced.

    A list that was never begun holds nothing. Raises `Missing` for an activity without a date.
    """
    begun: Mapping[str, Event] = cluster.progress.maybe(RECORDS[records]) or {}
    since = cluster.progress.award.maybe(Award.announce_date) or datetime.date.min
    return tuple(event for event in begun.values() if since <= event.date <= until)


def latest_reading(cluster: Cluster, row: str, until: datetime.date) -> Reading | None:
    """Return the last reading of a row by a day. A reading states what has been reached in all, not what was added."""
    readings = cluster.progress.maybe(Progress.readings) or ()
    since = cluster.progress.award.maybe(Award.announce_date) or datetime.date.min
    known = [reading for reading in readings if reading.row == row and since <= reading.date <= until]
    # Of two readings of one day the one written last is the correction.
    return max(reversed(known), key=lambda reading: reading.date, default=None)


def achieved(cluster: Cluster, row: str, until: datetime.date, records: str | None) -> Decimal | None:
    """Return how far a row of the schedule has come by a day; None where nothing is recorded.

    A basic work item that has a list of its own is counted there; everything else is read.
    """
    if records is not None and cluster.progress.maybe(RECORDS[records]) is not None:
        return Decimal(len(activities(cluster, records, until)))
    reading = latest_reading(cluster, row, until)
    return reading.value if reading is not None else None


def reached(cluster: Cluster, row: Row, until: datetime.date, records: str | None) -> tuple[Decimal, Place]:
    """Return how far a row of the schedule has come by a day, to be judged by, and where that stands.

    What counts is what `counts`; raises `Missing` where nothing is recorded of the row, or where it cannot be told.
    """
    field = RECORDS.get(records or "")
    if field is not None and (begun := cluster.progress.maybe(field)) is not None:
        held = sum(counts(event, cluster, until) for event in begun.values())
        return Decimal(held), cluster.progress.place(field)
    readings = counted_readings(cluster, row, until)
    if not readings:
        raise Progress.readings.missing(cluster.progress)
    # Of two readings of one day the one written last is the correction.
    last = max(reversed(readings), key=lambda reading: reading.date)
    return last.value, last.place(Reading.value)


def counted_readings(cluster: Cluster, row: Row, until: datetime.date) -> tuple[Reading, ...]:
    """Return the readings of a row that count by a day, in the order of the file."""
    readings = cluster.progress.readings_by_row.get(row.id, ())
    return tuple(reading for reading in readings if counts(reading, cluster, until))


def completion(actual: Decimal, goal: Decimal, *, downward: bool) -> Fraction:
    """Return how much of a goal is reached, between 0 and 1: what is beyond it makes up for nothing else."""
    part, whole = (goal, actual) if downward else (actual, goal)
    if part >= whole or whole <= 0:
        return _WHOLLY
    (above, over), (below, under) = part.as_integer_ratio(), whole.as_integer_ratio()
    return Fraction(above * under, over * below)
