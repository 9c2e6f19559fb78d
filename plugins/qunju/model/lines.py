"""The lines of 經費明細表, as rules and messages speak of them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from math import prod
from typing import Any

from qunju.model.budget import Budget, Line
from qunju.model.record import Missing


def lines_of(budget: Budget) -> tuple[Line, ...]:
    """Return the lines of a budget; without any it is not filled in, and `Missing` is raised."""
    if not budget.lines:
        raise Missing(budget.place(Budget.lines), Budget.lines.key, "missing")
    return budget.lines


def called(line: Line) -> str:
    """Return what a message calls a line: its number in the list, from 1, and its 工作項目."""
    number = int(line.pointer[-1]) + 1
    item = line.maybe(Line.item)
    return f"第 {number} 列" if item is None else f"第 {number} 列「{item}」"


def salary_lines(budget: Budget, facts: Mapping[str, Any]) -> tuple[Line, ...]:
    """Return the lines of 直接薪資, by the chart of accounts of a programme year."""
    return tuple(line for line in lines_of(budget) if is_salary(line, facts))


def is_salary(line: Line, facts: Mapping[str, Any]) -> bool:
    """Tell whether a line is one of 直接薪資, by the chart of accounts of a programme year."""
    return bool(facts["accounts"].get(line.account, {}).get("sum") == "direct_salary")


def quantity_of(line: Line) -> Decimal:
    """Return the product of a line's quantities; raise `Missing` where it has none."""
    if not line.quantities:
        raise Missing(line.place(Line.quantities), Line.quantities.key, "missing")
    return prod((quantity.value for quantity in line.quantities), start=Decimal(1))
