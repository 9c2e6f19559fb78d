"""The three tables of 經費需求, computed from the lines of budget.yml by a year's chart of accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any, Self

from qunju.model.budget import Budget, Line

OTHER = "other"
"""The row of 經費運用分配表 for what no other row names."""
OPERATIONS = "operations"
"""其他業務費: the total for what no other total names, so that no line is ever left out of the budget."""


class Tables:
    """總預算表 (t1), 經費運用分配表 (t2) and the sums of 經費明細表, in NT$.

    Each figure is computed when it is asked for, and raises `Missing` for what its lines lack.
    """

    def __init__(
        self, lines: tuple[Line, ...], *, sums: Mapping[str, str], rows: Mapping[str, str], vat_pct: int
    ) -> None:
        self._lines = lines
        self._sums = sums
        self._rows = rows
        self._vat_pct = vat_pct

    @classmethod
    def of(cls, budget: Budget, facts: Mapping[str, Any]) -> Self:
        """Compute a budget's tables by the facts of its programme year (accounts, allocations, budget.vat_pct)."""
        rows = {allocation: entry["field"] for allocation, entry in facts["allocations"].items()}
        aliases = facts.get("aliases", {}).get("allocations", {})
        return cls(
            budget.lines,
            sums={account: entry["sum"] for account, entry in facts["accounts"].items()},
            rows={**rows, **{alias: rows[meant] for alias, meant in aliases.items()}},
            vat_pct=facts["budget"]["vat_pct"],
        )

    @cached_property
    def accounts(self) -> Mapping[str, int]:
        """二級科目額 by account (一級/二級), in the order of the lines."""
        return _add_up(self._lines, lambda line: line.account)

    @cached_property
    def direct_salary(self) -> int:
        """直接薪資."""
        return self._sum("direct_salary")

    @cached_property
    def travel(self) -> int:
        """旅運費."""
        return self._sum("travel")

    @cached_property
    def operations(self) -> int:
        """其他業務費."""
        return self._sum(OPERATIONS)

    @cached_property
    def other_direct(self) -> int:
        """其他直接費用."""
        return self.travel + self.operations

    @cached_property
    def pretax(self) -> int:
        """What the tax is on: 直接薪資 + 其他直接費用."""
        return self.direct_salary + self.other_direct

    @cached_property
    def tax(self) -> int:
        """營業稅, rounded half up to NT$."""
        return tax_on(self.pretax, self._vat_pct)

    @cached_property
    def total(self) -> int:
        """總計, tax included."""
        return self.pretax + self.tax

    @cached_property
    def t1(self) -> Mapping[str, int]:
        """總預算表 by row."""
        return {
            "direct_salary": self.direct_salary,
            "other_direct": self.other_direct,
            "tax": self.tax,
            "total": self.total,
        }

    @cached_property
    def allocated(self) -> Mapping[str, int]:
        """The rows of 經費運用分配表 that come from the lines, all of them, without tax and total."""
        found = _add_up(self._lines, lambda line: self._row(line.allocation))
        return MappingProxyType({row: found.get(row, 0) for row in self._rows.values()})

    @cached_property
    def others(self) -> Mapping[str, int]:
        """The rows of 其他(可自行增列) by label; a line without one is under 其他 itself."""
        lines = (line for line in self._lines if self._row(line.allocation) == OTHER)
        return _add_up(lines, lambda line: line.allocation.rpartition("/")[2])

    @cached_property
    def t2(self) -> Mapping[str, int]:
        """經費運用分配表 by row."""
        return {**self.allocated, "tax": self.tax, "total": self.total}

    def shares(self, table: Mapping[str, int]) -> Mapping[str, Decimal]:
        """Return 占總經費% of each row of a table."""
        return {row: share_of(amount, self.total) for row, amount in table.items()}

    def _sum(self, name: str) -> int:
        return sum(line.cost for line in self._lines if self._sums.get(line.account, OPERATIONS) == name)

    def _row(self, allocation: str) -> str:
        """Return the row of an allocation, looked up whole first: the long name of 人力費 has strokes in it."""
        return self._rows.get(allocation) or self._rows.get(allocation.partition("/")[0], OTHER)


def tax_on(pretax: int, vat_pct: int) -> int:
    """Return the 營業稅 on an amount in NT$, rounded half up (BUD-02)."""
    return (vat_pct * pretax + 50) // 100


def share_of(amount: int, total: int) -> Decimal:
    """Return an amount in per cent of the total, rounded half up to two decimals; nothing of nothing is 0.00."""
    hundredths = (2 * 10_000 * amount + total) // (2 * total) if total else 0
    return Decimal(hundredths).scaleb(-2)


def _add_up(lines: Iterable[Line], key: Callable[[Line], str]) -> Mapping[str, int]:
    sums: dict[str, int] = {}
    for line in lines:
        name = key(line)
        sums[name] = sums.get(name, 0) + line.cost
    return MappingProxyType(sums)
