"""Chapter SLF: the points of 現況自我評估 (指標積分、小計), which are computed; what is stated is compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from qunju.model.assessment import AspectSubtotal, Assessment, Condition
from qunju.model.cluster import Cluster
from qunju.model.identity import called
from qunju.model.member import Member, MemberItem, SelfAssessment
from qunju.model.record import Missing, Unsound
from qunju.regulation.clause import Clause
from qunju.regulation.exceptions import Fault, without_exception
from qunju.regulation.items import INITIAL, TARGET, Item, columns, faults_of, lines
from qunju.regulation.limit import amount
from qunju.regulation.verdict import Quantity, Verdict
from qunju.source.place import Place


def scores(cluster: Cluster, clause: Clause) -> Verdict:
    """A stated score is 1 for 有 and 0 for 無 (有填1無填0), of the cluster's items in both columns (CON-08).

    An item that a company lists it has; 其他 is one point, however many are listed.
    """
    items, score = clause.programme.member_items, Condition.score.key

    def of_answer(member: Member, answer: SelfAssessment) -> Iterator[Fault]:
        for entry in answer.stating(MemberItem.score):
            if entry.score != 1 and entry.id in items:
                words = f"{called(member)}的 {items[entry.id].called}是有，積分應為 1，您寫的是 {entry.score}"
                yield words, entry.place(MemberItem.score)

    def of_column(item: Item, column: str, condition: Condition) -> Fault | None:
        if score not in condition.values or condition.score == condition.has:
            return None
        right = f"是{'有' if condition.has else '無'}，積分應為 {int(condition.has)}"
        words = f"群聚自評 {item.called}的{column}{right}，您寫的是 {condition.score}"
        return words, condition.place(Condition.score)

    faults, unknown = faults_of(cluster, clause.programme.cluster_items.values(), of_answer, of_column)
    return without_exception(clause, faults, _of_stated(unknown), passed="所填的積分都與有無相符。")


def subtotals(cluster: Cluster, clause: Clause) -> Verdict:
    """A stated subtotal (小計) is the number of items that are 有, by aspect; there is no grand total on the form.

    The member's table has no more than 12, 9, 13 and 29 of them, the cluster's 16 in the first aspect (CON-07): a sum
    above that cannot be one of its items.
    """
    faults = [fault for member, answer in cluster.inventory.answers for fault in _of_member(member, answer, clause)]
    unknown: list[Missing | Unsound] = [*cluster.inventory.unsound]
    counted = _Counted()
    try:
        counted = _count(cluster, clause)
        faults.extend(_of_cluster(cluster, counted, unknown))
    except Unsound as cause:
        unknown.append(cause)
    except Missing as missing:
        unknown.extend([missing] if cluster.assessment.maybe(Assessment.subtotal) else ())
    verdict = without_exception(clause, faults, unknown, passed="所填的小計都與項目數相符。")
    if counted.unknown or not counted.has or verdict.measured:
        return verdict
    points = {column: sum(n for (_, one), n in counted.has.items() if one == column) for column in (INITIAL, TARGET)}
    words = f"群聚自評初始 {amount(points[INITIAL], '分')}、目標 {amount(points[TARGET], '分')}"
    return replace(verdict, measured=Quantity(points[INITIAL], "分", words))


@dataclass(frozen=True, slots=True)
class _Counted:
    """How many items of an aspect are 有 in a column, and where that is not said."""

    has: Counter[tuple[str, str]] = field(default_factory=Counter)
    unknown: dict[tuple[str, str], list[Missing]] = field(default_factory=dict)


def _count(cluster: Cluster, clause: Clause) -> _Counted:
    counted = _Counted()
    for item, line in lines(cluster, clause.programme.cluster_items.values()):
        for column, condition in columns(line):
            try:
                counted.has[item.aspect, column] += condition.has
            except Missing as missing:
                counted.unknown.setdefault((item.aspect, column), []).append(missing)
    return counted


def _of_member(member: Member, answer: SelfAssessment, clause: Clause) -> Iterator[Fault]:
    stated = answer.maybe(SelfAssessment.subtotal)
    if not stated:
        return
    items = clause.programme.member_items
    counted = Counter(items[name].aspect for name in answer.ids if name in items)
    for aspect, points in stated.items():
        place = answer.place(SelfAssessment.subtotal).at(aspect)
        if points != counted[aspect]:
            yield _difference(f"{called(member)}", aspect, counted[aspect], points, place)


def _of_cluster(cluster: Cluster, counted: _Counted, unknown: list[Missing | Unsound]) -> Iterator[Fault]:
    for aspect, stated in (cluster.assessment.maybe(Assessment.subtotal) or {}).items():
        for column, of_column in ((INITIAL, AspectSubtotal.initial), (TARGET, AspectSubtotal.target)):
            points = stated.maybe(of_column)
            lacking = counted.unknown.get((aspect, column), [])
            least = counted.has[aspect, column]
            if points is None or (least == points and not lacking):
                continue
            if least <= points <= least + len(lacking):
                unknown.extend(lacking)
            else:
                yield _difference(f"群聚自評{column}", aspect, least, points, stated.place(of_column))


def _difference(whose: str, aspect: str, counted: int, points: int, place: Place) -> Fault:
    off = abs(points - counted)
    return f"{whose}的 {aspect} 面向有 {counted} 項，小計應為 {counted}，您寫的是 {points}，差 {off}", place


def _of_stated(unknown: list[Missing | Unsound]) -> list[Missing | Unsound]:
    """Return what keeps a stated score from being compared: who states nothing lacks nothing."""
    return [cause for cause in unknown if isinstance(cause, Unsound) or cause.field == Condition.has.key]
