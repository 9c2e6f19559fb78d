"""The folders of earlier years: read as far as their rosters, not judged, and only where a year looks back to them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.repository import Repository

from qunju.check.location import Located
from qunju.check.repository import survey
from qunju.model.past import NO_PAST, Past
from qunju.regulation.verdict import Level


def past_of(repository: Repository) -> Past:
    return survey(repository.root, repository.library, ()).past


def test_an_archived_year_is_read_and_not_judged(tmp_path: Path) -> None:
    repository = Repository(tmp_path, years={"110": True})
    repository.add("B", "110/old-life").change({"cluster.stage": "closing", "budget": None, "canvas.partners": 7})
    repository.add("A")
    assert list(repository.reports()) == ["111/zonggu-slow-trip"]
    assert repository.check().repository == ()
    (cluster,) = past_of(repository).clusters
    assert (cluster.id, cluster.coached, cluster.open, len(cluster.companies)) == ("110/old-life", True, False, 13)


def test_what_cannot_be_read_of_an_archived_year_is_told(tmp_path: Path) -> None:
    repository = Repository(tmp_path, years={"110": True})
    old = repository.add("B", "110/old-life")
    old.change({"cluster.stage": "closing"})
    old.append("members/manri-hair.yml", "{{\n")
    repository.add("A")
    (found,) = repository.check().repository
    assert found.verdict.severity is Level.ERROR
    assert [place.path for place in found.locations] == ["proposals/110/old-life/members/manri-hair.yml"]


@pytest.mark.parametrize("year", ["107", "112"])
def test_a_year_that_nobody_looks_back_to_is_not_read(tmp_path: Path, year: str) -> None:
    repository = Repository(tmp_path, years={year: True})
    repository.add("B", f"{year}/old-life").change({"cluster.stage": "closing"})
    repository.add("A")
    assert past_of(repository) == NO_PAST


def test_paths_limit_what_is_reported_and_not_what_is_compared(tmp_path: Path) -> None:
    repository = Repository(tmp_path, years={"110": True})
    repository.add("B", "110/old-life").change({"cluster.stage": "closing", "members.manri-hair.ubn": "99902332"})
    repository.add("A")
    reports = repository.reports(paths=("proposals/111/zonggu-slow-trip",))
    verdicts = {located.verdict.rule: located for located in reports["111/zonggu-slow-trip"].verdicts}
    places = [place.path for place in verdicts["MEM-09"].locations]
    assert places[-1] == "proposals/110/old-life/members/manri-hair.yml"


def test_worker_processes_know_the_past(tmp_path: Path) -> None:
    repository = Repository(tmp_path, years={"110": True})
    repository.add("B", "110/old-life").change({"cluster.stage": "closing", "members.manri-hair.ubn": "99902332"})
    for index in range(9):
        repository.add("A", f"111/trip-{index}")
    for jobs in (1, 2):
        told = {name: _message(report.verdicts) for name, report in repository.reports(jobs=jobs).items()}
        assert len(told) == 9
        assert all("11 家中 3 家" in message for message in told.values())


def _message(verdicts: Iterable[Located]) -> str:
    return next(one.verdict.message for one in verdicts if one.verdict.rule == "MEM-09")
