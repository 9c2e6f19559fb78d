"""The items of 自我評估 (實踐工具), as a year's form prints them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from qunju.model.assessment import Assessment, ClusterItem, Condition
from qunju.model.cluster import Cluster
from qunju.model.member import Member, SelfAssessment
from qunju.model.record import Missing, Unsound
from qunju.regulation.exceptions import Fault

INITIAL, TARGET = "初始", "目標"
"""What messages call 提案初始情況 and 輔導後預計達成情況."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the form. `level` is the subscript it prints (階段); 其他 has none."""

    id: str
    aspect: str
    level: int | None
    name: str
    hint: str
    """What the form asks for beside 有, in brackets: 名稱、數量 or 家數; empty where it asks for nothing."""
    is_blank: bool
    """Whether the form prints a line to fill in and does not say with what."""
    years: tuple[int, ...]
    """The first and the last ROC year that count; empty where years do not matter."""
    target_years: tuple[int, ...]
    member_item: str | None
    """The member's item that this one of the cluster sums up; None where clusters alone have it."""

    @classmethod
    def of(cls, id: str, entry: Mapping[str, Any]) -> Item:  # noqa: A002 - it is the item's `id`
        """Return an item of programme.yml."""
        years = tuple(entry.get("years", ()))
        return cls(
            id,
            entry["aspect"],
            entry.get("level"),
            entry["name"],
            entry.get("detail", ""),
            entry.get("blank", False),
            years,
            tuple(entry.get("target_years", years)),
            entry.get("member_item"),
        )

    @property
    def is_other(self) -> bool:
        """Whether the item is 其他, which asks for a list."""
        return self.level is None

    @property
    def counts_companies(self) -> bool:
        """Whether the form asks how many companies have it (家數)."""
        return self.hint == "家數"

    @property
    def called(self) -> str:
        """What a message calls the item: C-E05「地方認證或獎項」."""
        return f"{self.id}「{self.name.partition('(')[0]}」"


def lines(cluster: Cluster, items: Iterable[Item]) -> list[tuple[Item, ClusterItem]]:
    """Return the lines of 群聚現況自我評估 of some items; of one that is not written, nothing is filled in."""
    assessment = cluster.assessment
    written = assessment.items
    if not written:
        raise Assessment.items.missing(assessment)
    return [(item, written.get(item.id) or _blank(assessment, item)) for item in items]


def _blank(assessment: Assessment, item: Item) -> ClusterItem:
    return ClusterItem(assessment.file, (*assessment.pointer, Assessment.items.key, item.id), {}, item.id)


def columns(line: ClusterItem) -> tuple[tuple[str, Condition], tuple[str, Condition]]:
    """Return both columns of a line, each with what a message calls it."""
    return (INITIAL, line.initial), (TARGET, line.target)


def faults_of(
    cluster: Cluster,
    items: Iterable[Item],
    of_answer: Callable[[Member, SelfAssessment], Iterable[Fault]],
    of_column: Callable[[Item, str, Condition], Fault | None],
) -> tuple[list[Fault], list[Missing | Unsound]]:
    """Ask every company's table, and both columns of some lines of the cluster's; what lacks an answer is unknown."""
    faults: list[Fault] = []
    unknown: list[Missing | Unsound] = [*cluster.inventory.unanswered]
    for member, answer in cluster.inventory.answers:
        try:
            faults.extend(of_answer(member, answer))
        except Missing as missing:
            unknown.append(missing)
    try:
        written = lines(cluster, items)
    except (Missing, Unsound) as cause:
        return faults, [*unknown, cause]
    for item, line in written:
        for column, condition in columns(line):
            try:
                fault = of_column(item, column, condition)
            except Missing as missing:
                unknown.append(missing)
                continue
            if fault is not None:
                faults.append(fault)
    return faults, unknown
