"""What must hold of every proposal, whatever its numbers: tried on random rosters, budgets and orders."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from itertools import count
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.memory import YEAR, demonstration, values_of, verdict, verdicts, with_file, with_members
from tests.repository import library

from qunju.model.budget import Budget
from qunju.model.record import File
from qunju.model.tables import Tables
from qunju.model.ubn import is_valid_under_old_rule
from qunju.regulation.verdict import Status

RANK = {Status.FAIL: 0, Status.UNDETERMINED: 1, Status.PASS: 2}
NUMBERS = [
    number for number, _ in zip(filter(is_valid_under_old_rule, map(str, count(70_000_000))), range(60), strict=False)
]
SORTS: dict[str, dict[str, Any]] = {
    "sme": {"paid_in_capital": 100_000_000, "employees": 200},
    "few": {"paid_in_capital": 100_000_001, "employees": 199},
    "large": {"paid_in_capital": 100_000_001, "employees": 200, "sme_deemed": None},
    "unknown": {"paid_in_capital": None, "employees": None, "sme_deemed": None},
}
MEETS = {"sme": True, "few": True, "large": False, "unknown": None}

rosters = st.lists(st.sampled_from(sorted(SORTS)), min_size=1, max_size=24)


def company(index: int, **fields: Any) -> dict[str, Any]:
    """A company like the first of the demonstration, with a number and a responsible person of its own."""
    values = {**demonstration("A").files["member"][0].values, "role": "群聚成員" if index else "群聚領導企業"}
    values |= {"name": f"示範{index}", "ubn": NUMBERS[index], "responsible": {"name": f"負責人{index}"}, **fields}
    return {key: value for key, value in values.items() if value is not None}


def roster(base: str, companies: list[dict[str, Any]]) -> Any:
    return with_members(demonstration(base), {f"m{index}": values for index, values in enumerate(companies)})


def judged(low: Fraction, high: Fraction, holds: Any) -> Status:
    """What is to be said of a share that lies between two: worst case, best case, else open."""
    if holds(low) and holds(high):
        return Status.PASS
    return Status.UNDETERMINED if holds(low) or holds(high) else Status.FAIL


@pytest.mark.parametrize(
    ("base", "rule", "holds"),
    [
        ("A", "MEM-07", lambda share: share >= Fraction(70, 100)),
        ("B", "MEM-08", lambda share: share > Fraction(70, 100)),
    ],
)
@given(sorts=rosters)
def test_share_of_smes_against_exact_fractions(base: str, rule: str, holds: Any, sorts: list[str]) -> None:
    known = [MEETS[sort] for sort in sorts]
    low, high = (Fraction(known.count(True) + more, len(sorts)) for more in (0, known.count(None)))
    found = verdict(roster(base, [company(index, **SORTS[sort]) for index, sort in enumerate(sorts)]), rule)
    assert found.status is judged(low, high, holds), found.message


@pytest.mark.parametrize(
    ("base", "rule"), [("A", "MEM-07"), ("B", "MEM-08"), ("A", "MEM-01"), ("B", "MEM-02"), ("A", "MEM-05")]
)
@given(sorts=rosters)
def test_one_more_sme_never_worsens(base: str, rule: str, sorts: list[str]) -> None:
    companies = [company(index, **SORTS[sort]) for index, sort in enumerate(sorts)]
    before = verdict(roster(base, companies), rule)
    after = verdict(roster(base, [*companies, company(len(sorts), **SORTS["sme"])]), rule)
    assert RANK[after.status] >= RANK[before.status], f"{before.message} → {after.message}"


@given(coached=st.lists(st.booleans(), min_size=1, max_size=24))
def test_share_coached_last_year_against_exact_fractions(coached: list[bool]) -> None:
    years = {True: [{"year": 110, "program": "數位群聚輔導"}], False: []}
    found = verdict(
        roster("A", [company(index, coached_years=years[one]) for index, one in enumerate(coached)]), "MEM-09"
    )
    share = Fraction(coached.count(True), len(coached))
    assert (found.status is Status.PASS) == (share <= Fraction(20, 100)), found.message
    assert bool(found.notes) == (share == Fraction(20, 100))


@given(pays=st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=24))
def test_share_with_mobile_payment_against_exact_fractions(pays: list[bool | None]) -> None:
    companies = [
        company(
            index,
            mobile_pay={key: value for key, value in {"initial": False, "target": pay}.items() if value is not None},
        )
        for index, pay in enumerate(pays)
    ]
    low, high = (Fraction(pays.count(True) + more, len(pays)) for more in (0, pays.count(None)))
    found = verdict(roster("A", companies), "WRK-07", "submission")
    assert found.status is judged(low, high, lambda share: share > Fraction(1, 2)), found.message


@pytest.mark.parametrize(("row", "rule"), [("BW1", "WRK-01"), ("BW2", "WRK-02"), ("BW3", "WRK-06")])
@given(mid=st.integers(0, 20), final=st.integers(0, 20))
def test_one_more_activity_never_worsens(row: str, rule: str, mid: int, final: int) -> None:
    found = []
    for more in (0, 1):
        rows = values_of(demonstration("A"), "schedule")["rows"]
        rows[row] |= {"mid": mid, "final": final + more, "total": mid + final + more}
        found.append(verdict(with_file(demonstration("A"), "schedule", rows=rows), rule, "submission"))
    assert RANK[found[1].status] >= RANK[found[0].status], f"{found[0].message} → {found[1].message}"


@given(
    seconds=st.integers(-7200, 7200) | st.integers(-2, 2),
    offset=st.integers(-12 * 4, 14 * 4).map(lambda quarters: quarters * 15),
    base=st.sampled_from(["A", "B"]),
)
def test_a_deadline_is_the_same_instant_everywhere(seconds: int, offset: int, base: str) -> None:
    deadline = library().rulebooks[YEAR].programme.moment(f"deadlines.{base}")
    zone = datetime.timezone(datetime.timedelta(minutes=offset))
    handed_in = (deadline + datetime.timedelta(seconds=seconds)).astimezone(zone).isoformat()
    cluster = with_file(demonstration(base), "progress", submission={"submitted_at": handed_in})
    found = verdict(cluster, {"A": "SUB-02", "B": "SUB-03"}[base], "submission")
    assert (found.status is Status.PASS) == (seconds <= 0), f"{handed_in}: {found.message}"


lines = st.lists(
    st.fixed_dictionaries(
        {
            "account": st.sampled_from(sorted(library().rulebooks[YEAR].programme.facts["accounts"])),
            "item": st.just("項目"),
            "allocation": st.sampled_from(sorted(library().rulebooks[YEAR].programme.facts["allocations"])),
            "unit_price": st.integers(0, 300_000),
            "quantities": st.lists(
                st.fixed_dictionaries({"value": st.decimals("0.1", "30", places=1), "unit": st.just("式")}),
                min_size=1,
                max_size=2,
            ),
        }
    ),
    min_size=1,
    max_size=30,
)
RECONCILED = (
    "BUD-02",
    "BUD-03",
    "BUD-04",
    "BUD-05",
    "BUD-06",
    "BUD-07",
    "BUD-09",
    "BUD-10",
    "BUD-11",
    "BUD-12",
    "BUD-13",
    "BUD-14",
    "BUD-15",
    "BUD-20",
)


def stated(tables: Tables, change: Mapping[str, int]) -> dict[str, Any]:
    """The computed tables, written down; `change` adds to a cell (`t1.tax`)."""
    t2: dict[str, Any] = dict(tables.t2)
    t2["other"] = [{"label": label, "amount": amount} for label, amount in tables.others.items()]
    found: dict[str, dict[str, Any]] = {
        "t1": {**tables.t1, "share": dict(tables.shares(tables.t1))},
        "t2": {**t2, "share": dict(tables.shares(tables.t2))},
        "t3": {
            "accounts": dict(tables.accounts),
            "operations": tables.operations,
            "tax": tables.tax,
            "total": tables.total,
        },
    }
    for cell, more in change.items():
        table, name = cell.split(".")
        found[table][name] += more
    return found


@given(
    lines=lines,
    cell=st.sampled_from(
        [
            "t1.direct_salary",
            "t1.other_direct",
            "t1.tax",
            "t1.total",
            "t2.personnel",
            "t2.promotion",
            "t2.tax",
            "t2.total",
            "t3.tax",
        ]
    ),
)
@settings(max_examples=60)
def test_tables_reconcile_and_one_dollar_is_noticed(lines: list[dict[str, Any]], cell: str) -> None:
    facts = library().rulebooks[YEAR].programme.facts
    tables = Tables.of(Budget(File("budget.yml", None, {"lines": lines}, True, False)), facts)
    assert tables.total == tables.t1["direct_salary"] + tables.t1["other_direct"] + tables.t1["tax"]
    assert tables.total == sum(tables.allocated.values()) + tables.tax
    assert tables.pretax == sum(tables.accounts.values())
    assert abs(Fraction(tables.tax) - Fraction(tables.pretax * facts["budget"]["vat_pct"], 100)) <= Fraction(1, 2)
    right = with_file(demonstration("A"), "budget", lines=lines, **stated(tables, {}))
    wrong = with_file(demonstration("A"), "budget", lines=lines, **stated(tables, {cell: 1}))
    assert {
        rule: verdict(right, rule).message for rule in RECONCILED if verdict(right, rule).status is Status.FAIL
    } == {}
    assert any(verdict(wrong, rule).status is Status.FAIL for rule in RECONCILED), cell


@pytest.mark.parametrize("base", ["A", "B"])
@given(seed=st.integers(0, 10**6))
@settings(max_examples=8)
def test_order_of_files_and_keys_changes_no_verdict(base: str, seed: int) -> None:
    random, cluster = Random(seed), demonstration(base)  # noqa: S311  # an order, not a secret
    told = {rule: (one.status, one.severity, one.reason, one.measured) for rule, one in verdicts(cluster).items()}
    files = {
        kind: tuple(
            File(file.path, file.private_path, shuffled(file.values, random), file.sound, file.private_loaded)
            for file in random.sample(held, len(held))
        )
        for kind, held in cluster.files.items()
    }
    other = type(cluster)(cluster.id, files, cluster.media, snapshot=cluster.snapshot)
    assert {rule: (one.status, one.severity, one.reason, one.measured) for rule, one in verdicts(other).items()} == told


def shuffled(values: Any, random: Random) -> Any:
    """Return values with the keys of every mapping in another order; lists keep theirs."""
    if isinstance(values, Mapping):
        return {key: shuffled(values[key], random) for key in random.sample(list(values), len(values))}
    return [shuffled(value, random) for value in values] if isinstance(values, list) else values
