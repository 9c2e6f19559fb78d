"""Days and moments at the ends of the calendar are findings, never a crash."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.repository import Repository


@pytest.mark.parametrize("day", ["0000-01-01", "0001-01-01", "0999-12-31"])
def test_a_day_before_the_year_1000_is_a_finding(tmp_path: Path, day: str) -> None:
    proposal = Repository(tmp_path).add("A")
    proposal.set("progress.as_of", day)
    assert "SHP-DATE" in proposal.examine()


@pytest.mark.parametrize("moment", ["0000-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-14:00"])
def test_a_moment_that_no_clock_shows_is_a_finding(tmp_path: Path, moment: str) -> None:
    proposal = Repository(tmp_path).add("A")
    proposal.set("progress.submission.submitted_at", moment)
    assert {"SHP-FORMAT", "SHP-DATE"} & set(proposal.examine())


def test_a_day_of_our_time_is_none(tmp_path: Path) -> None:
    proposal = Repository(tmp_path).add("A")
    proposal.set("progress.as_of", "2022-08-06")
    assert not {"SHP-FORMAT", "SHP-DATE"} & set(proposal.examine())
