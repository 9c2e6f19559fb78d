"""The progress tracker from schedule.yml and progress.yml.

Evidence itself is internal; of it the page tells only which kinds are there and which are wanting.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from qunju.model.achievement import RECORDS, achieved, activities, completion, latest_reading
from qunju.model.cluster import Cluster
from qunju.model.progress import Award, Reading, Submission
from qunju.model.progress import Event as EventRecord
from qunju.model.progress import Evidence as EvidenceRecord
from qunju.model.progress import Progress as ProgressFile
from qunju.model.record import Missing
from qunju.model.schedule import Row as RowRecord
from qunju.model.schedule import Schedule
from qunju.regulation.limit import amount as amount_text
from qunju.regulation.programme import Programme
from qunju.views.builders.masthead import aspect, masthead
from qunju.views.builders.reading import keyed, line, lines, listed
from qunju.views.builders.showcase import amount_of, whole_of
from qunju.views.common import Share
from qunju.views.progress import Checkpoint, Curve, Event, Evidence, EvidenceState, Point, Progress, Row, State
from qunju.views.publication import Publication

EVENT_KINDS = {"meetings": "群聚會議", "trainings": "研習", "visits": "跨群聚參訪", "o2o_events": "虛實整合活動"}
CHECKPOINTS = (("mid", "期中查核點"), ("final", "期末查核點"))
EVIDENCE_WORDS = {
    "photo": ("照片", "相片"),
    "screenshot": ("截圖", "畫面", "頁面"),
    "sign_in": ("簽到",),
    "minutes": ("記錄", "紀錄"),
    "outline": ("大綱",),
    "materials": ("教材", "講義", "清單", "設計", "名單"),
    "invitation": ("邀請",),
    "registration": ("報名",),
}
"""Words of the schedule that name a kind of evidence (佐證)."""


def progress(cluster: Cluster, publication: Publication, programme: Programme) -> Progress:
    """Return the page: rows and events of the public part, measured by all that is recorded."""
    public = publication.public
    as_of = public.progress.maybe(ProgressFile.as_of)
    rows = tuple(_row(row, cluster, programme, as_of) for row in keyed(public.schedule, Schedule.rows).values())
    curve = _curve(cluster, programme, as_of)
    overall = _overall(cluster, programme, as_of) if as_of and any(row.actual for row in rows) else None
    return Progress(
        head=masthead(publication, programme, "progress/"),
        checkpoints=tuple(_checkpoint(name, title, cluster, programme, as_of) for name, title in CHECKPOINTS),
        rows=rows,
        events=tuple(sorted(_events(public), key=lambda event: event.date)),
        as_of=as_of,
        actual=overall,
        expected=_expected(as_of, programme) if as_of else None,
        curve=curve if overall is not None else None,
    )


def _row(row: RowRecord, cluster: Cluster, programme: Programme, as_of: datetime.date | None) -> Row:
    kind = row.maybe(RowRecord.kind) or "other"
    actual = _actual(row, cluster, programme, as_of)
    reading = latest_reading(cluster, row.id, _last_counted(as_of, programme)) if as_of else None
    state, behind = _state(row, actual, programme, as_of)
    return Row(
        id=row.id,
        kind=str(programme.facts["titles"]["row_kinds"].get(kind, kind)),
        text=line(row, RowRecord.text),
        unit=line(row, RowRecord.unit),
        mid=amount_of(row.maybe(RowRecord.mid)),
        final=amount_of(row.maybe(RowRecord.final)),
        total=whole_of(row),
        state=state,
        aspect=aspect(kind, programme) if kind in programme.facts["aspects"] else None,
        scenario=line(row, RowRecord.scenario),
        falling=row.is_downward,
        actual=amount_of(actual) if actual is not None else None,
        read_on=reading.date if reading is not None else as_of if actual is not None else None,
        behind=behind,
        evidence=_evidence(row, cluster, programme, as_of),
    )


def _records(row: str, programme: Programme) -> str | None:
    facts = programme.facts["basic_rows"].get(row, {})
    return str(facts["records"]) if "records" in facts else None


def _actual(row: RowRecord, cluster: Cluster, programme: Programme, day: datetime.date | None) -> Decimal | None:
    if day is None:
        return None
    return achieved(cluster, row.id, _last_counted(day, programme), _records(row.id, programme))


def _last_counted(day: datetime.date, programme: Programme) -> datetime.date:
    """Return the last day by which something counts: what comes after the coaching period does not."""
    return min(day, programme.day("window.coaching_ends"))


def _state(
    row: RowRecord, actual: Decimal | None, programme: Programme, as_of: datetime.date | None
) -> tuple[State, str]:
    """Tell how a row stands against the last checkpoint that the data has reached, and by how much it is behind."""
    mid, goal = row.maybe(RowRecord.mid), whole_of(row).value
    if actual is None or as_of is None or mid is None:
        return State.NO_DATA, ""
    down = row.is_downward
    if actual <= goal if down else actual >= goal:
        return State.DONE, ""
    due = None
    if as_of >= programme.day("checkpoints.final.date"):
        due = goal
    elif as_of >= programme.day("checkpoints.mid.date"):
        due = mid
    if due is None or (actual <= due if down else actual >= due):
        return State.ON_TRACK, ""
    short = abs(due - actual)
    unit = line(row, RowRecord.unit)
    return State.BEHIND, amount_text(int(short) if short == int(short) else short, unit)


def _overall(cluster: Cluster, programme: Programme, day: datetime.date) -> Share:
    """The mean of all rows' completion, each counting the same: the regulation states no weights."""
    rows = cluster.schedule.maybe(Schedule.rows) or {}
    parts = [_completion(row, cluster, programme, day) for row in rows.values()]
    return Share.of(sum(parts, Fraction(0)), len(parts))


def _completion(row: RowRecord, cluster: Cluster, programme: Programme, day: datetime.date) -> Fraction:
    actual = _actual(row, cluster, programme, day)
    if actual is None:
        return Fraction(0)
    return completion(actual, whole_of(row).value, downward=row.is_downward)


def _checkpoint(
    name: str, title: str, cluster: Cluster, programme: Programme, as_of: datetime.date | None
) -> Checkpoint:
    facts = programme.facts["checkpoints"][name]
    day = datetime.date.fromisoformat(facts["date"])
    reached = as_of is not None and as_of >= day
    return Checkpoint(
        name=title,
        date=day,
        planned=Share(facts["planned_pct"] * 10),
        cumulative=Share(facts["cumulative_pct"] * 10),
        actual=_overall(cluster, programme, day) if reached else None,
    )


def _expected(as_of: datetime.date, programme: Programme) -> Share:
    """What the checkpoints ask for by a day: the last one that it has reached."""
    reached = [
        facts["cumulative_pct"]
        for facts in programme.facts["checkpoints"].values()
        if datetime.date.fromisoformat(facts["date"]) <= as_of
    ]
    return Share(max(reached, default=0) * 10)


def _curve(cluster: Cluster, programme: Programme, as_of: datetime.date | None) -> Curve | None:
    start = cluster.progress.award.maybe(Award.announce_date) or _submitted(cluster)
    if as_of is None or start is None or start >= programme.day("checkpoints.mid.date"):
        return None
    plan = [Point(start, Share(0))]
    plan.extend(
        Point(datetime.date.fromisoformat(facts["date"]), Share(facts["cumulative_pct"] * 10))
        for facts in programme.facts["checkpoints"].values()
    )
    days = sorted({day for day in _recorded_days(cluster) if start < day <= as_of} | {as_of})
    actual = [Point(start, Share(0)), *(Point(day, _overall(cluster, programme, day)) for day in days)]
    return Curve(start, plan[-1].date, tuple(plan), tuple(actual))


def _submitted(cluster: Cluster) -> datetime.date | None:
    moment = cluster.progress.submission.maybe(Submission.submitted_at)
    return moment.date() if moment is not None else None


def _recorded_days(cluster: Cluster) -> Iterator[datetime.date]:
    for field in RECORDS.values():
        for event in (cluster.progress.maybe(field) or {}).values():
            day = event.maybe(EventRecord.date)
            if day is not None:
                yield day
    for reading in cluster.progress.maybe(ProgressFile.readings) or ():
        yield reading.date


def _events(public: Cluster) -> Iterator[Event]:
    for key, kind in EVENT_KINDS.items():
        for event in keyed(public.progress, RECORDS[key]).values():
            day = event.maybe(EventRecord.date)
            if day is not None:
                title = line(event, EventRecord.title) or kind
                yield Event(day, kind, key, title, attendance=event.maybe(EventRecord.attendee_count))


def _evidence(
    row: RowRecord, cluster: Cluster, programme: Programme, as_of: datetime.date | None
) -> tuple[Evidence, ...]:
    """Say of each kind of evidence that the schedule names whether it is there, as far as its name tells the kind."""
    due = as_of is not None and as_of >= programme.day("checkpoints.mid.date")
    held = set(_held(row, cluster, programme, as_of)) if as_of else set()
    return tuple(Evidence(name, _evidence_state(name, held, due=due)) for name in lines(row, RowRecord.evidence))


def _evidence_state(name: str, held: set[str], *, due: bool) -> EvidenceState:
    kinds = {kind for kind, words in EVIDENCE_WORDS.items() if any(word in name for word in words)}
    enough = bool(kinds & held) if "或" in name else kinds <= held
    if held and enough:
        return EvidenceState.PRESENT
    return EvidenceState.MISSING if due else EvidenceState.PLANNED


def _held(row: RowRecord, cluster: Cluster, programme: Programme, as_of: datetime.date) -> Iterator[str]:
    """Yield the kinds of evidence recorded for a row: its reading's, and those that each of its activities has."""
    day = _last_counted(as_of, programme)
    reading = latest_reading(cluster, row.id, day)
    if reading is not None:
        yield from (kind for item in listed(reading, Reading.evidence) if (kind := item.maybe(EvidenceRecord.kind)))
    records = _records(row.id, programme)
    held = [_kinds(event) for event in (_activities(cluster, records, day) if records else ())]
    if held:
        yield from set.intersection(*held)


def _activities(cluster: Cluster, records: str, day: datetime.date) -> tuple[EventRecord, ...]:
    try:
        return activities(cluster, records, day)
    except Missing:
        return ()


def _kinds(event: EventRecord) -> set[str]:
    return {kind for item in listed(event, EventRecord.evidence) if (kind := item.maybe(EvidenceRecord.kind))}
