"""總預算表 and 經費運用分配表: sums, tax, shares and totals, and that the three tables say the same (BUD)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from qunju.model.budget import Budget, Line, Table1, Table2
from qunju.model.cluster import Cluster
from qunju.model.profile import Summary
from qunju.model.record import Missing
from qunju.model.sheets import Sheets, Table
from qunju.model.tables import share_of, tax_on
from qunju.regulation.clause import Clause
from qunju.regulation.figures import addition, difference, money, sheets_of
from qunju.regulation.limit import Limit, amount
from qunju.regulation.verdict import Quantity, Status, Verdict
from qunju.source.place import Place

TOTAL = "total"
TAX = "tax"


def total(cluster: Cluster, clause: Clause) -> Verdict:
    """The total with tax (輔導經費) is within the ceiling: what the lines come to, and every total that is stated.

    1,000,000 passes, 1,000,001 fails. Nothing that a line still lacks can lower the total, so lines that exceed the
    ceiling without it fail already.
    """
    sheets = _sheets(cluster, clause)
    costs, unknown = _costs(sheets.budget)
    totals = [(value, place) for place, value in _stated_totals(cluster) if value is not None]
    lines = sheets.budget.place(Budget.lines)
    if costs:
        totals.append((sum(costs) + tax_on(sum(costs), sheets.vat_pct) if unknown else sheets.total, lines))
    if not totals:
        return clause.unknown(*unknown)
    highest, place = max(totals, key=lambda found: found[0])
    verdict = clause.compare_value(highest, place)
    if unknown and verdict.status is not Status.FAIL:
        return clause.unknown(*unknown)
    if place != lines:
        words = f"{_table(clause, place)}的{clause.programme.form.label(place)}"
    elif unknown:
        words = f"還有 {len(unknown)} 列未計"
    else:
        words = _addition(clause, sheets.budget.t1, {**sheets.computed.t1, TAX: sheets.tax})
    return replace(verdict, message=f"{verdict.message.removesuffix('。')}（{words}）。")


def vat(cluster: Cluster, clause: Clause) -> Verdict:
    """The tax (營業稅) is five per cent of 直接薪資 and 其他直接費用, in whichever table it is stated.

    It may differ from the exact tax by less than the limit, for no rounding is prescribed (CON-37): of 952,381 both
    47,619 and 47,620 pass, 47,618 does not. Rounding half up cannot produce every total, so none is asked for.
    """
    sheets = _sheets(cluster, clause)
    pretax = sheets.direct_salary + sheets.other_direct
    exact = Decimal(sheets.vat_pct * pretax).scaleb(-2)
    rounded = tax_on(pretax, sheets.vat_pct)
    tables: tuple[Table, ...] = (sheets.budget.t1, sheets.budget.t2, sheets.budget.t3)
    stated = [(tax, table.place().at(TAX)) for table in tables if (tax := table.maybe(type(table).tax)) is not None]
    wrong = [(tax, place) for tax, place in stated if not clause.number_limit.holds(abs(tax - exact))]
    words = f"（直接薪資＋其他直接費用）{pretax:,}×{sheets.vat_pct}%＝{amount(exact, '元')}"
    if not wrong:
        return clause.passes(f"{clause.title}：{words}。", measured=money(stated[0][0] if stated else rounded))
    tax = wrong[0][0]
    return clause.fails(
        f"{clause.title}：{words}，您寫的營業稅是 {tax:,} 元，{difference(tax - exact).text}。",
        *(place for _, place in wrong),
        measured=money(tax),
        gap=difference(tax - exact),
    )


def vat_share(cluster: Cluster, clause: Clause) -> Verdict:
    """The tax is that share of the total which the form prints (4.76%, 5/105 in two decimals and no tax rate).

    From a total of `budget.vat_share_from` on, every tax that the rule on the tax allows rounds to it; below that the
    share is not judged. A stated share may differ from the exact one by less than the rule on shares allows.
    """
    sheets = _sheets(cluster, clause)
    if sheets.t1[TOTAL] < clause.programme.facts["budget"]["vat_share_from"]:
        return clause.not_applicable(message=f"{clause.title}：總額太小，稅額占比不作判定。")
    allowed = clause.programme.clauses[clause.uses[0]].number_limit
    for table in (sheets.budget.t1, sheets.budget.t2):
        tax, whole = sheets.tax_of(table), sheets.total_of(table)
        share, printed = share_of(tax, whole), clause.number_limit
        if not printed.holds(share):
            off = _points(abs(share - printed.bound))
            return clause.fails(
                f"{clause.title}：{tax:,}÷{whole:,}＝{share}%，{printed.quantity.text}，{off.text}。",
                table.place().at(TAX),
                measured=Quantity(share, "%", f"{share}%"),
                gap=off,
            )
        stated = table.share.stated.get(TAX)
        if stated is not None and not _is_share(stated, tax, whole, allowed):
            return _wrong_shares(clause, table, {TAX: stated}, {TAX: tax, TOTAL: whole})
    return clause.compare_value(share_of(sheets.t1[TAX], sheets.t1[TOTAL]))


def t1_sum(cluster: Cluster, clause: Clause) -> Verdict:
    """直接薪資, 其他直接費用 and 營業稅 add up to the total of 總預算表; one NT$ off fails."""
    sheets = _sheets(cluster, clause)
    return _adds_up(clause, sheets.budget.t1, sheets.t1)


def t1_shares(cluster: Cluster, clause: Clause) -> Verdict:
    """The stated shares (占總經費%) of 總預算表 are those of its amounts, and the total's is 100.00.

    Each may differ by less than the limit, whether to make the column 100.00 or not (CON-37), and all together by as
    much for each row: 11.90, 83.33 and 4.76 pass, and so does 83.34 for 83.3333.
    """
    sheets = _sheets(cluster, clause)
    return _shares_fit(clause, sheets.budget.t1, sheets.t1)


def t2_sum(cluster: Cluster, clause: Clause) -> Verdict:
    """The rows of 經費運用分配表 and 營業稅 add up to its total; one NT$ off fails."""
    sheets = _sheets(cluster, clause)
    return _adds_up(clause, sheets.budget.t2, sheets.t2)


def t2_shares(cluster: Cluster, clause: Clause) -> Verdict:
    """The stated shares (占總經費%) of 經費運用分配表 are those of its amounts, within the same limit as 總預算表."""
    sheets = _sheets(cluster, clause)
    return _shares_fit(clause, sheets.budget.t2, sheets.t2)


def same_vat(cluster: Cluster, clause: Clause) -> Verdict:
    """營業稅 is the same in the three tables; where a table does not state it, the lines give it."""
    sheets = _sheets(cluster, clause)
    tables: tuple[Table, ...] = (sheets.budget.t1, sheets.budget.t2, sheets.budget.t3)
    stated = [(table.place().at(TAX), table.maybe(type(table).tax)) for table in tables]
    return _all_same(clause, stated, lambda: sheets.tax)


def same_total(cluster: Cluster, clause: Clause) -> Verdict:
    """The totals of the three tables are 提案經費(含稅) of the summary; where one is not stated, the lines give it."""
    sheets = _sheets(cluster, clause)
    return _all_same(clause, _stated_totals(cluster), lambda: sheets.total)


def personnel_covers_salary(cluster: Cluster, clause: Clause) -> Verdict:
    """人力費 of 經費運用分配表 is at least 直接薪資 of 總預算表, for it covers lecturers and partners besides."""
    sheets = _sheets(cluster, clause)
    stated = sheets.budget.t2.maybe(Table2.personnel)
    personnel = sheets.computed.allocated["personnel"] if stated is None else stated
    place = sheets.budget.place(Budget.lines) if stated is None else sheets.budget.t2.place(Table2.personnel)
    return clause.compare_value(personnel, place, limit=Limit("at_least", sheets.direct_salary, "元"))


def _sheets(cluster: Cluster, clause: Clause) -> Sheets:
    return sheets_of(cluster.budget, clause.programme)


def _costs(budget: Budget) -> tuple[list[int], list[Missing]]:
    """Return what the lines cost, and what is lacking to know it of the others."""
    costs: list[int] = []
    unknown: list[Missing] = []
    lines: tuple[Line, ...] = budget.maybe(Budget.lines) or ()
    for line in lines:
        try:
            costs.append(line.cost)
        except Missing as missing:
            unknown.append(missing)
    if not lines:
        unknown.append(Missing(budget.place(Budget.lines), Budget.lines.key, "missing"))
    return costs, unknown


def _stated_totals(cluster: Cluster) -> list[tuple[Place, int | None]]:
    budget, summary = cluster.budget, cluster.profile.summary
    tables: tuple[Table, ...] = (budget.t1, budget.t2, budget.t3)
    return [
        (summary.place(Summary.budget_total), summary.maybe(Summary.budget_total)),
        *((table.place().at(TOTAL), table.maybe(type(table).total)) for table in tables),
    ]


def _addition(clause: Clause, table: Table, rows: Mapping[str, int]) -> str:
    label = clause.programme.form.label
    return addition((label(table.place().at(row)), rows[row]) for row in rows if row != TOTAL)


def _adds_up(clause: Clause, table: Table1 | Table2, rows: Mapping[str, int]) -> Verdict:
    """Demand that the rows of a table add up to its total."""
    found = sum(rows[row] for row in rows if row != TOTAL)
    words = _addition(clause, table, rows)
    if found == rows[TOTAL]:
        return clause.passes(f"{clause.title}：{words}。", measured=money(found))
    label = clause.programme.form.label(table.place().at(TOTAL))
    return clause.fails(
        f"{clause.title}：{words}，{label}卻是 {rows[TOTAL]:,} 元，{difference(found - rows[TOTAL]).text}。",
        *(table.place().at(row) for row in (TOTAL, *table.stated) if row in table.stated),
        measured=money(found),
        gap=difference(found - rows[TOTAL]),
    )


def _shares_fit(clause: Clause, table: Table1 | Table2, rows: Mapping[str, int]) -> Verdict:
    """Demand that stated shares are those of the rows; a budget of nothing has none."""
    whole, allowed, stated = rows[TOTAL], clause.number_limit, table.share.stated
    if not whole:
        return clause.not_applicable(message=f"{clause.title}：總額為 0，沒有占比。")
    wrong = {row: share for row, share in stated.items() if not _is_share(share, rows[row], whole, allowed)}
    if stated.get(TOTAL, Decimal(100)) != Decimal(100):
        wrong[TOTAL] = stated[TOTAL]
    if wrong:
        return _wrong_shares(clause, table, wrong, rows)
    parts = rows.keys() - {TOTAL}
    column = sum((stated[row] for row in parts & stated.keys()), Decimal(0))
    if parts <= stated.keys() and abs(column - 100) > allowed.bound * len(parts):
        return clause.fails(
            f"{clause.title}：各列占比合計 {amount(column, '%')}，與 100.00% 的差距不是進位所能造成。",
            table.share.place(),
            measured=Quantity(column, "%", amount(column, "%")),
            gap=_points(abs(column - 100)),
        )
    label = clause.programme.form.label
    words = "、".join(f"{label(table.place().at(row))} {share_of(rows[row], whole)}%" for row in rows if row != TOTAL)
    return clause.passes(f"{clause.title}：{words}。")


def _is_share(share: Decimal, part: int, whole: int, allowed: Limit) -> bool:
    """Tell whether a share in per cent is that of a part, to within what is allowed. Compared crosswise, exactly."""
    return replace(allowed, bound=allowed.bound * whole).holds(abs(share * whole - 100 * part))


def _wrong_shares(
    clause: Clause, table: Table1 | Table2, wrong: Mapping[str, Decimal], rows: Mapping[str, int]
) -> Verdict:
    label, whole = clause.programme.form.label, rows[TOTAL]
    words = "；".join(
        f"{label(table.place().at(row))} {rows[row]:,}÷{whole:,}＝{share_of(rows[row], whole)}%，您寫的是 {share}%"
        for row, share in wrong.items()
    )
    row, share = next(iter(wrong.items()))
    return clause.fails(
        f"{clause.title}：{words}。",
        *(table.share.place().at(row) for row in wrong),
        measured=Quantity(share, "%", f"{share}%"),
        gap=_points(abs(share - share_of(rows[row], whole))),
    )


def _points(value: Decimal) -> Quantity:
    """Return by how many percentage points a share is off."""
    return Quantity(value, "個百分點", f"差 {amount(value, '個百分點')}")


def _all_same(clause: Clause, stated: Sequence[tuple[Place, int | None]], computed: Callable[[], int]) -> Verdict:
    """Demand that figures are one and the same; those that contradict each other fail whatever the lines still lack."""
    written = [(place, value) for place, value in stated if value is not None]
    values = Counter(value for _, value in written)
    by_lines = None
    if len(written) < len(stated) and (len(values) <= 1 or _is_known(computed)):
        by_lines = computed()
        values[by_lines] += len(stated) - len(written)
    if len(values) == 1:
        return clause.passes(f"{clause.title}：皆為 {next(iter(values)):,} 元。", measured=money(next(iter(values))))
    label = clause.programme.form.label
    odd = sorted(written, key=lambda figure: values[figure[1]])
    words = [f"{_table(clause, place)}的{label(place)} {value:,} 元" for place, value in written]
    if by_lines is not None:
        words.append(f"由明細算出 {by_lines:,} 元")
    off = difference(max(values) - min(values))
    return clause.fails(
        f"{clause.title}：{'，'.join(words)}，{off.text}。",
        *(place for place, _ in odd),
        measured=money(odd[0][1]),
        gap=off,
    )


def _is_known(figure: Callable[[], int]) -> bool:
    try:
        figure()
    except Missing:
        return False
    return True


def _table(clause: Clause, place: Place) -> str:
    """Return what the table of a figure is called."""
    return clause.programme.form.label(Place(place.path, place.pointer[:-1]))
