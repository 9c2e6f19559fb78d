"""Chapter SCH: how far the rows of the schedule have come (實績), planned and as recorded by each checkpoint."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from qunju.model.achievement import completion, reached
from qunju.model.cluster import Cluster
from qunju.model.progress import Progress
from qunju.model.record import Missing, Unsound
from qunju.model.schedule import Row, Schedule
from qunju.regulation.clause import Clause
from qunju.regulation.limit import amount
from qunju.regulation.readings import unread
from qunju.regulation.verdict import Level, Note, Quantity, Verdict
from qunju.source.place import Place

_MOST = 6
"""More rows than these are not spelt out in one sentence."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """How far a row has come by a checkpoint, against what is asked of it then; and where that is recorded."""

    row: Row
    actual: Decimal
    asked: Decimal
    place: Place

    @property
    def is_met(self) -> bool:
        return self.actual <= self.asked if self.row.is_downward else self.actual >= self.asked

    @property
    def shortfall(self) -> str:
        unit = self.row.maybe(Row.unit) or ""
        off = amount(abs(self.asked - self.actual), unit)
        return f"{'超出' if self.row.is_downward else '尚差'} {off}"

    def words(self, goal: str) -> str:
        """Say what is lacking: K5 實績 268 人次，全程目標 1,500 人次，尚差 1,232 人次."""
        unit = self.row.maybe(Row.unit) or ""
        return f"{self.row.id} 實績 {amount(self.actual, unit)}，{goal} {amount(self.asked, unit)}，{self.shortfall}"


def planned_by_midterm(cluster: Cluster, clause: Clause) -> Verdict:
    """How much of the whole is planned for the midterm checkpoint (期中規劃量), the mean over all rows.

    Every row weighs the same, since no weights are laid down, and a single one may plan less (CON-17). None counts for
    more than the whole of itself; where less is better it counts by goal over plan.
    """
    return _mean(
        cluster,
        clause,
        lambda row: completion(row.mid, row.whole, downward=row.is_downward),
        "各列期中規劃量",
        cluster.schedule.place(Schedule.rows),
    )


def done_by_midterm(cluster: Cluster, clause: Clause) -> Verdict:
    """How much of the whole is done by the midterm checkpoint (期中累計達成率), the mean over all rows.

    Every row weighs the same (CON-17), and none counts for more than the whole of itself. A basic work item with a list
    of its own is counted there, everything else is what was last read by that day. Indicators behind their own plan
    for the midterm are worth a word until closing; the basic work items have rules of their own.
    """
    until = clause.programme.day("checkpoints.mid.date")
    standings: list[_Standing] = []

    def done(row: Row) -> Fraction:
        whole = row.whole
        actual, place = _reached(cluster, clause, row, until)
        mid = row.maybe(Row.mid)
        if mid is not None:
            standings.append(_Standing(row, actual, mid, place))
        return completion(actual, whole, downward=row.is_downward)

    verdict = _mean(cluster, clause, done, f"截至 {until} 各列達成率", cluster.progress.place(Progress.readings))
    if clause.programme.has_reached(cluster.stage, "closing"):
        return verdict
    behind = [standing for standing in standings if standing.row.is_indicator and not standing.is_met]
    notes = [*_doubts_of_day(cluster, until)]
    if behind:
        words = "；".join(standing.words("期中規劃") for standing in behind[:_MOST])
        places = tuple(standing.place for standing in behind)
        notes.append(Note(Level.ADVICE, f"落後期中規劃：{words}。", places))
    return replace(verdict, notes=(*verdict.notes, *notes))


def done_by_the_end(cluster: Cluster, clause: Clause) -> Verdict:
    """Every row has reached its total by the final checkpoint (期末累計達成率), basic work items included.

    What is added up, or is better the higher it is, is at least the total; what is better the lower it is, at most.
    There is no tolerance: what is not quite reached is not reached.
    """
    until = clause.programme.day("checkpoints.final.date")
    rows = _rows(cluster)
    missed: list[_Standing] = []
    unknown: dict[str, Missing | Unsound] = {}
    for row in rows:
        try:
            actual, place = _reached(cluster, clause, row, until)
            standing = _Standing(row, actual, row.whole, place)
        except (Missing, Unsound) as cause:
            unknown[row.id] = cause
            continue
        if not standing.is_met:
            missed.append(standing)
    notes = list(_doubts_of_day(cluster, until))
    if missed:
        words = "；".join(standing.words("全程目標") for standing in missed[:_MOST])
        more = f"；另有 {len(missed) - _MOST} 列" if len(missed) > _MOST else ""
        measured = Quantity(len(missed), "列", f"{len(rows)} 列中 {len(missed)} 列未達成")
        return clause.fails(
            f"{clause.title}：{measured.text}：{words}{more}。",
            *(standing.place for standing in missed),
            measured=measured,
            gap=Quantity(len(missed), "列", f"尚差 {len(missed)} 列"),
            notes=notes,
        )
    if unknown:
        return replace(_open(clause, unknown, until), notes=tuple(notes))
    return clause.passes(f"{clause.title}：{len(rows)} 列都已達成全程目標。", notes=notes)


def _rows(cluster: Cluster) -> tuple[Row, ...]:
    """Return the rows of the schedule; a schedule without any is not filled in yet, and nothing reached."""
    rows = tuple(cluster.schedule.rows.values())
    if not rows:
        raise Schedule.rows.missing(cluster.schedule)
    return rows


def _reached(cluster: Cluster, clause: Clause, row: Row, until: datetime.date) -> tuple[Decimal, Place]:
    facts = clause.programme.facts["basic_rows"].get(row.id, {})
    return reached(cluster, row, until, facts.get("records"))


def _mean(cluster: Cluster, clause: Clause, share: Callable[[Row], Fraction], subject: str, place: Place) -> Verdict:
    """Compare the mean of a share over all rows with the limit; a row of which it is not known has none of it, or all.

    Shares are rounded down to a tenth of a percent, so that none shows a bound that is not reached.
    """
    rows = _rows(cluster)
    known, unknown = Fraction(0), dict[str, Missing | Unsound]()
    for row in rows:
        try:
            known += share(row)
        except (Missing, Unsound) as cause:
            unknown[row.id] = cause
    low, high = (_tenths(total, len(rows)) for total in (known, known + len(unknown)))
    limit = clause.number_limit
    if limit.holds(low) != limit.holds(high):
        return _open(clause, unknown, clause.programme.day("checkpoints.mid.date"))
    verdict = clause.compare_value(low if limit.holds(low) else high, place)
    if verdict.measured is None:
        return verdict
    gap = f"，{verdict.gap.text}" if verdict.gap else ""
    words = f"{subject}平均 {verdict.measured.text}（{len(rows)} 列等權），規定{limit.quantity.text}{gap}"
    return replace(verdict, message=f"{clause.title}：{words}。")


def _tenths(part: Fraction, whole: int) -> Decimal:
    return Decimal(part * 1000 // whole) / 10


def _open(clause: Clause, unknown: Mapping[str, Missing | Unsound], until: datetime.date) -> Verdict:
    """Say of which rows it is not known how far they have come; another cause says itself what is lacking."""
    bare = [cause for cause in unknown.values() if isinstance(cause, Missing) and cause.field == Progress.readings.key]
    if len(bare) < len(unknown):
        return clause.unknown(*unknown.values())
    return unread(clause, unknown, until, *dict.fromkeys(cause.place for cause in bare))


def _doubts_of_day(cluster: Cluster, until: datetime.date) -> Iterator[Note]:
    """Yield a word where the records end before the day that they are judged by."""
    as_of = cluster.progress.maybe(Progress.as_of)
    if as_of is not None and as_of < until:
        words = f"資料只截至 {as_of}，查核點是 {until}；請補記之後的實績並更新 as_of。"
        yield Note(Level.WARNING, words, (cluster.progress.place(Progress.as_of),))
