"""直接薪資: who is paid from it, and for how many person-months (BUD)."""

from __future__ import annotations

from decimal import Decimal

from qunju.model.answers import every
from qunju.model.budget import Line
from qunju.model.budget import Quantity as LineQuantity
from qunju.model.cluster import Cluster
from qunju.model.identity import name_key
from qunju.model.lines import called, is_salary, lines_of, quantity_of, salary_lines
from qunju.model.proposer import StaffMember
from qunju.model.record import Missing
from qunju.regulation.clause import Clause
from qunju.regulation.limit import amount
from qunju.regulation.verdict import Quantity, Verdict
from qunju.source.place import Place

FORMAL = "formal"
"""The kind of employment that makes a 正式員工."""


def salary_for_formal_staff(cluster: Cluster, clause: Clause) -> Verdict:
    """直接薪資 goes to regular staff of the proposer alone (正式員工): employed there, and not unpaid.

    An advisor from outside in a salary line fails, and so does one for somebody who is unpaid. Who is asked by the
    line's `staff`, whose name it need not know. A line without an account may be one of them.
    """
    facts = clause.programme.facts
    lines = [line for line in lines_of(cluster.budget) if line.maybe(Line.account) is None or is_salary(line, facts)]
    return clause.for_all(
        lines,
        lambda line: is_salary(line, facts) and _is_paid_regular(cluster, cluster.proposer.staff.get(line.staff)),
        lambda line: (
            f"{called(line)}的 {line.staff} {_why_not_formal(cluster, cluster.proposer.staff.get(line.staff))}"
        ),
        place=lambda line: line.place(Line.staff),
    )


def person_months(cluster: Cluster, clause: Clause) -> Verdict:
    """For each grade (職級), the person-months of 人力需求 that are paid are those charged in 經費明細表.

    2.5 there and 3 here fail; 3人月(不支薪) is charged to nobody.
    """
    lines = salary_lines(cluster.budget, clause.programme.facts)
    paid = [person for person in cluster.proposer.staff.values() if not person.unpaid]
    wrong: list[tuple[str, Decimal, Decimal, list[Place]]] = []
    unknown: list[Missing] = []
    for grade in dict.fromkeys([*(line.item for line in lines), *(person.role for person in paid)]):
        mine = [line for line in lines if line.item == grade]
        people = [person for person in paid if person.role == grade]
        try:
            charged = sum((quantity_of(line) for line in mine), Decimal(0))
            planned = sum((person.person_months for person in people), Decimal(0))
        except Missing as missing:
            unknown.append(missing)
            continue
        if charged != planned:
            places = [line.place(Line.quantities).at(0, LineQuantity.value.key) for line in mine]
            places.extend(person.place(StaffMember.person_months) for person in people)
            wrong.append((grade, charged, planned, places))
    if wrong:
        words = "；".join(
            f"{grade}編列 {amount(charged, '人月')}，人力需求支薪者合計 {amount(planned, '人月')}"
            for grade, charged, planned, _ in wrong
        )
        _, charged, planned, _ = wrong[0]
        off = abs(charged - planned)
        return clause.fails(
            f"{clause.title}：{words}。",
            *(place for *_, places in wrong for place in places),
            measured=Quantity(charged, "人月", amount(charged, "人月")),
            gap=Quantity(off, "人月", f"差 {amount(off, '人月')}"),
        )
    return clause.unknown(*unknown) if unknown else clause.passes(f"{clause.title}：各職級編列的人月皆與人力需求相同。")


def is_regular(cluster: Cluster, person: StaffMember) -> bool:
    """Tell whether somebody is regular staff of the proposer (提案單位之正式員工), paid by the project or not."""
    return every(
        (
            lambda: person.employment == FORMAL,
            lambda: name_key(person.employer) == name_key(cluster.proposer.name),
        )
    )


def _is_paid_regular(cluster: Cluster, person: StaffMember | None) -> bool:
    return person is not None and every((lambda: is_regular(cluster, person), lambda: not person.unpaid))


def _why_not_formal(cluster: Cluster, person: StaffMember | None) -> str:
    if person is None:
        return "不在人力需求之列"
    if person.unpaid:
        return "不支薪"
    employer = person.maybe(StaffMember.employer)
    if person.maybe(StaffMember.employment) in (FORMAL, None):
        return f"任職於「{employer}」，不是提案單位「{cluster.proposer.name}」"
    return "不是正式員工"
