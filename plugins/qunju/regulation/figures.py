"""Amounts of money in verdicts: how they are worded, and what is said of one that does not agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from qunju.model.budget import Budget
from qunju.model.sheets import Sheets
from qunju.regulation.clause import Clause
from qunju.regulation.limit import amount
from qunju.regulation.programme import Programme
from qunju.regulation.verdict import Quantity, Verdict
from qunju.source.place import Place

_MOST_SUMMANDS = 8
"""More than these are not spelt out: nobody follows a longer addition in a sentence."""

_MOST_FIGURES = 3
"""When nothing is wrong, no more than these are spelt out."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount in NT$ that a proposal may state, and what it comes to by the lines; `addition` shows how."""

    place: Place
    stated: int | None
    computed: int
    addition: str


@lru_cache(maxsize=1)
def sheets_of(budget: Budget, programme: Programme) -> Sheets:
    """Return a budget's tables by a programme year, once for all clauses that read them: a budget never changes."""
    return Sheets(budget, programme.facts)


def money(value: int) -> Quantity:
    """Return an amount in NT$."""
    return Quantity(value, "元", amount(value, "元"))


def difference(value: int | Decimal) -> Quantity:
    """Return by how many NT$ something is off."""
    off = max(value, -value)
    return Quantity(off, "元", f"差 {amount(off, '元')}")


def addition(parts: Iterable[tuple[str, int]]) -> str:
    """Return a sum as it is worked out on paper: 甲 1＋乙 2＝3 元."""
    summands = [(name, value) for name, value in parts if value]
    whole = f"{sum(value for _, value in summands):,} 元"
    if not summands:
        return f"合計 {whole}"
    if len(summands) == 1:
        return f"{summands[0][0]} {whole}"
    if len(summands) > _MOST_SUMMANDS:
        return f"{len(summands)} 項合計 {whole}"
    return f"{'＋'.join(f'{name} {value:,}' for name, value in summands)}＝{whole}"


def agree(clause: Clause, *figures: Figure) -> Verdict:
    """Demand of every figure that is stated that it is what the lines come to."""
    label = clause.programme.form.label
    wrong = [
        (figure, figure.stated) for figure in figures if figure.stated is not None and figure.stated != figure.computed
    ]
    if not wrong:
        few = len(figures) <= _MOST_FIGURES
        words = "；".join(figure.addition for figure in figures) if few else f"{len(figures)} 項金額皆由明細算出"
        return clause.passes(f"{clause.title}：{words}。", measured=money(figures[0].computed))
    words = "；".join(
        f"{figure.addition}，您寫的{label(figure.place)}是 {stated:,} 元，{difference(stated - figure.computed).text}"
        for figure, stated in wrong[:_MOST_FIGURES]
    )
    first, stated = wrong[0]
    return clause.fails(
        f"{clause.title}：{words}。",
        *(figure.place for figure, _ in wrong),
        measured=money(stated),
        gap=difference(stated - first.computed),
    )
