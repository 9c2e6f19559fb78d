"""What today's date adds to a check: warnings on deadlines that have passed, and nothing else."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from tests.repository import Repository

from qunju.regulation.verdict import Level

DAY_AFTER = {"A": datetime.date(2022, 3, 18), "B": datetime.date(2022, 3, 11)}
RULES = {"A": "SUB-02", "B": "SUB-03"}


def _notes(tmp_path: Path, base: str, today: datetime.date, *, sent: bool) -> list[Level]:
    repository = Repository(tmp_path)
    proposal = repository.add(base)
    proposal.set("cluster.stage", "draft")
    if not sent:
        proposal.set("progress.submission", None)
    report = repository.reports(today=today)[proposal.name]
    return [
        note.level
        for located in report.verdicts
        if located.verdict.rule == RULES[base]
        for note in located.verdict.notes
    ]


@pytest.mark.parametrize("base", ["A", "B"])
def test_a_passed_deadline_is_a_warning(tmp_path: Path, base: str) -> None:
    assert _notes(tmp_path, base, DAY_AFTER[base], sent=False) == [Level.WARNING]


@pytest.mark.parametrize("base", ["A", "B"])
def test_the_day_of_the_deadline_itself_is_no_warning(tmp_path: Path, base: str) -> None:
    assert _notes(tmp_path, base, DAY_AFTER[base] - datetime.timedelta(days=1), sent=False) == []


@pytest.mark.parametrize("base", ["A", "B"])
def test_what_was_handed_in_is_not_late(tmp_path: Path, base: str) -> None:
    assert _notes(tmp_path, base, DAY_AFTER[base], sent=True) == []


def test_without_a_date_nothing_depends_on_the_clock(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    proposal = repository.add("A")
    proposal.set("cluster.stage", "draft")
    proposal.set("progress.submission", None)
    report = repository.reports()[proposal.name]
    assert not [located for located in report.verdicts if located.verdict.rule == "SUB-02" and located.verdict.notes]
