"""The application: its category (提案類別), and its day (申請日), from which periods of the regulation are counted."""

from __future__ import annotations

import datetime

from qunju.model.cluster import Cluster
from qunju.model.progress import Submission
from qunju.model.record import TAIPEI, Unsound
from qunju.regulation.programme import Programme


def category_of(cluster: Cluster, programme: Programme) -> str:
    """Return the proposal's category; with one that the year does not have, cluster.yml says nothing (CLS-01)."""
    if cluster.category not in programme.vocabulary("categories"):
        raise Unsound(cluster.profile.file.path)
    return cluster.category


def day_of_application(cluster: Cluster, programme: Programme) -> datetime.date:
    """Return the Taipei day on which the proposal was handed in; until then, that of its category's deadline."""
    handed_in = cluster.progress.submission.maybe(Submission.submitted_at)
    if handed_in is None:
        return programme.moment(f"deadlines.{category_of(cluster, programme)}").astimezone(TAIPEI).date()
    return handed_in.date() if handed_in.tzinfo is None else handed_in.astimezone(TAIPEI).date()


def same_day_of(year: int, day: datetime.date) -> datetime.date:
    """Return the corresponding day (相當日) of another year; for a 29 February it lacks, the month's last day."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
