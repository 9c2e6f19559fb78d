"""Personal data in what is committed: found wherever they stand, told by place and kind, and never shown."""

from __future__ import annotations

import io
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.repository import Proposal, Repository

from qunju.check.location import Located, Location
from qunju.cli import main
from qunju.report.github import write_github
from qunju.report.json import write_json
from qunju.report.markdown import write_markdown
from qunju.report.text import write_text
from qunju.source.personal import EMAIL, MOBILE, NATIONAL_ID, find_personal, is_national_id, redact

MOBILE_NUMBER, ADDRESS, ID = "0912-345-678", "wang.example@mail.example.tw", "A123456789"
VALUES = (MOBILE_NUMBER, "0912345678", "912345678", "345-678", ADDRESS, "wang", ID, "123456789", "０９１２")


@pytest.fixture
def proposal(tmp_path: Path) -> Proposal:
    return Repository(tmp_path).add("A")


def _verdict(proposal: Proposal, rule: str = "PDP-10", **options: Any) -> Located:
    verdicts = proposal.repository.reports(**options)[proposal.name].verdicts
    return next(located for located in verdicts if located.verdict.rule == rule)


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("電話0912345678。", MOBILE, "0912345678"),
        ("0912-345-678", MOBILE, "0912-345-678"),
        ("0912 345 678", MOBILE, "0912 345 678"),
        ("0912.345.678", MOBILE, "0912.345.678"),
        ("0912-345678#12", MOBILE, "0912-345678"),
        ("09-1234-5678", MOBILE, "09-1234-5678"),
        ("091-234-5678", MOBILE, "091-234-5678"),
        ("0912-34-56-78", MOBILE, "0912-34-56-78"),
        ("(0912)345-678", MOBILE, "0912)345-678"),
        ("０９１２－３４５－６７８", MOBILE, "０９１２－３４５－６７８"),
        ("+886 912 345 678", MOBILE, "886 912 345 678"),
        ("+886-0912-345-678", MOBILE, "886-0912-345-678"),
        ("00886912345678", MOBILE, "886912345678"),
        ("a.b+c@mail.example.tw", EMAIL, "a.b+c@mail.example.tw"),
        ("請寄ａｂ９＠mail.example.tw。", EMAIL, "ａｂ９＠mail.example.tw"),
        ("編號A123456789號", NATIONAL_ID, "A123456789"),
        ("a123456789", NATIONAL_ID, "a123456789"),
        ("Ａ１２３４５６７８９", NATIONAL_ID, "Ａ１２３４５６７８９"),
    ],
)
def test_what_is_personal_is_found_and_blotted_out(text: str, kind: str, found: str) -> None:
    (trace,) = find_personal(text)
    assert trace.kind == kind
    assert text[trace.start : trace.end] == found
    assert redact(text) == text.replace(found, "█" * len(found))


@pytest.mark.parametrize(
    "text",
    [
        "089-000101",
        "02-2709-1234",
        "2022-09-12 10-30-15",
        "2022-09-12 103015",
        "20220912345678",
        "0900-1200、0930-1130",
        "109123456789",
        "099,912,345",
        "091234567",
        "09123456789",
        "LINE@、@slow.valley",
        "3m1@23.1,121.2",
        "AB12345678",
        "e3b0c44298fc1c149afb0912345678b92427ae41e4649b934ca495991b7852b8",
    ],
)
def test_what_only_resembles_it_is_left_alone(text: str) -> None:
    assert find_personal(text) == []
    assert redact(text) == text


def test_a_national_id_has_a_check_digit() -> None:
    assert [digit for digit in range(10) if is_national_id(f"A12345678{digit}")] == [9]
    assert is_national_id("A800000014")
    assert find_personal("A123456788") == []
    assert redact("A123456788") == "█" * 10


def test_a_comment_is_found_at_its_line_and_column(proposal: Proposal) -> None:
    lines = (proposal.folder / "plan.yml").read_text(encoding="utf-8").count("\n")
    proposal.append("plan.yml", f"# 聯絡 {MOBILE_NUMBER}\n")
    assert _verdict(proposal).locations == (Location(f"proposals/{proposal.name}/plan.yml", lines + 1, 6),)


def test_a_byte_order_mark_does_not_count(proposal: Proposal) -> None:
    file = proposal.folder / "canvas.yml"
    file.write_bytes(b"\xef\xbb\xbf# " + ADDRESS.encode() + b"\r\n" + file.read_bytes())
    assert _verdict(proposal).locations[0] == Location(f"proposals/{proposal.name}/canvas.yml", 1, 3)


@pytest.mark.parametrize(
    "data",
    [f"# 電話 {MOBILE_NUMBER}\n".encode("cp950"), f"rows: [\n# {MOBILE_NUMBER}".encode(), b"\xff\xfe" + ID.encode()],
    ids=["Big5", "broken YAML", "no text at all"],
)
def test_a_file_that_cannot_be_read_is_searched(proposal: Proposal, data: bytes) -> None:
    (proposal.folder / "schedule.yml").write_bytes(data)
    located = _verdict(proposal)
    assert located.verdict.status.value == "fail"
    assert located.locations[0].path.endswith("/schedule.yml")


def test_the_message_names_the_kinds(proposal: Proposal) -> None:
    proposal.append("plan.yml", f"# {MOBILE_NUMBER} {ADDRESS}\n# {MOBILE_NUMBER}\n")
    assert "（行動電話 2 處、E-mail 1 處）" in _verdict(proposal).verdict.message


@pytest.mark.parametrize("write", [write_text, write_json, write_github, write_markdown])
@pytest.mark.parametrize("stage", ["draft", "closing"])
def test_no_format_shows_the_value(
    proposal: Proposal, write: Callable[..., Any], stage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not in the verdict on personal data, and not in one on the form of the same field either."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    company = "members.yunpo-tea"
    proposal.change(
        {
            f"{company}.phone": MOBILE_NUMBER,
            f"{company}.ubn": "０９１２３４５６７８",
            f"{company}.employees": "0912345678",
            f"{company}.industry": f"請洽 {ADDRESS}",
            f"{company}.county": ID,
            f"{company}.founded_date": MOBILE_NUMBER,
            "members.tiema-bike.industry": f"製造 {ID}",
            "members.tiema-bike.county": MOBILE_NUMBER,
            "schedule.rows.K1.scenario": f"組合產品 {MOBILE_NUMBER}",
            "schedule.rows.K2.kind": ADDRESS,
            "budget.lines.0.account": MOBILE_NUMBER,
            "cluster.type": ADDRESS,
        }
    )
    proposal.append("plan.yml", f"# {MOBILE_NUMBER} {ADDRESS} {ID}\nmobile: {MOBILE_NUMBER}\n{ID}: x\n")
    out = io.StringIO()
    write(proposal.repository.check(stage=stage), out)
    summary = tmp_path / "summary.md"
    told = out.getvalue() + (summary.read_text(encoding="utf-8") if summary.exists() else "")
    assert "PDP-10" in told
    assert [value for value in VALUES if value in told] == []


def test_explaining_the_rule_does_not_show_the_value(
    proposal: Proposal, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    proposal.append("plan.yml", f"# {MOBILE_NUMBER}\n")
    monkeypatch.chdir(proposal.repository.root)
    main(["explain", "PDP-10", proposal.name])
    told = capsys.readouterr().out
    assert "行動電話 1 處" in told
    assert [value for value in VALUES if value in told] == []


def test_a_tracked_private_file_counts_as_leaked(proposal: Proposal) -> None:
    proposal.append("private/members/yunpo-tea.yml", f"responsible: {{mobile: '{MOBILE_NUMBER}'}}\n")
    assert _verdict(proposal).verdict.status.value == "pass"
    proposal.repository.track()
    located = _verdict(proposal)
    assert located.verdict.status.value == "fail"
    assert "應視同外洩" in located.verdict.message
    assert located.locations == (Location(f"proposals/{proposal.name}/private/members/yunpo-tea.yml", 1, 1),)


def test_it_is_found_by_every_worker(proposal: Proposal) -> None:
    for number in range(9):
        proposal.repository.add("B", f"111/other-{number}")
    proposal.append("private/evidence/m1.jpg", "")
    proposal.repository.track()
    assert _verdict(proposal, jobs=2).verdict.status.value == "fail"


def test_a_tracked_private_file_of_no_proposal_is_found(proposal: Proposal) -> None:
    stray = proposal.repository.root / "proposals" / "private" / "list.csv"
    stray.parent.mkdir()
    stray.write_text(MOBILE_NUMBER, encoding="utf-8")
    proposal.repository.track()
    verdicts = [located for located in proposal.repository.check().repository if located.verdict.rule == "SRC-PRIVATE"]
    assert [located.locations for located in verdicts] == [(Location("proposals/private/list.csv", 1, 1),)]
    assert verdicts[0].verdict.severity is not None


def test_a_repository_inside_another_is_asked_about_its_own_files(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    proposal = Repository(tmp_path / "inner").add("A")
    proposal.append("Private/evidence/m1.jpg", "")
    subprocess.run(["git", "-C", str(tmp_path), "init", "-q"], check=True)
    subprocess.run(["git", "-C", str(tmp_path), "add", "-f", "inner/proposals"], check=True)
    assert _verdict(proposal).locations[0].path == f"proposals/{proposal.name}/Private/evidence/m1.jpg"


def test_a_machine_without_git_can_check(proposal: Proposal, monkeypatch: pytest.MonkeyPatch) -> None:
    proposal.append("private/evidence/m1.jpg", "")
    proposal.repository.track()
    monkeypatch.setenv("PATH", "")
    assert _verdict(proposal).verdict.status.value == "pass"


@pytest.mark.parametrize("line", ["# a@b.co\n", "# 0912-345-678\n", "# A123456789\n"])
def test_a_file_full_of_personal_data_takes_no_longer_than_a_file(line: str, proposal: Proposal) -> None:
    proposal.append("cluster.yml", line * 20_000)
    started = time.process_time()
    verdict = _verdict(proposal)
    assert time.process_time() - started < 15
    assert len(verdict.locations) == 20_000
    assert redact(line * 20_000) == redact(line) * 20_000


def test_a_drawing_of_unclosed_tags_is_searched_at_once(proposal: Proposal) -> None:
    (proposal.folder / "media" / "map.svg").write_text(f"{'<' * 2_000_000}{ADDRESS}", encoding="utf-8")
    assert [place.line for place in _verdict(proposal).locations] == [1]
