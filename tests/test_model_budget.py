"""The arithmetic of the budget: lines, tax, shares and the three tables."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Context, Decimal
from typing import Any

import pytest
from tests.modelling import file

from qunju.model.budget import Budget
from qunju.model.record import Missing
from qunju.model.tables import Tables, share_of, tax_on

FACTS: dict[str, Any] = {
    "accounts": {
        "直接薪資/專任研究人員": {"sum": "direct_salary"},
        "其他直接費用/旅運費": {"sum": "travel"},
        "其他直接費用/鐘點費": {"sum": "operations"},
    },
    "allocations": {
        "人力費": {"field": "personnel"},
        "創新數位應用方案相關費用": {"field": "digital_solution"},
        "群聚研習與輔導": {"field": "training_coaching"},
        "會議或活動(含硬體設備)": {"field": "meeting_event_hw"},
        "群聚推廣": {"field": "promotion"},
        "其他": {"field": "other"},
    },
    "budget": {"vat_pct": 5},
}


def budget(*lines: Mapping[str, Any]) -> Budget:
    return Budget(file("budget", {"lines": list(lines)}))


def line(price: int, *quantities: str, **values: Any) -> dict[str, Any]:
    charged = [{"value": Decimal(value), "unit": "式"} for value in quantities]
    return {"account": "其他直接費用/鐘點費", "unit_price": price, "quantities": charged, **values}


@pytest.mark.parametrize(("pretax", "tax"), [(0, 0), (9, 0), (10, 1), (30, 2), (952_381, 47_619), (952_382, 47_619)])
def test_tax_rounds_half_up(pretax: int, tax: int) -> None:
    assert tax_on(pretax, 5) == tax


@pytest.mark.parametrize(("pretax", "total"), [(952_381, 1_000_000), (952_382, 1_000_001)])
def test_total_at_the_ceiling(pretax: int, total: int) -> None:
    assert Tables.of(budget(line(pretax, "1")), FACTS).total == total


@pytest.mark.parametrize(
    ("price", "quantities", "amount"),
    [(2000, ["2", "3"], 12_000), (41_111, ["1.5"], 61_667), (1, ["0.499999"], 0), (1, ["0.5"], 1), (0, ["7"], 0)],
)
def test_line_amount(price: int, quantities: list[str], amount: int) -> None:
    assert budget(line(price, *quantities)).lines[0].computed_amount == amount


def test_line_amount_is_exact_however_long() -> None:
    found = budget(line(999_999_999_999, "999999999999.999999", "999999999999.999999")).lines[0]
    exact = 999_999_999_999 * 999_999_999_999_999_999**2
    assert found.exact_amount.scaleb(12, Context(prec=100)) == exact
    assert found.computed_amount == (exact + 10**12 // 2) // 10**12


def test_line_costs_what_it_states() -> None:
    stated, computed = budget(line(41_111, "1.5", amount=61_666), line(41_111, "1.5")).lines
    assert (stated.cost, stated.computed_amount, stated.exact_amount) == (61_666, 61_667, Decimal("61666.5"))
    assert computed.cost == 61_667


@pytest.mark.parametrize("values", [{"quantities": []}, {"quantities": None}, {"unit_price": None}])
def test_line_without_price_or_quantity_is_missing(values: dict[str, Any]) -> None:
    with pytest.raises(Missing) as caught:
        _ = budget({**line(1, "1"), **values}).lines[0].cost
    assert caught.value.field == next(iter(values))
    assert caught.value.place.pointer == ("lines", 0, next(iter(values)))


def test_tables() -> None:
    tables = Tables.of(
        budget(
            line(50_000, "2.5", account="直接薪資/專任研究人員", allocation="人力費"),
            line(2_400, "12", account="其他直接費用/旅運費", allocation="群聚研習與輔導"),
            line(2_000, "3", "4", allocation="人力費"),
            line(600, "8", account="其他直接費用/從沒聽過", allocation="其他/行政庶務"),
            line(1_000, "1", allocation="其他"),
        ),
        FACTS,
    )
    assert (tables.direct_salary, tables.travel, tables.operations) == (125_000, 28_800, 29_800)
    assert tables.t1 == {"direct_salary": 125_000, "other_direct": 58_600, "tax": 9_180, "total": 192_780}
    assert tables.allocated["personnel"] == 149_000
    assert tables.others == {"行政庶務": 4_800, "其他": 1_000}
    assert sum(tables.t2.values()) == 2 * tables.total
    assert set(tables.t2) == {entry["field"] for entry in FACTS["allocations"].values()} | {"tax", "total"}
    assert tables.accounts["其他直接費用/鐘點費"] == 25_000
    assert tables.shares(tables.t1)["tax"] == Decimal("4.76")
    assert tables.shares(tables.t1)["total"] == Decimal("100.00")


def test_a_line_without_allocation_leaves_the_total_known() -> None:
    tables = Tables.of(budget(line(100, "1")), FACTS)
    assert tables.total == 105
    with pytest.raises(Missing):
        _ = tables.t2


@pytest.mark.parametrize(
    ("amount", "total", "share"),
    [
        (47_619, 1_000_000, "4.76"),
        (5, 6, "83.33"),
        (1, 8, "12.50"),
        (1, 20_000, "0.01"),
        (0, 0, "0.00"),
        (7, 7, "100.00"),
    ],
)
def test_share(amount: int, total: int, share: str) -> None:
    assert str(share_of(amount, total)) == share


def test_stated_tables() -> None:
    stated = Budget(
        file(
            "budget",
            {
                "t1": {"tax": 5, "share": {"tax": Decimal("4.76")}},
                "t2": {"personnel": 0, "other": [{"label": "保險", "amount": 3}, {"label": "雜支", "amount": 4}]},
            },
        )
    )
    assert stated.t1.stated == {"tax": 5}
    assert stated.t1.share.stated == {"tax": Decimal("4.76")}
    assert stated.t2.stated == {"personnel": 0, "other": 7}
    assert stated.t2.share.stated == {}
