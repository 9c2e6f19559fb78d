"""Texts as long as the regulation allows, and one character longer: too long to be written out as named situations."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.repository import Repository

from qunju.regulation.verdict import Level, Reason, Status

PAGE = 3200
MEMBERS = ("tiema-bike", "yunpo-tea", "mixiang-bakery")


@pytest.mark.parametrize(("rule", "field"), [("TXT-06", "origin"), ("TXT-08", "intro")])
@pytest.mark.parametrize(
    ("length", "gap"), [(1, "尚差 239 字"), (239, "尚差 1 字"), (240, ""), (360, ""), (361, "超出 1 字")]
)
def test_a_text_of_about_300_characters(rule: str, field: str, length: int, gap: str, tmp_path: Path) -> None:
    proposal = Repository(tmp_path).add("A")
    proposal.set(f"plan.narrative.{field}", "慢" * length)
    verdict = proposal.examine()[rule].verdict
    assert verdict.status is Status.PASS
    assert verdict.severity is None
    assert verdict.measured is not None
    assert verdict.measured.value == length
    assert [note.level for note in verdict.notes] == [Level.ADVICE] * bool(gap)
    assert all(gap in note.message for note in verdict.notes)


@pytest.mark.parametrize(
    ("characters", "pages", "hard", "level"),
    [
        (3 * PAGE, None, False, None),
        (3 * PAGE + 1, 4, False, Level.WARNING),
        (3 * PAGE, None, True, None),
        (3 * PAGE + 1, 4, True, Level.ERROR),
        (4 * PAGE + 1, 5, False, Level.WARNING),
    ],
)
def test_profiles_that_no_layout_fits_into_three_pages(
    tmp_path: Path, *, characters: int, pages: int | None, hard: bool, level: Level | None
) -> None:
    proposal = Repository(tmp_path, {"page_limits_hard": True} if hard else None).add("A")
    for path in (proposal.folder / "members").glob("*.yml"):
        proposal.set(f"members.{path.stem}.brief", None)
    for name in MEMBERS:
        length = min(characters, 5000)
        proposal.set(f"members.{name}.brief", "慢" * length)
        characters -= length
    assert not characters
    located = proposal.examine()["TXT-10"]
    verdict = located.verdict
    assert verdict.severity is level
    if pages is None:
        assert (verdict.status, verdict.reason) == (Status.UNDETERMINED, Reason.UNRENDERED)
        return
    assert verdict.status is Status.FAIL
    assert verdict.measured is not None
    assert verdict.gap is not None
    assert (verdict.measured.value, verdict.gap.value) == (pages, pages - 3)
    assert located.locations[0].path.endswith("members/tiema-bike.yml")
