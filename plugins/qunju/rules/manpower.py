"""Chapter MAN: the people whom the proposer puts to work (人力需求), and for how long."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from qunju.model.budget import Line
from qunju.model.cluster import Cluster
from qunju.model.identity import name_key
from qunju.model.lines import called, is_salary, lines_of
from qunju.model.progress import Award
from qunju.model.proposer import Education, Job, Proposer, StaffMember, StaffTotal
from qunju.model.record import Missing, Unsound
from qunju.regulation.clause import Clause
from qunju.regulation.exceptions import Fault, without_exception
from qunju.regulation.limit import Limit, amount
from qunju.regulation.tally import Tally
from qunju.regulation.verdict import Level, Note, Quantity, Verdict
from qunju.rules.completeness import lacking_fields
from qunju.rules.salaries import is_regular

_UNIT = "人月"
_PRINCIPAL = "計畫主持人"
_TOTALS = (("全部", StaffTotal.all), ("支薪", StaffTotal.paid))
_DEPARTMENTS = ("系", "科", "所", "學程", "組", "院")
"""How the full name of a department ends."""


def regular_staff(cluster: Cluster, clause: Clause) -> Verdict:
    """How many of the people are regular staff of the proposer (正式人員), whether or not the project pays them."""
    tally = Tally.of(cluster.proposer.staff.values(), lambda person: is_regular(cluster, person))
    here = cluster.proposer.place(Proposer.staff)
    return clause.compare(tally, unit=clause.number_limit.unit, places=(here,))


def principal_listed(cluster: Cluster, clause: Clause) -> Verdict:
    """Somebody among the people is the 計畫主持人; whether that is the one of the contacts is XRF-06's question."""
    tally = Tally.of(cluster.proposer.staff.values(), lambda person: person.role == _PRINCIPAL)
    if tally.low:
        return clause.passes(f"{clause.title}：人力需求列有{_PRINCIPAL}。")
    if tally.unknown:
        return clause.unknown(*tally.unknown)
    return clause.fails(f"{clause.title}：人力需求沒有{_PRINCIPAL}。", cluster.proposer.place(Proposer.staff))


def education(cluster: Cluster, clause: Clause) -> Verdict:
    """Everybody's school is filled in, and from 專科 up department and degree too (學歷全名).

    A department that does not end as departments do may not be the full name, which earns a note.
    """
    lacking = list(lacking_fields(cluster, clause))
    if lacking:
        return clause.unknown(*lacking)
    notes = []
    for person in cluster.proposer.staff.values():
        department = person.education.maybe(Education.department)
        if department is not None and not department.strip().endswith(_DEPARTMENTS):
            words = f"{person.id} 的科系不是以系、科、所、學程等結尾，請確認是全名。"
            notes.append(Note(Level.WARNING, words, (person.education.place(Education.department),)))
    return clause.passes(f"{clause.title}：學校、科系與學位皆已填寫。", notes=notes)


def experience(cluster: Cluster, clause: Clause) -> Verdict:
    """Everybody's jobs stand newest first (由新寫到舊), and the first is the present one, with the employer stated.

    Where one is stated to the month and another to the year only, no more than the year is compared.
    """
    faults: list[Fault] = []
    unknown: list[Missing | Unsound] = []
    for person in cluster.proposer.staff.values():
        try:
            jobs = person.experience
            if not jobs:
                raise StaffMember.experience.missing(person)
            if name_key(jobs[0].company) != name_key(person.employer):
                faults.append((f"{person.id} 的第一筆經歷不是現任職的單位", jobs[0].place(Job.company)))
            for number, (one, other) in enumerate(pairwise(jobs), 1):
                if _is_older(one, other):
                    words = f"{person.id} 的第 {number + 1} 筆經歷比第 {number} 筆新"
                    faults.append((words, other.place(Job.start)))
        except Missing as missing:
            unknown.append(missing)
    return without_exception(clause, faults, unknown, passed="經歷皆由新到舊，首筆為現職。", sensitive=True)


def totals(cluster: Cluster, clause: Clause) -> Verdict:
    """Stated totals are the sum of everybody's person-months, and of those who are paid (人月合計).

    Whether the form's one total holds the unpaid is not said, so there are two. Without a stated one there is nothing
    to compare, whatever the person-months will be.
    """
    stated = cluster.proposer.staff_total
    written = [(name, stated.maybe(field), field) for name, field in _TOTALS]
    try:
        staff = tuple(cluster.proposer.staff.values())
        shares = {"全部": [one.person_months for one in staff]}
        shares["支薪"] = [one.person_months for one in staff if not one.unpaid]
    except Missing:
        if any(total is not None for _, total, _ in written):
            raise
        return clause.passes(f"{clause.title}：沒有另填合計，由各人投入人月算出。")
    sums = {name: sum(parts, Decimal(0)) for name, parts in shares.items()}
    both = "，".join(f"{name} {amount(right, _UNIT)}" for name, right in sums.items())
    faults: list[Fault] = []
    gaps: list[tuple[Decimal, Decimal]] = []
    for name, total, field in written:
        if total is not None and total != sums[name]:
            parts = "＋".join(amount(part, "") for part in shares[name])
            added = f"{parts}＝" if len(shares[name]) > 1 else ""
            off = abs(total - sums[name])
            words = (
                f"{name}合計 {added}{amount(sums[name], _UNIT)}，您寫的是 {amount(total, _UNIT)}，差 {amount(off, '')}"
            )
            faults.append((words, stated.place(field)))
            gaps.append((total, off))
    verdict = without_exception(clause, faults, passed=f"{both}。")
    if not gaps:
        return replace(verdict, measured=Quantity(sums["全部"], _UNIT, both))
    total, off = gaps[0]
    measured = Quantity(total, _UNIT, amount(total, _UNIT))
    return replace(verdict, measured=measured, gap=Quantity(off, _UNIT, f"差 {amount(off, _UNIT)}"))


def months_of_each(cluster: Cluster, clause: Clause) -> Verdict:
    """Nobody works for more months than the coaching lasts (輔導期間), from the announcement to its end.

    Until the announcement is recorded, the clause's own number stands for it: from the day it could be at the earliest.
    """
    limit, span = clause.number_limit, ""
    announced = cluster.progress.award.maybe(Award.announce_date)
    ends = clause.programme.day("window.coaching_ends")
    if announced is not None and announced <= ends:
        limit, span = Limit(limit.relation, _months(announced, ends), limit.unit), f"（{announced} 至 {ends}）"
    faults: list[Fault] = []
    unknown: list[Missing | Unsound] = []
    most = Decimal(0)
    for person in cluster.proposer.staff.values():
        try:
            months = person.person_months
        except Missing as missing:
            unknown.append(missing)
            continue
        most = max(most, months)
        if not limit.holds(months):
            words = f"{person.id} 投入 {amount(months, _UNIT)}，輔導期間{span}約 {amount(limit.bound, '個月')}"
            faults.append((words, person.place(StaffMember.person_months)))
    verdict = without_exception(clause, faults, unknown, passed=f"每人投入都不超過 {amount(limit.bound, _UNIT)}。")
    if unknown and not faults:
        return verdict
    verdict = replace(verdict, limit=limit.quantity, measured=Quantity(most, _UNIT, amount(most, _UNIT)))
    off = limit.distance(most)
    return replace(verdict, gap=Quantity(off, _UNIT, f"超出 {amount(off, _UNIT)}")) if faults else verdict


def unpaid_without_salary(cluster: Cluster, clause: Clause) -> Verdict:
    """Who is marked 不支薪 has no line of 直接薪資; a line that does not say whose it is may be theirs."""
    unpaid = {person.id: person for person in cluster.proposer.staff.values() if person.unpaid}
    if not unpaid:
        return clause.passes(f"{clause.title}：沒有不支薪的人員。")
    faults: list[Fault] = []
    unknown: list[Missing | Unsound] = []
    for line in lines_of(cluster.budget):
        try:
            if line.maybe(Line.staff) in (None, *unpaid) and is_salary(line, clause.programme.facts):
                words = f"{line.staff} 註明不支薪，經費明細{called(line)}卻編了他的薪資"
                faults.append((words, unpaid[line.staff].place(StaffMember.unpaid)))
        except Missing as missing:
            unknown.append(missing)
    return without_exception(clause, faults, unknown, passed="不支薪者都沒有薪資列。")


def _is_older(one: Job, other: Job) -> bool:
    """Tell whether a job is older than the one that stands below it: begun before it, and ended no later."""
    if not _is_before(one.start, other.start):
        return False
    end, below = one.maybe(Job.end), other.maybe(Job.end)
    return end is not None and (below is None or not _is_before(below, end))


def _is_before(one: str, other: str) -> bool:
    """Tell whether a day, month or year is before another, as far as both say."""
    said = min(len(one), len(other))
    return one[:said] < other[:said]


def _months(first: datetime.date, last: datetime.date) -> Decimal:
    """Return the months from one day to another, both included; days left over count as thirtieths, rounded up."""
    end = last + datetime.timedelta(days=1)
    whole = (end.year - first.year) * 12 + end.month - first.month - (end.day < first.day)
    year, month = divmod(first.year * 12 + first.month - 1 + whole, 12)
    day = min(first.day, calendar.monthrange(year, month + 1)[1])
    left = (end - datetime.date(year, month + 1, day)).days
    return whole + Decimal(-(-left * 10 // 30)) / 10
