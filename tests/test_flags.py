"""Where the regulation can be read in two ways: every decision is told in full, and every flag switches something."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.repository import library
from tests.test_cases import FOLDER, judge_situation

from qunju.regulation.verdict import Reason

YEAR = library().rulebooks["111"].programme
FLAGS = {
    "strict_definition": ("CON-01", ("MEM-04",)),
    "prev_ratio_exclusive": ("CON-03", ("MEM-09",)),
    "notes_apply_to_B": ("CON-04", ("MEM-13", "MEM-14", "MEM-15")),
    "digital_kpi_separate": ("CON-15", ("KPI-04",)),
    "deadline_exclusive": ("CON-18", ("SUB-02", "SUB-03")),
    "replace_denominator": ("CON-19", ("MEM-11",)),
    "window_mode": ("CON-20", ("MEM-10", "MEM-12")),
    "training_min_hours_hard": ("CON-27", ("WRK-05",)),
    "sample_evidence_hard": ("CON-34", tuple(f"EVD-0{number}" for number in range(1, 7))),
    "page_limits_hard": ("CON-39", ("SCH-04", "TXT-10")),
}
"""The decision behind each flag, and the clauses that the other reading changes."""
OTHERWISE = {"window_mode": "date", "replace_denominator": "current"}
"""The value that chooses the other reading; of every other flag it is true."""
ONE_PASSAGE = {"CON-03", "CON-04", "CON-11", "CON-15", "CON-19", "CON-25", "CON-26", "CON-30", "CON-32"}
"""Decisions on one passage that leaves a question open; the others are on two that do not agree."""


def test_the_year_has_these_flags() -> None:
    assert set(YEAR.flags) == set(FLAGS)


@pytest.mark.parametrize("number", range(1, 40))
def test_a_decision_is_told_in_full(number: int) -> None:
    name = f"CON-{number:02}"
    decision = YEAR.decisions[name]
    for key in ("conflict", "reading", "why"):
        assert len(decision[key]) >= 10, key
    passages = {(place["section"], place["line"]) for place in decision["places"]}
    assert len(passages) >= (1 if name in ONE_PASSAGE else 2)
    lines = YEAR.text.splitlines()
    assert all(lines[line - 1].strip() for _, line in passages)


def test_there_is_no_other_decision() -> None:
    assert len(YEAR.decisions) == 39
    assert {decision["flag"]: name for name, decision in YEAR.decisions.items() if "flag" in decision} == {
        flag: decision for flag, (decision, _) in FLAGS.items()
    }


@pytest.mark.parametrize("flag", FLAGS)
def test_the_clauses_that_a_flag_changes_say_so(flag: str) -> None:
    decision, clauses = FLAGS[flag]
    condition = f"{flag}={str(_otherwise(flag)).lower()}"
    changed = {clause.id for clause in YEAR.clauses.values() if condition in clause.variants}
    assert changed == set(clauses)
    assert {YEAR.clauses[name].decision for name in clauses} == {decision}
    conditions = {name for clause in YEAR.clauses.values() for name in clause.variants if name.startswith(f"{flag}=")}
    assert conditions == {condition}
    assert YEAR.decisions[decision]["otherwise"]


@pytest.mark.parametrize(("flag", "clause"), [(flag, each) for flag, (_, named) in FLAGS.items() for each in named])
def test_a_situation_comes_out_otherwise_with_the_flag(flag: str, clause: str, tmp_path: Path) -> None:
    cases = [case for case in _cases() if case["rule"] == clause and case.get("flags") == {flag: _otherwise(flag)}]
    assert cases, f"no situation of {clause} has {flag}"
    told = []
    for index, case in enumerate(cases):
        twin = {key: value for key, value in case.items() if key != "flags"}
        pair = [_outcome(one, tmp_path / f"{index}-{side}") for side, one in enumerate((case, twin))]
        if pair[0] != pair[1]:
            return
        told.append(f"{case['situation']}: {pair[0]}")
    pytest.fail("; ".join(told))


def _outcome(case: dict[str, Any], root: Path) -> tuple[str, str | None]:
    """What a situation comes to; of a clause that only a produced document decides, what a failure would weigh."""
    root.mkdir()
    proposal, located = judge_situation(case, root)
    verdict = located.verdict
    severity = verdict.severity
    if verdict.reason is Reason.UNRENDERED:
        cluster = proposal.read(proposal.folder / "cluster.yml")
        clauses = proposal.repository.library.rulebooks["111"].programme.clauses
        severity = clauses[verdict.rule].level(cluster["category"], cluster["stage"])
    return verdict.status.value, severity.value if severity else None


def _otherwise(flag: str) -> str | bool:
    return OTHERWISE.get(flag, True)


@cache
def _cases() -> tuple[dict[str, Any], ...]:
    chapters = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yml")))
    return tuple({"base": chapter["base"], **case} for chapter in chapters for case in chapter["cases"])
