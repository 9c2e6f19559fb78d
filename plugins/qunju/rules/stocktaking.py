"""Chapter SLF: whether the cluster's table agrees with itself, with its companies' own tables, and with the plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from qunju.model.assessment import Assessment, ClusterItem, Condition
from qunju.model.cluster import Cluster
from qunju.model.plan import DigitalTool, DigitalTools
from qunju.model.record import Missing, Unsound
from qunju.regulation.clause import Clause
from qunju.regulation.exceptions import Fault, without_exception
from qunju.regulation.items import Item, columns, lines
from qunju.regulation.limit import Limit, amount
from qunju.regulation.tally import Tally
from qunju.regulation.verdict import Quantity, Verdict

_UNIT = "家"


def targets_not_lower(cluster: Cluster, clause: Clause) -> Verdict:
    """What the cluster has at first it has in the end too, and no fewer of it (目標不低於初始)."""
    faults, unknown = _each_line(cluster, clause, lambda _: True, _falls_back)
    return without_exception(clause, faults, unknown, passed="各項目標都不低於初始。")


def companies_in_range(cluster: Cluster, clause: Clause) -> Verdict:
    """家數 is at least one and at most all companies of the cluster where there is something, else none (家數範圍)."""
    roster = cluster.roster
    total = len(roster.everyone)
    if not total:
        return clause.not_applicable(message=f"{clause.title}：members/ 裡還沒有成員檔。")

    def wrong(item: Item, line: ClusterItem) -> Fault | None:
        for column, condition in columns(line):
            count = condition.maybe(Condition.count)
            if count is not None and count > total:
                words = f"{item.called}的{column}填 {amount(count, _UNIT)}，群聚只有 {amount(total, _UNIT)}"
            elif condition.has and condition.count < 1:
                words = f"{item.called}的{column}勾了有，卻填 0 家"
            elif not condition.has and count:
                words = f"{item.called}的{column}勾了無，卻填 {amount(count, _UNIT)}"
            elif count is not None and count > len(roster.companies):
                raise roster.lacking[0]
            else:
                continue
            return words, condition.place(Condition.count)
        return None

    faults, unknown = _each_line(cluster, clause, lambda item: item.counts_companies, wrong)
    return without_exception(clause, faults, unknown, passed=f"各項家數都在 1 至 {amount(total, _UNIT)}之間。")


def initial_counts(cluster: Cluster, clause: Clause) -> Verdict:
    """For each item that counts companies, 其他 aside, 提案初始情況 is as many as list it in their own tables (盤點).

    A company that has not answered may be one more. A number above that of all companies is SLF-10's to tell.
    """
    inventory, total = cluster.inventory, len(cluster.members)

    def wrong(item: Item, line: ClusterItem) -> Fault | None:
        least = inventory.count(item.member_item or "")
        stated = line.initial.count if line.initial.has else 0
        if least <= stated <= least + len(inventory.unanswered) or stated > total:
            return None
        told = f"填 {amount(stated, _UNIT)}" if line.initial.has else "勾無"
        words = f"{item.called}成員自評共 {amount(least, _UNIT)}有，群聚表初始{told}"
        field = Condition.count if line.initial.has else Condition.has
        return f"{words}，差 {amount(abs(stated - least), _UNIT)}", line.initial.place(field)

    def is_counted(item: Item) -> bool:
        return item.counts_companies and not item.is_other and item.member_item is not None

    faults, unknown = _each_line(cluster, clause, is_counted, wrong)
    return without_exception(
        clause, faults, [*unknown, *inventory.unanswered], passed="各項初始家數與成員自評的家數相同。"
    )


def environment_covered(cluster: Cluster, clause: Clause) -> Verdict:
    """What a company has of 環境擴散力 the cluster has at first; the reverse is not asked."""
    return _covered(cluster, clause, "E")


def organisation_covered(cluster: Cluster, clause: Clause) -> Verdict:
    """What a company has of 組織凝聚力 the cluster has at first, item by item as the two forms correspond (CON-07).

    Four items are the cluster's alone and have no counterpart.
    """
    return _covered(cluster, clause, "O")


def payment_borne_out(cluster: Cluster, clause: Clause) -> Verdict:
    """As many companies as are to take mobile payment are to have 多元支付, of which it is one kind (互證)."""
    (name,) = (row["cluster_item"] for row in clause.programme.facts["basic_rows"].values() if "cluster_item" in row)
    item, tally = clause.programme.cluster_items[name], Tally.of(cluster.members, lambda one: one.mobile_pay.target)
    line = cluster.assessment.items.get(name)
    if line is None:
        raise Missing(cluster.assessment.place(Assessment.items).at(name), name, "missing")
    target = line.target
    stated = target.count if target.has else 0
    needed = Limit("at_least", tally.low, _UNIT)
    limited = replace(clause, limit=needed)
    words = f"預計可收行動支付的成員 {amount(tally.low, _UNIT)}，{item.called}的目標 {amount(stated, _UNIT)}"
    measured = Quantity(stated, _UNIT, amount(stated, _UNIT))
    if stated < tally.low:
        off = tally.low - stated
        gap = Quantity(off, _UNIT, f"少 {amount(off, _UNIT)}")
        place = target.place(Condition.count if target.has else Condition.has)
        return limited.fails(f"{clause.title}：{words}，{gap.text}。", place, measured=measured, gap=gap)
    if stated < tally.high:
        return clause.unknown(*tally.unknown)
    return limited.passes(f"{clause.title}：{words}。", measured=measured)


def tools_mapped(cluster: Cluster, clause: Clause) -> Verdict:
    """Every tool that the cluster will use names the item of its table that it serves (對應自評項目)."""
    faults: list[Fault] = []
    unknown: list[Missing | Unsound] = []
    tools = cluster.plan.digital_tools
    for field in (DigitalTools.marketing, DigitalTools.management):
        try:
            for tool in field.of(tools):
                if tool.maybe(DigitalTool.sa_item) is None:
                    name = tool.maybe(DigitalTool.name) or f"第 {int(tool.pointer[-1]) + 1} 列"
                    faults.append((f"「{name}」沒有寫對應的自評項目", tool.place(DigitalTool.sa_item)))
        except Missing as missing:
            unknown.append(missing)
    return without_exception(clause, faults, unknown, passed="每個數位工具都對到自評項目。")


def _each_line(
    cluster: Cluster,
    clause: Clause,
    is_asked: Callable[[Item], bool],
    wrong: Callable[[Item, ClusterItem], Fault | None],
) -> tuple[list[Fault], list[Missing | Unsound]]:
    """Ask each line of the cluster's table of some items; what lacks an answer is unknown, a line not written too."""
    faults: list[Fault] = []
    unknown: list[Missing | Unsound] = []
    asked = (item for item in clause.programme.cluster_items.values() if is_asked(item))
    for item, line in lines(cluster, asked):
        try:
            fault = wrong(item, line)
        except (Missing, Unsound) as cause:
            unknown.append(cause.with_traceback(None))
            continue
        if fault is not None:
            faults.append(fault)
    return faults, unknown


def _falls_back(item: Item, line: ClusterItem) -> Fault | None:
    initial, target = line.initial, line.target
    if not initial.has:
        return None
    if not target.has:
        return f"{item.called}初始有而目標無", target.place(Condition.has)
    before, after = initial.maybe(Condition.count), target.maybe(Condition.count)
    if before is None and after is None and not item.counts_companies:
        return None
    if initial.count > target.count:
        return f"{item.called}初始 {initial.count}，目標 {target.count}", target.place(Condition.count)
    return None


def _covered(cluster: Cluster, clause: Clause, aspect: str) -> Verdict:
    """Demand 有 of the cluster where a company of its has the corresponding item."""
    inventory = cluster.inventory

    def wrong(item: Item, line: ClusterItem) -> Fault | None:
        count = inventory.count(item.member_item or "")
        if not count and not inventory.unanswered:
            return None
        if line.initial.has:
            return None
        if not count:
            raise inventory.unanswered[0]
        words = f"{item.called}有 {amount(count, _UNIT)}成員勾有，群聚表初始卻是無"
        return words, line.initial.place(Condition.has)

    def is_asked(item: Item) -> bool:
        return item.aspect == aspect and item.member_item is not None

    faults, unknown = _each_line(cluster, clause, is_asked, wrong)
    return without_exception(clause, faults, unknown, passed="成員有的項目，群聚表初始也是有。")
