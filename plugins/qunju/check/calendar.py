"""What today's date adds to a check: a word on deadlines that have passed. Never an error, and never on a page."""

from __future__ import annotations

import datetime
from dataclasses import replace

from qunju.model.record import TAIPEI
from qunju.regulation.clause import Clause
from qunju.regulation.limit import MomentLimit
from qunju.regulation.verdict import Level, Note, Reason, Verdict

_LATEST = frozenset({"at_most", "less_than"})


def remind(verdict: Verdict, clause: Clause, today: datetime.date) -> Verdict:
    """Return a verdict with a warning where a deadline has passed for something that is not recorded yet."""
    limit = clause.limit
    waits = verdict.reason is Reason.STAGE and clause.early_if is not None
    if not waits or not isinstance(limit, MomentLimit) or limit.relation not in _LATEST:
        return verdict
    deadline = datetime.datetime.fromisoformat(limit.bound).astimezone(TAIPEI)
    days = (today - deadline.date()).days
    if days <= 0:
        return verdict
    words = f"{clause.title}：{deadline:%Y-%m-%d %H:%M} 已過 {days} 天，還沒有記錄送件時間。"
    return replace(verdict, notes=(*verdict.notes, Note(Level.WARNING, words)))
