"""Broken proposals, each with the report that a consultant gets for it.

`tests/invalid/<case>/case.yml` says what is done to a demonstration proposal (see `overlay`), `expected.txt` is the
text report of what is found beyond the base's own findings. `QUNJU_UPDATE=1 pytest tests/test_invalid.py` rewrites
the reports; read each of them afterwards.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.overlay import archived, build, read_case
from tests.repository import DEMONSTRATIONS, ROOT, Repository, library

from qunju.check.examination import ClusterReport, Visitor
from qunju.check.location import Located
from qunju.check.pipeline import Check, Request
from qunju.check.repository import survey
from qunju.report.text import write_text

CASES = sorted(path.parent for path in (ROOT / "tests" / "invalid").glob("*/case.yml"))


class Beyond(Check):
    """A check that reports only what a reader should act on and the base proposals do not show."""

    @property
    def repository(self) -> tuple[Located, ...]:
        return tuple(_beyond(super().repository, frozenset()))

    def clusters(self, visit: Visitor | None = None) -> Iterator[ClusterReport]:
        for report in super().clusters(visit):
            known = _known(report.category or "", private=self.request.private)
            yield ClusterReport(report.id, report.category, report.stage, tuple(_beyond(report.verdicts, known)))


def _beyond(verdicts: Iterable[Located], known: frozenset[Any]) -> Iterator[Located]:
    for located in verdicts:
        if (located.verdict.severity or located.verdict.notes) and _gist(located) not in known:
            yield located


def _gist(located: Located) -> tuple[Any, ...]:
    """What a verdict says, wherever it stands."""
    verdict = located.verdict
    return verdict.rule, verdict.severity, verdict.message, tuple(note.message for note in verdict.notes)


@cache
def _known(category: str, *, private: bool) -> frozenset[Any]:
    if category not in DEMONSTRATIONS:
        return frozenset()
    path = f"proposals/{DEMONSTRATIONS[category]}"
    base = Check(Request(ROOT, (path,), private=private), library(), survey(ROOT, library(), ()))
    report = next(base.clusters())
    return frozenset(_gist(located) for located in report.verdicts)


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_report(folder: Path, tmp_path: Path) -> None:
    case = read_case(folder)
    repository = Repository(tmp_path, years=archived(case))
    build(repository, case)
    request = Request(tmp_path, private=case.get("private", False))
    found = io.StringIO()
    write_text(Beyond(request, repository.library, survey(tmp_path, repository.library, ())), found)
    expected = folder / "expected.txt"
    if os.environ.get("QUNJU_UPDATE"):
        expected.write_text(found.getvalue(), encoding="utf-8", newline="\n")
    assert found.getvalue() == (expected.read_text(encoding="utf-8") if expected.exists() else "")
