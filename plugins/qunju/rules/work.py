"""Chapter WRK: the basic work items that every cluster carries out (基本工作項目), as planned and as done.

Before the midterm checkpoint the plan is judged (schedule.yml); at it, what is done against the plan's own number for
that day; at closing, what is done against the regulation. The roster of what is done is the one the cluster has then.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, combinations
from typing import Final, TypeVar

from qunju.model.achievement import RECORDS, counts
from qunju.model.answers import every
from qunju.model.cluster import Cluster
from qunju.model.identity import Roster
from qunju.model.member import Gostyle, MobilePay
from qunju.model.progress import Award, Event, Progress, Training
from qunju.model.record import Field, Missing
from qunju.model.schedule import BASIC, Row, Schedule
from qunju.regulation.clause import Clause
from qunju.regulation.limit import Limit, amount
from qunju.regulation.roster import compare_companies
from qunju.regulation.tally import Tally
from qunju.regulation.verdict import Level, Note, Quantity, Status, Verdict
from qunju.regulation.wording import wording_key
from qunju.source.place import Place

E = TypeVar("E", bound=Event)

_TRAINING: Final = "BW2"
_MOBILE_PAYMENT: Final = "BW4"
_DIGITAL: Final = frozenset({"online", "hybrid"})
_ONLINE: Final = "online"
_DEMANDED: Final = "規定"
_PLANNED: Final = "期中規劃"


def activity_count(cluster: Cluster, clause: Clause) -> Verdict:
    """How often something is to be held, and at the checkpoints has been: meetings, trainings, visits, events.

    An activity counts when its day is within the coaching period, and at the midterm checkpoint not after it; one list
    never makes up for another. Exactly the number is enough. At midterm the plan's own number is what is asked: 4 held
    of 4 planned until then will do, and so will none of none.
    """
    name, facts = next(
        (name, facts) for name, facts in clause.programme.facts["basic_rows"].items() if facts["clause"] == clause.id
    )
    row, records = _row(cluster, name), RECORDS[facts["records"]]
    if _is_at(cluster, clause, "closing"):
        return _compare_done(cluster, clause, records, _tally(cluster, clause, records, "final"))
    if _is_at(cluster, clause, "midterm"):
        planned = replace(clause, limit=Limit("at_least", row.mid, clause.number_limit.unit))
        return _compare_done(cluster, planned, records, _tally(cluster, clause, records, "mid"), _PLANNED)
    return _say(clause, clause.compare_value(row.whole, row.place(Row.total)), "規劃")


def digital_trainings(cluster: Cluster, clause: Clause) -> Verdict:
    """How many trainings are held digitally (採用數位方式): online, or hybrid.

    The form has no number for the midterm, so the plan is judged until closing. That hybrid ones count is not certain:
    where those online alone are fewer than asked, that is worth a word.
    """
    if not _is_at(cluster, clause, "closing"):
        row = _row(cluster, _TRAINING)
        verdict = _say(clause, clause.compare_value(row.digital_total, row.place(Row.digital_total)), "規劃")
        return _with_doubt_of_hybrid(clause, verdict, row.maybe(Row.online_total) or 0, row.place(Row.online_total))
    records = Progress.trainings
    digital = _tally(cluster, clause, records, "final", lambda training: training.mode in _DIGITAL)
    online = _tally(cluster, clause, records, "final", lambda training: training.mode == _ONLINE)
    verdict = _compare_done(cluster, clause, records, digital)
    return _with_doubt_of_hybrid(clause, verdict, online.low, cluster.progress.place(records))


def advisor_open_trainings(cluster: Cluster, clause: Clause) -> Verdict:
    """How many trainings are both taught by a 群聚顧問 and open to other clusters: the same one has to be both.

    One that an advisor teaches and another that is open make none. The plan is judged until closing, since the form has
    no number for the midterm. Such a training may be one of the digital ones.
    """
    if not _is_at(cluster, clause, "closing"):
        row = _row(cluster, _TRAINING)
        return _say(clause, clause.compare_value(row.advisor_open_total, row.place(Row.advisor_open_total)), "規劃")
    personnel = cluster.proposer.personnel

    def is_taught_by_advisor(training: Training) -> bool:
        person = personnel.get(training.lecturer)
        return person is not None and person.is_advisor

    def is_both(training: Training) -> bool:
        return every((lambda: training.open_cross_cluster, lambda: is_taught_by_advisor(training)))

    records = Progress.trainings
    return _compare_done(cluster, clause, records, _tally(cluster, clause, records, "final", is_both))


def training_hours(cluster: Cluster, clause: Clause) -> Verdict:
    """How long each training lasts (研習時數): as planned, where the plan says so; from execution on, as held.

    Only the sample row of the form asks for it (CON-27).
    """
    limit = clause.number_limit
    if not _is_at(cluster, clause, "execution"):
        row = _row(cluster, _TRAINING)
        planned = row.maybe(Row.session_hours)
        if planned is None:
            return clause.not_applicable(message=f"{clause.title}：規劃未寫每場時數。")
        return _say(clause, clause.compare_value(planned, row.place(Row.session_hours)), "規劃每場")
    trainings = tuple((cluster.progress.maybe(Progress.trainings) or {}).values())
    if not trainings:
        return clause.not_applicable(message=f"{clause.title}：尚無研習紀錄。")
    return clause.for_all(
        trainings,
        lambda training: limit.holds(training.duration_hours),
        lambda training: f"{_called(training)}只有 {amount(training.duration_hours, limit.unit)}",
        place=lambda training: training.place(Training.duration_hours),
    )


def mobile_payment_share(cluster: Cluster, clause: Clause) -> Verdict:
    """Share of the companies that can take mobile payment (行動支付): strictly more than half of them.

    A proposal is judged by its target, whatever the share is now. At midterm the plan's own number is asked of what is
    so: a share where the row is in per cent, else a number of companies.
    """
    if not _is_at(cluster, clause, "midterm"):
        verdict = compare_companies(
            cluster,
            clause,
            lambda member: member.mobile_pay.target,
            lambda member: member.mobile_pay.place(MobilePay.target),
        )
        return _say(clause, verdict, "目標為")
    asked = clause
    if not _is_at(cluster, clause, "closing"):
        row = _row(cluster, _MOBILE_PAYMENT)
        asked = replace(clause, limit=Limit("at_least", row.mid, "%" if row.is_in_per_cent else "家"))
    verdict = compare_companies(
        cluster.present,
        asked,
        lambda member: member.mobile_pay.actual,
        lambda member: member.mobile_pay.place(MobilePay.actual),
    )
    return _say(asked, verdict, "實績", _DEMANDED if asked is clause else _PLANNED)


def gostyle_listings(cluster: Cluster, clause: Clause) -> Verdict:
    """Share of the companies on Gostyle: all of them, as planned, and at closing with the address to prove it."""
    if not _is_at(cluster, clause, "closing"):
        verdict = compare_companies(
            cluster,
            clause,
            lambda member: member.gostyle.planned,
            lambda member: member.gostyle.place(Gostyle.planned),
        )
        return _say(clause, verdict, "規劃")
    verdict = compare_companies(
        cluster.present,
        clause,
        lambda member: member.gostyle.maybe(Gostyle.url) is not None,
        lambda member: member.gostyle.place(Gostyle.url),
    )
    return _say(clause, verdict, "已登載")


def activity_dates(cluster: Cluster, clause: Clause) -> Verdict:
    """Every activity is held within the coaching period (輔導期間), its first and its last day included.

    The period starts with the announcement, a day that 執行單位 records: until it does, the start is open (CON-32).
    """
    last = datetime.date.fromisoformat(clause.moment_limit.bound)
    first = cluster.progress.award.maybe(Award.announce_date)
    events = _activities(cluster)
    late = {event: f"晚於 {last}" for event in events if event.date > last}
    early = {event: f"早於公告日 {first}" for event in events if first is not None and event.date < first}
    wrong = {**early, **late}
    if wrong:
        words = "；".join(f"{_called(event)}{why}" for event, why in [*wrong.items()][:6])
        return clause.fails(f"{clause.title}：{words}。", *(event.place(Event.date) for event in wrong))
    since = cluster.progress.award.announce_date
    if not events:
        return clause.not_applicable(message=f"{clause.title}：尚無活動紀錄。")
    return clause.passes(f"{clause.title}：{len(events)} 場活動都在 {since} 至 {last} 之間。")


def basic_rows_listed(cluster: Cluster, clause: Clause) -> Verdict:
    """The schedule lists every basic work item of the category, each with a total that reaches the item's own limit.

    Mobile payment and Gostyle may be planned in per cent or in companies.
    """
    rows = cluster.schedule.rows
    companies = len(Roster.of(cluster.members).everyone)
    wrong: list[tuple[str, Place]] = []
    unknown: list[Missing] = []
    for name, facts in clause.programme.facts["basic_rows"].items():
        if cluster.category not in facts.get("categories", (cluster.category,)):
            continue
        row = rows.get(name)
        if row is None:
            wrong.append((f"缺 {name}（{facts['name']}）", cluster.schedule.place(Schedule.rows)))
            continue
        try:
            wrong.extend(_shortcomings(row, clause.programme.clauses[facts["clause"]].number_limit, companies))
        except Missing as missing:
            unknown.append(missing)
    if wrong:
        words = "；".join(word for word, _ in wrong)
        measured = Quantity(len(wrong), "列", f"{len(wrong)} 列不符")
        return clause.fails(f"{clause.title}：{words}。", *(place for _, place in wrong), measured=measured)
    return clause.unknown(*unknown) if unknown else clause.passes(f"{clause.title}：應列的項目都已列入且達到下限。")


def no_activity_twice(cluster: Cluster, clause: Clause) -> Verdict:
    """No activity counts for two work items: none is in two lists under one identifier, or with one day and title."""
    wrong: dict[Event, str] = {}
    unknown: list[Missing] = []
    alike: dict[str | datetime.date, list[tuple[str, Event]]] = {}
    for records in RECORDS.values():
        name = clause.programme.form.label(cluster.progress.place(records))
        for event in (cluster.progress.maybe(records) or {}).values():
            for key in (event.id, event.date):
                alike.setdefault(key, []).append((name, event))
    if not alike:
        return clause.not_applicable(message=f"{clause.title}：尚無活動紀錄。")
    pairs = chain.from_iterable(combinations(group, 2) for group in alike.values())
    for (one_list, one), (other_list, other) in pairs:
        try:
            if one_list != other_list and (one.id == other.id or _is_same_title(clause, one, other)):
                wrong[other] = f"{_called(other)}同時列在{one_list}與{other_list}"
        except Missing as missing:
            unknown.append(missing)
    if wrong:
        words = "；".join([*wrong.values()][:6])
        measured = Quantity(len(wrong), "場", f"{len(wrong)} 場重複")
        return clause.fails(f"{clause.title}：{words}。", *(event.place() for event in wrong), measured=measured)
    return clause.unknown(*unknown) if unknown else clause.passes(f"{clause.title}：沒有重複的活動。")


def _is_at(cluster: Cluster, clause: Clause, milestone: str) -> bool:
    return clause.programme.has_reached(cluster.stage, milestone)


def _row(cluster: Cluster, name: str) -> Row:
    """Return a basic work item's row: an empty one where the schedule lacks it, so that its fields are missing."""
    file, pointer = cluster.schedule.file, cluster.schedule.place(Schedule.rows).at(name).pointer
    return cluster.basic(name) or Row(file, pointer, {}, name)


def _tally(
    cluster: Cluster,
    clause: Clause,
    records: Field[Mapping[str, E]],
    checkpoint: str,
    predicate: Callable[[E], bool] = lambda _: True,
) -> Tally:
    """Count the activities of a list that count by a checkpoint and are so; raise `Missing` for a list never begun."""
    until = clause.programme.day(f"checkpoints.{checkpoint}.date")
    return Tally.of(
        records.of(cluster.progress).values(),
        lambda event: every((lambda: counts(event, cluster, until), lambda: predicate(event))),
    )


def _compare_done(
    cluster: Cluster, clause: Clause, records: Field[Mapping[str, E]], tally: Tally, demand: str = _DEMANDED
) -> Verdict:
    place = cluster.progress.place(records)
    return _say(clause, clause.compare(tally, unit=clause.number_limit.unit, places=(place,)), "實績", demand)


def _say(clause: Clause, verdict: Verdict, subject: str, demand: str = _DEMANDED) -> Verdict:
    """Word a verdict on a number by what the number is, and by whose demand it is compared."""
    if verdict.measured is None:
        return verdict
    gap = f"，{verdict.gap.text}" if verdict.gap else ""
    words = f"{subject} {verdict.measured.text}，{demand}{clause.number_limit.quantity.text}{gap}"
    return replace(verdict, message=f"{clause.title}：{words}。")


def _with_doubt_of_hybrid(clause: Clause, verdict: Verdict, online: int, place: Place) -> Verdict:
    limit = clause.number_limit
    if verdict.status is not Status.PASS or limit.holds(online):
        return verdict
    words = f"純線上的研習 {amount(online, limit.unit)}；混成是否算「數位方式」並不明確，請先洽執行單位確認。"
    return replace(verdict, notes=(Note(Level.WARNING, words, (place,)),))


def _activities(cluster: Cluster) -> tuple[Event, ...]:
    lists = (cluster.progress.maybe(records) or {} for records in RECORDS.values())
    return tuple(event for events in lists for event in events.values())


def _called(event: Event) -> str:
    return f"「{event.maybe(Event.title) or event.id}」（{event.date}）"


def _is_same_title(clause: Clause, one: Event, other: Event) -> bool:
    return wording_key(clause.programme, one.title) == wording_key(clause.programme, other.title)


def _shortcomings(row: Row, limit: Limit, companies: int) -> Iterator[tuple[str, Place]]:
    """Yield what keeps a row from being a basic work item that asks enough, and where it stands."""
    if row.kind != BASIC:
        yield f"{row.id} 的分類應為 {BASIC}", row.place(Row.kind)
    total = companies if limit.is_share and not row.is_in_per_cent else None
    if not limit.holds(row.whole, total):
        unit = "家" if total is not None else limit.unit
        yield f"{row.id} 全程 {amount(row.whole, unit)}，規定{limit.quantity.text}", row.place(Row.total)
