"""Rows of the schedule of which nothing is read (實績), worded alike by all clauses, so that a report can join them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from qunju.regulation.clause import Clause
from qunju.regulation.verdict import Reason, Verdict
from qunju.source.place import Place


def unread(clause: Clause, rows: Iterable[str], until: datetime.date, *places: Place) -> Verdict:
    """Say of which rows it is not known how far they have come by a day."""
    words = f"{'、'.join(rows)} 沒有截至 {until} 的實績"
    return clause.undetermined(Reason.MISSING, f"{clause.title}：{words}。", *places)
