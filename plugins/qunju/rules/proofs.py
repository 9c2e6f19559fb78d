"""Chapter EVD: what indicators, mobile payment, Gostyle and open trainings have to show, and what counts when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from qunju.model.achievement import RECORDS, called, counted_readings, counts, is_taught_by_advisor
from qunju.model.answers import either, every
from qunju.model.cluster import Cluster
from qunju.model.identity import called as called_company
from qunju.model.member import Gostyle, Member, MobilePay
from qunju.model.progress import Event, Evidence, Progress, Reading, ReadingEvidence, Training
from qunju.model.record import Missing
from qunju.model.schedule import BASIC, Row
from qunju.regulation.application import category_of
from qunju.regulation.clause import Clause
from qunju.regulation.limit import amount
from qunju.regulation.readings import unread
from qunju.regulation.tally import Tally
from qunju.regulation.verdict import Quantity, Status, Verdict
from qunju.source.place import Place

_INVITES: Final = ("invitation", "registration")
_PERIODS: Final = {"mid": "期中", "final": "期末"}
_MOST: Final = 6
"""More activities than these are not spelt out in one sentence."""


def indicator_evidence(cluster: Cluster, clause: Clause) -> Verdict:
    """Every indicator has, as a file or an address, each piece of evidence that it said there would be (KPI 佐證).

    As many different ones must be there by the checkpoint as the schedule lists; which is which, nobody but a reader
    can tell. An indicator that plans nothing for the midterm, and has no reading by then, owes none yet.
    """
    closing = clause.programme.has_reached(cluster.stage, "closing")
    until = clause.programme.day(f"checkpoints.{'final' if closing else 'mid'}.date")
    rows = [row for row in cluster.schedule.rows.values() if row.maybe(Row.kind) != BASIC]
    if not rows:
        return clause.not_applicable(message=f"{clause.title}：進度表尚無績效指標。")

    def owes(row: Row) -> bool:
        """Tell whether a row without a reading should have one by now."""
        planned = closing or row.is_level or row.maybe(Row.mid) != 0
        return row.is_indicator and planned and not counted_readings(cluster, row, until)

    def is_complete(row: Row) -> bool:
        return not row.is_indicator or _is_shown(row, counted_readings(cluster, row, until))

    def wrong(row: Row) -> str:
        shown = len(_shown(counted_readings(cluster, row, until)))
        return f"{row.id} 宣告 {len(_declared(row))} 種佐證，有檔案或網址的只有 {shown} 件"

    def place(row: Row) -> Place:
        return counted_readings(cluster, row, until)[-1].place(Reading.evidence)

    bare = Tally.of(rows, owes)
    verdict = clause.for_all((row for row in rows if row.place() not in bare.yes), is_complete, wrong, place=place)
    if bare.yes and verdict.status is not Status.FAIL:
        names = [row.id for row in rows if row.place() in bare.yes]
        return unread(clause, names, until, cluster.progress.place(Progress.readings))
    return verdict


def gostyle_address(cluster: Cluster, clause: Clause) -> Verdict:
    """The address of every company's listing is one of Gostyle's (登載網址的網域), with or without www in front."""
    host = clause.programme.facts["gostyle_host"]
    return clause.for_all(
        cluster.present.members,
        lambda member: _is_of(host, member.gostyle.url),
        lambda member: f"{called_company(member)}的網址不在 {host}",
        place=lambda member: member.gostyle.place(Gostyle.url),
    )


def mobile_payment_evidence(cluster: Cluster, clause: Clause) -> Verdict:
    """Every company that is counted as taking mobile payment has something to show for it (行動支付佐證)."""
    able = Tally.of(cluster.present.members, lambda member: member.mobile_pay.actual)
    if not able.high:
        return clause.not_applicable(message=f"{clause.title}：尚無成員實際可收行動支付。")
    return clause.for_all(
        cluster.present.members,
        _has_payment_evidence,
        lambda member: f"{called_company(member)}沒有列出佐證",
        place=lambda member: member.mobile_pay.place(MobilePay.evidence),
    )


def open_training_evidence(cluster: Cluster, clause: Clause) -> Verdict:
    """The trainings that an advisor taught and that were open to other clusters show who was asked (開放跨群聚佐證).

    An invitation or a list of registrations will do; as many trainings must have one as have to be held at all.
    """
    trainings = cluster.progress.trainings.values()
    until = clause.programme.day("checkpoints.final.date")
    demanded = replace(clause, limit=clause.used(category_of(cluster, clause.programme)).number_limit)

    def is_meant(training: Training) -> bool:
        return every(
            (
                lambda: counts(training, cluster, until),
                lambda: training.open_cross_cluster,
                lambda: is_taught_by_advisor(training, cluster),
            )
        )

    meant = Tally.of(trainings, is_meant)
    if not meant.high:
        words = f"{clause.title}：沒有由群聚顧問講授並開放跨群聚的研習。"
        return clause.not_applicable(message=words)
    shown = Tally.of(trainings, lambda training: every((lambda: is_meant(training), lambda: _invites(training))))
    verdict = demanded.compare(
        shown, unit=demanded.number_limit.unit, places=(place.at("evidence") for place in meant.yes)
    )
    if verdict.measured is None:
        return verdict
    words = f"由群聚顧問講授並開放跨群聚的研習 {meant.low} 場，有邀請函或報名名單者 {verdict.measured.text}"
    gap = f"，{verdict.gap.text}" if verdict.gap else ""
    return replace(verdict, message=f"{clause.title}：{words}，規定{demanded.number_limit.quantity.text}{gap}。")


def dates_in_period(cluster: Cluster, clause: Clause) -> Verdict:
    """Evidence counted for a checkpoint is not later than it (佐證日期), nor is the activity that it is of.

    A meeting of 1 August does not count for the midterm, whatever its evidence says.
    """
    last = {period: clause.programme.day(f"checkpoints.{period}.date") for period in _PERIODS}
    wrong: list[tuple[str, list[Place]]] = []
    unknown: list[Missing] = []
    total = 0
    for name, held, items in _evidence_by_owner(cluster):
        late: dict[str, list[Place]] = {}
        for item in items:
            total += 1
            try:
                period = item.period
                if held is not None and held > last[period]:
                    late.setdefault(period, []).append(item.place(Evidence.period))
                elif item.date > last[period]:
                    late.setdefault(period, []).append(item.place(Evidence.date))
            except Missing as missing:
                unknown.append(missing)
        for period, places in late.items():
            words = f"{name}有 {len(places)} 件佐證計入{_PERIODS[period]}，日期卻晚於 {last[period]}"
            wrong.append((words, places))
    if wrong:
        places = [place for _, found in wrong for place in found]
        more = "；…" if len(wrong) > _MOST else ""
        words = "；".join(words for words, _ in wrong[:_MOST])
        measured = Quantity(len(places), "件", f"{total} 件中 {len(places)} 件")
        return clause.fails(f"{clause.title}：{words}{more}。", *places, measured=measured)
    if unknown:
        return clause.unknown(*unknown)
    if not total:
        return clause.not_applicable(message=f"{clause.title}：尚無佐證紀錄。")
    return clause.passes(f"{clause.title}：{amount(total, '件')}佐證都在所計入的查核點之前。")


def _declared(row: Row) -> list[str]:
    return [item for item in row.evidence if item.strip()]


def _is_shown(row: Row, readings: tuple[Reading, ...]) -> bool:
    if not readings:
        return True
    shown, declared = len(_shown(readings)), len(_declared(row))
    if shown < declared:
        _raise_if_more(readings, declared - shown)
    return shown >= declared


def _raise_if_more(readings: Iterable[Reading], wanting: int) -> None:
    """Raise `Missing` where what is not filled in yet may be as many pieces of evidence as are wanting."""
    unnamed: list[Missing] = []
    for reading in readings:
        items = reading.evidence
        unnamed.extend(ReadingEvidence.file_path.missing(item) for item in items if _named(item) is None)
    if len(unnamed) >= wanting:
        raise unnamed[0]


def _shown(readings: Iterable[Reading]) -> set[str]:
    """Return the files and addresses that readings name; one named twice is one."""
    named = (_named(item) for reading in readings for item in reading.maybe(Reading.evidence) or ())
    return {name for name in named if name is not None}


def _named(item: ReadingEvidence) -> str | None:
    return item.maybe(ReadingEvidence.file_path) or item.maybe(ReadingEvidence.url)


def _is_of(host: str, url: str) -> bool:
    try:
        found = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return False
    return found == host or found.endswith(f".{host}")


def _has_payment_evidence(member: Member) -> bool:
    pay = member.mobile_pay
    return not pay.actual or any(item.strip() for item in pay.evidence)


def _invites(training: Training) -> bool:
    items = [item for item in training.evidence if item.kind in _INVITES]
    return either(partial(_has_file, item) for item in items)


def _has_file(item: Evidence) -> bool:
    return bool(item.file_path)


def _evidence_by_owner(
    cluster: Cluster,
) -> Iterator[tuple[str, datetime.date | None, Iterable[Evidence]]]:
    """Yield what the evidence is of, the day of an activity, and the evidence as far as it is listed."""
    for records in RECORDS.values():
        for event in (cluster.progress.maybe(records) or {}).values():
            yield called(event), event.date, event.maybe(Event.evidence) or ()
    for reading in cluster.progress.maybe(Progress.readings) or ():
        yield f"{reading.row} {reading.date} 的實績", None, reading.maybe(Reading.evidence) or ()
