"""Chapter WRK: the basic work items that every cluster carries out (基本工作項目), as planned and as done.

Before the midterm checkpoint the plan is judged (schedule.yml); at it, what is done against the plan's own number for
that day; at closing, what is done against the regulation. The roster of what is done is the one the cluster has then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from qunju.model.achievement import RECORDS, called, counts, is_taught_by_advisor
from qunju.model.answers import every
from qunju.model.cluster import Cluster
from qunju.model.member import Gostyle, MobilePay
from qunju.model.progress import Event, Progress, Training
from qunju.model.record import Field, Missing
from qunju.model.schedule import BASIC, Row, Schedule
from qunju.regulation.clause import Clause
from qunju.regulation.limit import Limit, amount
from qunju.regulation.roster import compare_companies
from qunju.regulation.tally import Tally
from qunju.regulation.verdict import Level, Note, Quantity, Status, Verdict
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
        begun = cluster.progress.maybe(records) is not None or not planned.number_limit.holds(0)
        done = _tally(cluster, clause, records, "mid") if begun else Tally((), (), ())
        return _compare_done(cluster, planned, records, done, _PLANNED)
    return _say(clause, clause.compare_value(row.whole, row.place(Row.total)), "規劃")


def digital_trainings(cluster: Cluster, clause: Clause) -> Verdict:
    """How many trainings are held digitally (採用數位方式): online, or hybrid.

    The form has no number for the midterm, so the plan is judged until closing. That hybrid ones count is not certain:
    where those online alone are fewer than asked, that is worth a word.
    """
    if not _is_at(cluster, clause, "closing"):
        row = _row(cluster, _TRAINING)
        verdict = _say(clause, clause.compare_value(row.digital_total, row.place(Row.digital_total)), "規劃")
        return _with_doubt_of_hybrid(clause, verdict, row.maybe(Row.online_total), row.place(Row.online_total))
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

    def is_taught(training: Training) -> bool:
        return is_taught_by_advisor(training, cluster)

    def is_open(training: Training) -> bool:
        return training.open_cross_cluster

    def is_both(training: Training) -> bool:
        return every((lambda: is_open(training), lambda: is_taught(training)))

    records = Progress.trainings
    taught = _tally(cluster, clause, records, "final", is_taught).low
    opened = _tally(cluster, clause, records, "final", is_open).low
    verdict = _compare_done(cluster, clause, records, _tally(cluster, clause, records, "final", is_both))
    return _say(clause, verdict, f"由群聚顧問講授 {taught} 場、開放跨群聚 {opened} 場，兼具者")


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
        lambda training: (
            f"{called(training)}只有 {amount(training.duration_hours, limit.unit)}，規定{limit.quantity.text}"
        ),
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


def basic_rows_listed(cluster: Cluster, clause: Clause) -> Verdict:
    """The schedule lists every basic work item of the category, each with a total that reaches the item's own limit.

    Mobile payment and Gostyle may be planned in per cent or in companies.
    """
    rows = cluster.schedule.rows
    companies = len(cluster.roster.everyone)
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
    verdict = clause.compare(tally, unit=clause.number_limit.unit, places=(cluster.progress.place(records),))
    return _say(clause, verdict, "輔導期間內的實績" if demand is _DEMANDED else "期中查核點前的實績", demand)


def _say(clause: Clause, verdict: Verdict, subject: str, demand: str = _DEMANDED) -> Verdict:
    """Word a verdict on a number by what the number is, and by whose demand it is compared."""
    if verdict.measured is None:
        return verdict
    gap = f"，{verdict.gap.text}" if verdict.gap else ""
    words = f"{subject} {verdict.measured.text}，{demand}{clause.number_limit.quantity.text}{gap}"
    return replace(verdict, message=f"{clause.title}：{words}。")


def _with_doubt_of_hybrid(clause: Clause, verdict: Verdict, online: int | None, place: Place) -> Verdict:
    limit = clause.number_limit
    if verdict.status is not Status.PASS or (online is not None and limit.holds(online)):
        return verdict
    found = "未寫場數" if online is None else amount(online, limit.unit)
    words = f"純線上的研習 {found}；混成是否算「數位方式」並不明確，請先洽執行單位確認。"
    return replace(verdict, notes=(Note(Level.WARNING, words, (place,)),))


def _shortcomings(row: Row, limit: Limit, companies: int) -> Iterator[tuple[str, Place]]:
    """Yield what keeps a row from being a basic work item that asks enough, and where it stands."""
    kind = row.maybe(Row.kind)
    if kind is not None and kind != BASIC:
        yield f"{row.id} 的分類應為 {BASIC}", row.place(Row.kind)
    total = companies if limit.is_share and not row.is_in_per_cent else None
    if not limit.holds(row.whole, total):
        whole = f"{amount(row.whole, limit.unit)}" if total is None else f"{total} 家中 {amount(row.whole, '家')}"
        yield f"{row.id} 全程 {whole}，規定{limit.quantity.text}", row.place(Row.total)
    if kind is None:
        raise Row.kind.missing(row)
