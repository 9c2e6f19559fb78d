"""The digest of what was handed in (SUB-07): what changes it, and what does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.repository import Proposal, Repository

DIGEST = "progress.submission.snapshot_sha256"


@pytest.fixture
def handed_in(tmp_path: Path) -> Proposal:
    """A proposal that records the digest of what it handed in, as the check told it to."""
    proposal = Repository(tmp_path).add("A")
    proposal.seal()
    assert status(proposal) == "pass"
    return proposal


def status(proposal: Proposal, *, private: bool = False) -> str:
    return proposal.examine(private=private)["SUB-07"].verdict.status.value


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("cluster.stage", "closing"),
        ("cluster.publish", False),
        ("progress.as_of", "2022-10-01"),
        ("members.yunpo-tea.mobile_pay.actual", True),
        ("members.yunpo-tea.gostyle.url", "https://gostyle.org.tw/yunpo-tea"),
        ("proposer.declarations.lump_sum", None),
    ],
)
def test_what_is_filled_in_later_is_no_change(handed_in: Proposal, field: str, value: Any) -> None:
    handed_in.set(field, value)
    assert status(handed_in) == "pass"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("cluster.theme", "另一個主題"),
        ("budget.lines.0.unit_price", 51999),
        ("members.yunpo-tea.employees", 99),
        ("members.yunpo-tea", None),
        ("canvas", None),
    ],
)
def test_what_was_handed_in_shows_every_change(handed_in: Proposal, field: str, value: Any) -> None:
    handed_in.set(field, value)
    assert status(handed_in) == "fail"


def test_how_a_file_is_written_makes_no_difference(handed_in: Proposal) -> None:
    for file in (handed_in.folder / "budget.yml", handed_in.folder / "members" / "yunpo-tea.yml"):
        values = dict(reversed(handed_in.read(file).items()))
        handed_in.write(file, values)
        file.write_text(f"# 重新排過\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    assert status(handed_in) == "pass"


def test_personal_data_are_no_part_of_it(handed_in: Proposal) -> None:
    handed_in.set("private.proposer", {"contacts": {"pi": {"email": "pi@example.org"}}})
    assert status(handed_in) == status(handed_in, private=True) == "pass"


def test_pictures_count_by_what_they_show(handed_in: Proposal) -> None:
    picture = handed_in.folder / "media" / "strategy.svg"
    picture.write_bytes(picture.read_bytes() + b"\n")
    assert status(handed_in) == "fail"


def test_the_name_of_the_folder_makes_no_difference(handed_in: Proposal) -> None:
    recorded = yaml.safe_load((handed_in.folder / "progress.yml").read_text(encoding="utf-8"))
    other = handed_in.repository.add("A", "111/another-name")
    other.set(DIGEST, recorded["submission"]["snapshot_sha256"])
    assert status(other) == "pass"
