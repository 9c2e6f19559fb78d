"""經費明細表: what its lines cost, what its accounts come to, and which rows of the other tables they make (BUD)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qunju.model.budget import Line, OtherAllocation, Table1, Table2, Table3
from qunju.model.cluster import Cluster
from qunju.model.identity import name_key
from qunju.model.lines import called, lines_of, salary_lines
from qunju.model.record import Missing
from qunju.model.tables import OPERATIONS, Tables
from qunju.regulation.clause import Clause
from qunju.regulation.figures import Figure, addition, agree, difference, money, sheets_of
from qunju.regulation.limit import amount
from qunju.regulation.verdict import Verdict
from qunju.regulation.wording import alias_key, wording_key
from qunju.schema.wording import nearest, shown
from qunju.source.place import Place


def line_amounts(cluster: Cluster, clause: Clause) -> Verdict:
    """A stated amount (輔導經費) is the price times every quantity (計費方式), to within less than the limit (CON-37).

    41,111×1.5 is 61,666.5: 61,666 and 61,667 pass, 61,668 does not.
    """
    wrong: list[Line] = []
    unknown: list[Missing] = []
    lines = lines_of(cluster.budget)
    for line in lines:
        try:
            distance = abs(line.cost - line.exact_amount)
        except Missing as missing:
            unknown.append(missing)
            continue
        if line.maybe(Line.amount) is not None and not clause.number_limit.holds(distance):
            wrong.append(line)
    if wrong:
        words = "；".join(f"{called(line)}{_product(line)}，您寫的輔導經費是 {line.cost:,} 元" for line in wrong[:6])
        off = wrong[0].cost - wrong[0].exact_amount
        return clause.fails(
            f"{clause.title}：{words}，{difference(off).text}。",
            *(line.place(Line.amount) for line in wrong),
            measured=money(wrong[0].cost),
            gap=difference(off),
        )
    words = f"{len(lines)} 列的金額皆由計費方式得出"
    return clause.unknown(*unknown) if unknown else clause.passes(f"{clause.title}：{words}。")


def account_sums(cluster: Cluster, clause: Clause) -> Verdict:
    """A stated account (二級科目額) is the sum of its lines; an account without lines comes to nothing."""
    stated = cluster.budget.t3.maybe(Table3.accounts) or {}
    names = tuple(stated or _computed(cluster, clause).accounts)
    lines: dict[str, list[Line]] = {}
    for line in lines_of(cluster.budget):
        lines.setdefault(name_key(line.account), []).append(line)
    place = cluster.budget.t3.place(Table3.accounts)
    return agree(clause, *(_account(name, lines.get(name_key(name), []), stated.get(name), place) for name in names))


def operations_sum(cluster: Cluster, clause: Clause) -> Verdict:
    """其他業務費 is the sum of the accounts from 鐘點費 to 其他: without 租金, say, it is wrong."""
    computed, t3 = _computed(cluster, clause), cluster.budget.t3
    elsewhere = {name for name, entry in clause.programme.facts["accounts"].items() if entry["sum"] != OPERATIONS}
    parts = [(name.rpartition("/")[2], cost) for name, cost in computed.accounts.items() if name not in elsewhere]
    stated = t3.maybe(Table3.operations)
    return agree(clause, Figure(t3.place(Table3.operations), stated, computed.operations, addition(parts)))


def other_direct_sum(cluster: Cluster, clause: Clause) -> Verdict:
    """其他直接費用 is 旅運費 and 其他業務費."""
    return agree(clause, _other_direct(cluster, _computed(cluster, clause)))


def direct_salary_sum(cluster: Cluster, clause: Clause) -> Verdict:
    """直接薪資 is the sum of the lines of 專任研究人員: nothing, where all of the staff are unpaid."""
    return agree(clause, _direct_salary(cluster, clause, _computed(cluster, clause)))


def t1_matches_t3(cluster: Cluster, clause: Clause) -> Verdict:
    """直接薪資 and 其他直接費用 of 總預算表 are those of 經費明細表."""
    computed = _computed(cluster, clause)
    return agree(clause, _direct_salary(cluster, clause, computed), _other_direct(cluster, computed))


def allocation_categories(cluster: Cluster, clause: Clause) -> Verdict:
    """Every line goes to a row that 經費運用分配表 has (運用類別), or to 其他 under a name of one's own.

    The rows that the form prints are always there, if only with nothing.
    """
    programme = clause.programme
    words = programme.vocabulary("allocations")
    keys = {wording_key(programme, word) for word in words}

    def is_listed(line: Line) -> bool:
        return any(
            alias_key(programme, "allocations", word) in keys
            for word in (line.allocation, line.allocation.partition("/")[0])
        )

    def wrong(line: Line) -> str:
        meant = nearest(line.allocation, words)
        return f"{called(line)}分配到表列所無的{shown(line.allocation)}" + (f"，可能是「{meant}」" if meant else "")

    return clause.for_all(lines_of(cluster.budget), is_listed, wrong, place=lambda line: line.place(Line.allocation))


def allocation_sums(cluster: Cluster, clause: Clause) -> Verdict:
    """Every line says which row of 經費運用分配表 it goes to, and a stated row is the sum of its lines.

    Rows of 其他 are compared together, and one by one where lines bear the same name.
    """
    lacking = [line for line in lines_of(cluster.budget) if line.maybe(Line.allocation) is None]
    if lacking:
        words = "、".join(called(line) for line in lacking[:6])
        return clause.fails(
            f"{clause.title}：{words}尚未標明分配到哪一類。", *(line.place(Line.allocation) for line in lacking)
        )
    computed, t2, label = _computed(cluster, clause), cluster.budget.t2, clause.programme.form.label
    figures = [
        Figure(t2.place().at(row), t2.stated.get(row), value, f"{label(t2.place().at(row))}各列合計 {value:,} 元")
        for row, value in computed.allocated.items()
    ]
    return agree(clause, *figures, *_named_others(t2, computed))


def _computed(cluster: Cluster, clause: Clause) -> Tables:
    return sheets_of(cluster.budget, clause.programme).computed


def _by_item(lines: Iterable[Line]) -> str:
    return addition((line.item, line.cost) for line in lines)


def _account(name: str, lines: list[Line], stated: int | None, table: Place) -> Figure:
    return Figure(table.at(name), stated, sum(line.cost for line in lines), f"「{name}」{_by_item(lines)}")


def _direct_salary(cluster: Cluster, clause: Clause, computed: Tables) -> Figure:
    t1 = cluster.budget.t1
    words = _by_item(salary_lines(cluster.budget, clause.programme.facts))
    stated = t1.maybe(Table1.direct_salary)
    return Figure(t1.place(Table1.direct_salary), stated, computed.direct_salary, f"專任研究人員 {words}")


def _other_direct(cluster: Cluster, computed: Tables) -> Figure:
    t1 = cluster.budget.t1
    words = addition((("旅運費", computed.travel), ("其他業務費", computed.operations)))
    return Figure(t1.place(Table1.other_direct), t1.maybe(Table1.other_direct), computed.other_direct, words)


def _named_others(t2: Table2, computed: Tables) -> Iterator[Figure]:
    for row in t2.maybe(Table2.other) or ():
        name = row.maybe(OtherAllocation.label)
        if name is not None and name in computed.others:
            value = computed.others[name]
            words = f"「其他/{name}」各列合計 {value:,} 元"
            yield Figure(row.place(OtherAllocation.amount), row.maybe(OtherAllocation.amount), value, words)


def _product(line: Line) -> str:
    """Return how a line is charged, as the form prints it: 2,000 元×2 時×3 場＝12,000 元."""
    factors = [
        f"{line.unit_price:,} 元",
        *(amount(each.value, each.maybe(type(each).unit) or "") for each in line.quantities),
    ]
    return f" {'×'.join(factors)}＝{amount(line.exact_amount, '元')}"
