"""By how much a demand is met: a number of things, or the time to a deadline."""

from __future__ import annotations

import datetime

from qunju.regulation.clause import Clause
from qunju.regulation.limit import Limit, MomentLimit, amount
from qunju.regulation.verdict import Quantity, Verdict


def margin_of(verdict: Verdict, clause: Clause) -> Quantity | None:
    """Return the margin of a verdict that passes; None where it is not one of a number.

    A formula may have compared the number itself: then the limit of the clause serves, if it is of the same kind.
    """
    if verdict.margin is not None:
        return verdict.margin
    measured, limit = verdict.measured, clause.limit
    if measured is not None and isinstance(limit, MomentLimit):
        return _time_left(str(measured.value), limit)
    if measured is None or not isinstance(limit, Limit) or verdict.limit != limit.quantity:
        return None
    value = measured.value
    if limit.relation == "equals" or isinstance(value, str) or measured.unit != limit.unit or not limit.holds(value):
        return None
    if limit.is_share:
        # Of how many things it is the share is not known here.
        points = limit.distance(value)
        return Quantity(points, "%", f"{'多' if limit.wants_more else '尚餘'} {amount(points, '個百分點')}")
    return limit.margin(value, limit.unit)


def _time_left(measured: str, limit: MomentLimit) -> Quantity | None:
    """Return how long before or after a deadline something was done."""
    try:
        distance = datetime.datetime.fromisoformat(measured) - datetime.datetime.fromisoformat(limit.bound)
    except (TypeError, ValueError):
        # A point in time without an offset, or no day at all: nobody can tell.
        return None
    word = "提早" if distance < datetime.timedelta() else "晚"
    hours = abs(distance) // datetime.timedelta(hours=1)
    minutes = abs(distance) // datetime.timedelta(minutes=1)
    for count, unit in ((hours // 24, "天"), (hours, "小時"), (minutes, "分鐘")):
        if count:
            return Quantity(count, unit, f"{word} {count} {unit}")
    return None
