"""Unit prices against the ceilings of 編列基準 (BUD-22), of which the year 111 has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.repository import Repository, library

from qunju.check.examination import Examiner
from qunju.check.judge import judge
from qunju.regulation.verdict import Verdict
from qunju.rules.spending import unit_price_ceilings

ACCOUNTS = library().rulebooks["111"].programme.facts["accounts"]
HIGHEST = 108_000
"""The dearest unit price of the demonstration."""
CEILINGS = {item: HIGHEST for account in ACCOUNTS.values() for item in account["items"]}


def verdict(root: Path, ceilings: Mapping[str, int] | None, changes: Mapping[str, Any] | None = None) -> Verdict:
    repository = Repository(root)
    proposal = repository.add("A")
    proposal.change(changes or {})
    cluster = Examiner(repository.root, library()).open(*proposal.name.split("/")).cluster
    programme = library().rulebooks["111"].programme
    year = replace(programme, facts={**programme.facts, "ceilings": ceilings})
    return judge(replace(programme.clauses["BUD-22"], programme=year), unit_price_ceilings, cluster, cluster.stage)


def told(found: Verdict) -> tuple[str, str | None]:
    return found.status.value, found.reason.value if found.reason else None


def test_without_ceilings_a_person_must_look(tmp_path: Path) -> None:
    assert told(verdict(tmp_path, None)) == ("undetermined", "person")


def test_a_price_at_its_ceiling_is_within(tmp_path: Path) -> None:
    assert told(verdict(tmp_path, CEILINGS)) == ("pass", None)


def test_a_price_above_its_ceiling_fails(tmp_path: Path) -> None:
    found = verdict(tmp_path, {"研究員": 51_999})
    assert told(found) == ("fail", None)
    assert "單價 52,000 元，上限 51,999 元" in found.message
    assert found.places[0].pointer == ("lines", 0, "unit_price")


def test_an_item_without_a_ceiling_is_for_a_person(tmp_path: Path) -> None:
    assert told(verdict(tmp_path, {"研究員": 52_000})) == ("undetermined", "person")


def test_a_line_without_a_price_is_missing(tmp_path: Path) -> None:
    changes = {"budget.lines.0.unit_price": None}
    assert told(verdict(tmp_path, CEILINGS, changes)) == ("undetermined", "missing")
