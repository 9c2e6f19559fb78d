"""Chapter KPI: the numbers of the schedule's rows (期中、期末預計達成數, 全程目標數), basic work items included."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from qunju.model.cluster import Cluster
from qunju.model.record import Missing
from qunju.model.schedule import Row
from qunju.regulation.clause import Clause
from qunju.regulation.limit import amount
from qunju.regulation.tally import Tally
from qunju.regulation.verdict import Level, Note, Quantity, Verdict


def totals_add_up(cluster: Cluster, clause: Clause) -> Verdict:
    """A stated total is 期中 and 期末 together, in every row, basic work items included.

    期末 is what the second half adds (CON-16); a total that is not stated is computed. Of what is a level, the end is
    the total and the midterm on the way to it: where they are not, that is worth a word, for nothing is added.
    """
    wrong: list[tuple[Row, Decimal]] = []
    notes: list[Note] = []
    unknown: list[Missing] = []
    for row in cluster.schedule.rows.values():
        try:
            total, added = row.maybe(Row.total), row.mid + row.final
            if row.is_level:
                notes.extend(_doubts_of_level(row, total))
            elif total is not None and added != total:
                wrong.append((row, total))
        except Missing as missing:
            unknown.append(missing)
    if wrong:
        words = "；".join(_addition(row, total) for row, total in wrong[:6])
        row, total = wrong[0]
        unit = row.maybe(Row.unit) or ""
        off = abs(row.mid + row.final - total)
        return clause.fails(
            f"{clause.title}：{words}。",
            *(row.place(Row.total) for row, _ in wrong),
            measured=Quantity(total, unit, amount(total, unit)),
            gap=Quantity(off, unit, f"差 {amount(off, unit)}"),
            notes=notes,
        )
    if unknown:
        return clause.unknown(*unknown)
    return clause.passes(f"{clause.title}：各列的全程目標數都對得上。", notes=notes)


def positive_targets(cluster: Cluster, clause: Clause) -> Verdict:
    """Every total is above zero, and no number below it, in every row (目標值為正).

    A level may be zero: where less is better that is a goal, and where more is better it is worth a word.
    """
    rows = tuple(cluster.schedule.rows.values())

    def is_positive(row: Row) -> bool:
        parts = [part for part in (row.maybe(Row.mid), row.maybe(Row.final)) if part is not None]
        return row.whole >= 0 if row.is_level else row.whole > 0 and all(part >= 0 for part in parts)

    zero = Tally.of(rows, lambda row: row.is_level and not row.is_downward and row.whole == 0)
    notes = [
        Note(Level.WARNING, f"{row.id} 越高越好，目標卻是 0，請確認。", (row.place(Row.total),))
        for row in rows
        if row.place() in zero.yes
    ]
    return clause.for_all(
        rows,
        is_positive,
        lambda row: f"{row.id} 的全程目標數是 {amount(row.whole, row.maybe(Row.unit) or '')}",
        place=lambda row: row.place(Row.total),
        notes=notes,
    )


def _doubts_of_level(row: Row, total: Decimal | None) -> Iterator[Note]:
    """Yield what is odd about the numbers of a row that is no sum."""
    if total is not None and row.final != total:
        words = f"{row.id} 是水準型，期末 {amount(row.final, '')} 應等於全程目標數 {amount(total, '')}。"
        yield Note(Level.WARNING, words, (row.place(Row.total),))
    falls_back = row.mid < row.final if row.is_downward else row.mid > row.final
    if falls_back:
        way = "越低越好，期中不應低於期末" if row.is_downward else "越高越好，期中不應高於期末"
        words = f"{row.id} {way}：期中 {amount(row.mid, '')}、期末 {amount(row.final, '')}。"
        yield Note(Level.WARNING, words, (row.place(Row.mid),))


def _addition(row: Row, total: Decimal) -> str:
    added = row.mid + row.final
    hint = "（期末欄填的是期中之後的增量，不是累計）" if row.final == total else ""
    return (
        f"{row.id} 期中 {amount(row.mid, '')}＋期末 {amount(row.final, '')}＝{amount(added, '')}，"
        f"您寫的全程目標數是 {amount(total, '')}，差 {amount(abs(added - total), '')}{hint}"
    )
