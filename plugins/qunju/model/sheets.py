"""The three tables of 經費需求 as a proposal reads: a figure that it states stands, any other is computed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, TypeAlias

from qunju.model.budget import Budget, Table1, Table2, Table3
from qunju.model.lines import lines_of
from qunju.model.tables import Tables

Table: TypeAlias = Table1 | Table2 | Table3

_T1_ROWS = frozenset({"direct_salary", "other_direct", "tax", "total"})


class Sheets:
    """總預算表 (t1), 經費運用分配表 (t2) and the totals of all three, in NT$.

    A figure raises `Missing` only where it is not stated and the lines do not give it.
    """

    def __init__(self, budget: Budget, facts: Mapping[str, Any]) -> None:
        self.budget = budget
        self.vat_pct: int = facts["budget"]["vat_pct"]
        self._facts = facts

    @cached_property
    def computed(self) -> Tables:
        """What the lines add up to; raises `Missing` for a budget without lines."""
        lines_of(self.budget)
        return Tables.of(self.budget, self._facts)

    @cached_property
    def tax(self) -> int:
        """營業稅: a stated one that is the exact tax rounded up or down (CON-37 prescribes neither), else ours."""
        exact = self.vat_pct * self.computed.pretax
        rounded = (exact // 100, -(-exact // 100))
        stated = (self.budget.t1.maybe(Table1.tax), self.budget.t2.maybe(Table2.tax), self.budget.t3.maybe(Table3.tax))
        return next((tax for tax in stated if tax in rounded and tax is not None), self.computed.tax)

    @cached_property
    def total(self) -> int:
        """What the lines come to, tax included."""
        return self.computed.pretax + self.tax

    @cached_property
    def direct_salary(self) -> int:
        """直接薪資 of 總預算表."""
        stated = self.budget.t1.maybe(Table1.direct_salary)
        return self.computed.direct_salary if stated is None else stated

    @cached_property
    def other_direct(self) -> int:
        """其他直接費用 of 總預算表."""
        stated = self.budget.t1.maybe(Table1.other_direct)
        return self.computed.other_direct if stated is None else stated

    def tax_of(self, table: Table) -> int:
        """Return the 營業稅 of a table."""
        stated = table.maybe(type(table).tax)
        return self.tax if stated is None else stated

    def total_of(self, table: Table) -> int:
        """Return the total of a table."""
        stated = table.maybe(type(table).total)
        return self.total if stated is None else stated

    @cached_property
    def t1(self) -> Mapping[str, int]:
        """總預算表 by row, `tax` and `total` among them."""
        stated = self.budget.t1.stated
        if stated.keys() >= _T1_ROWS:
            return stated
        return {**self.computed.t1, "tax": self.tax, "total": self.total, **stated}

    @cached_property
    def t2(self) -> Mapping[str, int]:
        """經費運用分配表 by row, `tax` and `total` among them."""
        stated = self.budget.t2.stated
        if stated.keys() >= {"tax", "total", *(entry["field"] for entry in self._facts["allocations"].values())}:
            return stated
        return {**self.computed.t2, "tax": self.tax, "total": self.total, **stated}
