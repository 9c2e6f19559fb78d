"""Named situations: a demonstration proposal, one change, and the verdict that the regulation demands.

`others` are proposals beside it, of this year or of earlier ones, of which those in `archive` are only read; `also`
names fields of theirs that the finding must point at besides.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.repository import Proposal, Repository

from qunju.check.location import Located

FOLDER = Path(__file__).parent / "cases"


def situations(folder: Path) -> list[Any]:
    """Read the situations of a folder, one file a chapter."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        chapter = yaml.safe_load(path.read_text(encoding="utf-8"))
        for case in chapter["cases"]:
            case.setdefault("base", chapter["base"])
            found.append(pytest.param(case, id=f"{case['rule']} {case['situation']}"))
    return found


def _prepare(case: dict[str, Any], root: Path) -> Proposal:
    """Build the situation: a demonstration proposal with its changes, and what else there is beside it."""
    others = {name.partition("/")[0] for name in case.get("others", {})} - {"111"}
    years = {year: year in map(str, case.get("archive", ())) for year in others}
    repository = Repository(root, case.get("flags"), years, fields=case.get("fields"))
    proposal = repository.add(case["base"])
    for identifier, times in case.get("copies", {}).items():
        proposal.copy_member(identifier, times)
    if case.get("sealed"):
        proposal.seal()
    proposal.change(case.get("change", {}))
    for name, text in {**case.get("append", {}), **dict.fromkeys(case.get("tracked", ()), "")}.items():
        proposal.append(name, text)
    for name, other in case.get("others", {}).items():
        repository.add(other["base"], name).change(other.get("change", {}))
    if "tracked" in case:
        repository.track()
    return proposal


def _judge(case: dict[str, Any], proposal: Proposal) -> Located:
    """Judge the proposal alone, where neither others nor git have a say."""
    private = case.get("private", False)
    if "others" not in case and "tracked" not in case:
        return proposal.examine(private=private)[case["rule"]]
    report = proposal.repository.reports(private=private)[proposal.name]
    return next(located for located in report.verdicts if located.verdict.rule == case["rule"])


def judge_situation(case: dict[str, Any], root: Path) -> tuple[Proposal, Located]:
    """Build a situation in an empty folder; return the proposal and what its rule says of it."""
    proposal = _prepare(case, root)
    return proposal, _judge(case, proposal)


@pytest.mark.parametrize("case", situations(FOLDER))
def test_situation(case: dict[str, Any], tmp_path: Path) -> None:
    hold(case, tmp_path)


def hold(case: dict[str, Any], root: Path) -> None:
    """Judge a situation and demand all that it says of the verdict."""
    proposal, located = judge_situation(case, root)
    verdict = located.verdict
    notes = [note.message for note in verdict.notes]
    told = f"{verdict.status} {verdict.reason} {verdict.severity}: {verdict.message} {notes}"
    assert verdict.status.value == case["status"], told
    if "severity" in case:
        assert (verdict.severity.value if verdict.severity else None) == case["severity"], told
    if "reason" in case:
        assert (verdict.reason.value if verdict.reason else None) == case["reason"], told
    if "notes" in case:
        assert [note.level.value for note in verdict.notes] == case["notes"], told
    assert case.get("message", "") in verdict.message, told
    for name in ("measured", "gap"):
        if name in case:
            quantity = getattr(verdict, name)
            assert quantity is not None, told
            assert float(quantity.value) == float(case[name]), told
    if "at" in case:
        path, line, column = proposal.position(case["at"])
        first = located.locations[0]
        assert (first.path, first.line, first.column) == (path, line, column), told
    for name, field in case.get("also", {}).items():
        other = Proposal(proposal.repository, name).position(field)
        noted = (place for places in located.note_locations for place in places)
        places = [(place.path, place.line, place.column) for place in (*located.locations, *noted)]
        assert other in places, f"{told} {places}"
