"""`qunju readiness`: the list that a consultant works from, through the command line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.repository import DEMONSTRATIONS, ROOT, Proposal, Repository, library
from wcwidth import wcswidth

from qunju.cli import main

SCHEMA = json.loads((ROOT / "tests" / "readiness.schema.json").read_text(encoding="utf-8"))
PROGRAMME = library().rulebooks["111"].programme
MOBILE = "0912-345-678"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return Repository(tmp_path)


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Any:
    """Run the command, which must succeed, and return what it prints."""

    def run(name: str, *options: str, as_of: str = "2022-03-01") -> str:
        capsys.readouterr()
        assert main(["readiness", name, "--as-of", as_of, *options]) == 0
        return capsys.readouterr().out

    return run


@pytest.fixture
def listed(told: Any) -> Any:
    """Run the command and return the JSON list, which must keep its contract."""

    def run(name: str, *options: str, as_of: str = "2022-03-01") -> dict[str, Any]:
        found: dict[str, Any] = json.loads(told(name, "--format", "json", *options, as_of=as_of))
        validator = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
        assert not [f"{list(error.path)} {error.message}" for error in validator.iter_errors(found)]
        return found

    return run


def scaffold(repository: Repository, capsys: pytest.CaptureFixture[str]) -> Proposal:
    main(["new", "111/novice", "--category", "A", "--type", "觀光休閒合作", "--members", "10"])
    capsys.readouterr()
    return Proposal(repository, "111/novice")


def chapter(found: dict[str, Any], key: str) -> dict[str, Any]:
    return next(one for one in found["chapters"] if one["key"] == key)


@pytest.mark.parametrize("stage", PROGRAMME.stages)
@pytest.mark.parametrize("base", ["A", "B"])
def test_every_clause_is_told_once_and_every_field_once(
    base: str, stage: str, repository: Repository, listed: Any
) -> None:
    found = listed(repository.add(base).name, "--stage", stage)
    assert sum(found["counts"].values()) == len(PROGRAMME.clauses)
    assert found["stage"]["judged"] == stage
    fields = [(gap["location"]["path"], *gap["field"]) for one in found["chapters"] for gap in one["missing"]]
    assert len(fields) == len(set(fields))
    for one in found["chapters"]:
        waiting = {rule for other in found["chapters"] for gap in other["missing"] for rule in gap["rules"]}
        assert set(one["waiting"]) <= waiting
        counts = one["counts"]
        assert counts["fail"] == len(one["failures"])
        assert counts["pass"] == len(one["passes"])
        assert counts["person"] + counts["private"] + counts["unrendered"] == len(one["tasks"])
    errors = [
        item for one in found["chapters"] for item in (*one["failures"], *one["notes"]) if item["severity"] == "error"
    ]
    required = [gap for one in found["chapters"] for gap in one["missing"] if gap["required"]]
    assert found["ready"] is not bool(errors or required or found["faults"])


def test_what_passes_tells_by_how_much(repository: Repository, listed: Any, told: Any) -> None:
    proposal = repository.add("A")
    passes = {one["rule"]: one for one in chapter(listed(proposal.name), "MEM")["passes"]}
    assert passes["MEM-01"]["margin"] == {"value": 1, "unit": "家", "text": "多 1 家"}
    assert passes["MEM-07"]["margin"]["text"] == "多 2 家"
    assert passes["MEM-09"]["margin"]["text"] == "再多 1 家就不符"
    text = told(proposal.name)
    assert "A 類家數：11 家（規定至少 10 家），多 1 家　[MEM-01]" in text
    assert "尚餘 2,500 元　[BUD-01]" in text
    assert re.search(r"營業稅占比 4.76%：4.76%（規定須為 4.76%）　\[BUD-03\]", text)
    handed_in = {one["rule"]: one for one in chapter(listed(proposal.name), "SUB")["passes"]}["SUB-02"]
    assert handed_in["margin"] == {"value": 2, "unit": "天", "text": "提早 2 天"}


def test_each_works_towards_its_next_milestone(repository: Repository, listed: Any) -> None:
    proposal = repository.add("A")
    for claimed, judged in {
        "draft": "submission",
        "execution": "midterm",
        "midterm": "closing",
        "tracking": "tracking",
    }.items():
        proposal.set("cluster.stage", claimed)
        assert listed(proposal.name)["stage"] == {"claimed": claimed, "judged": judged}
    proposal.set("cluster.stage", "submission")
    assert listed(proposal.name)["stage"]["judged"] == "selection"
    proposal.set("progress.submission", None)
    assert listed(proposal.name)["stage"]["judged"] == "submission"


def test_days_count_from_the_day_given(repository: Repository, listed: Any, told: Any) -> None:
    proposal = repository.add("A")
    proposal.set("cluster.stage", "draft")
    proposal.set("progress.submission", None)
    days = [(one["title"], one["days"]) for one in listed(proposal.name)["deadlines"]]
    assert days == [("A 類送件截止", 16), ("期中查核點", 152), ("期末查核點", 274)]
    assert "A 類送件截止　2022-03-17 17:00　還有 16 天" in told(proposal.name)
    assert "A 類送件截止　2022-03-17 17:00　就是今天" in told(proposal.name, as_of="2022-03-17")
    late = told(proposal.name, as_of="2022-03-20")
    assert "A 類送件截止　2022-03-17 17:00　已過 3 天" in late
    assert "".join(late.splitlines()[3:6]).endswith("A 類送件截止已過 3 天。")
    assert [one["stage"] for one in listed(proposal.name, "--stage", "tracking")["deadlines"]] == []


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_nothing_depends_on_the_clock(
    form: str, repository: Repository, told: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal = repository.add("B")
    first = told(proposal.name, "--format", form)

    class Never:
        def __getattr__(self, name: str) -> Any:
            raise AssertionError(name)

    monkeypatch.setattr("qunju.cli.readiness.datetime", Never())
    assert told(proposal.name, "--format", form) == first


def test_a_new_draft_gets_the_fields_file_by_file(
    repository: Repository, capsys: pytest.CaptureFixture[str], listed: Any, told: Any
) -> None:
    proposal = scaffold(repository, capsys)
    text = told(proposal.name)
    assert "可以送件嗎？還不行：" in text
    assert text.count("登記型態　registration_type") == 1
    assert re.search(r"members/　10 個檔案都缺（m01、m02", text)
    assert re.search(r"□ 經費明細表　lines　第 \d+:1 附近　\[BUD-01、.*等 \d+ 條\]", text)
    found = listed(proposal.name)
    assert not found["ready"]
    assert not found["faults"]
    gaps = [gap for one in found["chapters"] for gap in one["missing"]]
    lines = next(gap for gap in gaps if gap["field"] == ["lines"])
    assert lines["location"]["path"] == "proposals/111/novice/budget.yml"
    assert lines["required"]
    assert {"BUD-01", "BUD-28"} <= set(lines["rules"])
    assert "FMT-01" in chapter(found, "FMT")["waiting"]


def test_a_finished_proposal_may_be_handed_in(repository: Repository, listed: Any, told: Any) -> None:
    proposal = repository.add("A")
    found = listed(proposal.name, "--stage", "submission")
    assert found["ready"]
    assert told(proposal.name, "--stage", "submission").splitlines()[3].startswith("可以送件嗎？可以：")


def test_files_that_only_another_computer_has_are_no_faults(repository: Repository, listed: Any, told: Any) -> None:
    proposal = repository.add("A")
    found = listed(proposal.name)
    assert [(task["rule"], task["reason"]) for task in found["tasks"]] == [("SHP-PATH", "private")]
    assert not found["faults"]
    assert "□ 檔案路徑：" in told(proposal.name)
    assert "## 檔案\n" in told(proposal.name, "--format", "markdown")


def test_faults_of_form_come_first(repository: Repository, listed: Any, told: Any) -> None:
    proposal = repository.add("A")
    proposal.append("plan.yml", "nonsense: [\n")
    proposal.set("members.tiema-bike.employees", "12人")
    found = listed(proposal.name)
    assert {fault["rule"] for fault in found["faults"]} == {"SRC-SYNTAX", "SHP-TYPE"}
    assert found["answer"].startswith("還不行：先改正 2 處格式錯誤（2 個檔案）")
    assert found["counts"]["unsound"]
    text = told(proposal.name)
    assert text.index("先改這些：檔案的格式") < text.index("PRP　提案單位資格")
    assert "條等檔案的格式改正：" in text


def test_a_proposal_whose_cluster_file_is_broken_still_gets_a_list(repository: Repository, listed: Any) -> None:
    proposal = repository.add("A")
    (proposal.folder / "cluster.yml").write_text("name: [", encoding="utf-8")
    found = listed(proposal.name)
    assert found["category"] is None
    assert found["stage"] == {"claimed": None, "judged": "submission"}
    assert [one["title"] for one in found["deadlines"][:2]] == ["A 類送件截止", "B 類送件截止"]


def test_failures_tell_the_arithmetic_and_the_place(repository: Repository, listed: Any, told: Any) -> None:
    proposal = repository.add("A")
    proposal.set("schedule.rows.BW1.total", 6)
    failure = next(one for one in chapter(listed(proposal.name), "WRK")["failures"] if one["rule"] == "WRK-01")
    assert failure["gap"]["text"].startswith("尚差")
    path, line, column = failure["locations"][0].values()
    text = told(proposal.name)
    assert f"→ {path}:{line}:{column}" in text
    assert failure["message"][:20] in text


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_personal_data_is_never_told(form: str, repository: Repository, told: Any) -> None:
    proposal = repository.add("A")
    proposal.append("plan.yml", f"# {MOBILE}\n")
    proposal.set("private.members.tiema-bike", {"contact": {"name": "甄隱姓", "mobile": MOBILE}})
    for options in ((), ("--private",)):
        text = told(proposal.name, "--format", form, *options)
        assert "PDP-10" in text
        assert MOBILE not in text
        assert "甄隱姓" not in text


def test_what_private_would_tell_is_said_apart(repository: Repository, told: Any, listed: Any) -> None:
    proposal = repository.add("A")
    text, chapters = told(proposal.name), listed(proposal.name)["chapters"]
    closed = sum(bool(one["counts"]["private"]) for one in chapters) + bool(listed(proposal.name)["tasks"])
    assert text.count("要讀 private/ 才知道（在自己的電腦上加 --private）") == closed > 0
    assert "要看產出的文件" in text
    assert "要由人判斷" in text
    assert listed(proposal.name, "--private")["counts"]["private"] == 0


def test_markdown_has_boxes_to_tick_and_nothing_that_breaks_out(repository: Repository, told: Any) -> None:
    proposal = repository.add("B")
    proposal.set("cluster.name", "a|b <script> [x](http://y)")
    text = told(proposal.name, "--format", "markdown", "--stage", "closing")
    assert text.startswith("# 111/hsinhua-daily-life　a\\|b \\<script\\> \\[x\\]")
    assert text.count("- [ ] ") > 20
    assert text.count("<details>") == text.count("</details>")
    assert "<script>" not in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len({line.count("|") for line in rows}) == 1


def test_columns_stand_below_each_other(repository: Repository, told: Any) -> None:
    lines = told(repository.add("A").name).splitlines()
    start = next(index for index, line in enumerate(lines) if line.lstrip().startswith("符合  "))
    rows = lines[start : lines.index("", start)]
    assert len({wcswidth(line) for line in rows}) == 1
    assert all(wcswidth(line) <= 100 for line in lines if "│" not in line)


def test_a_redirected_console_of_windows_takes_it(repository: Repository) -> None:
    proposal = repository.add("A")
    done = subprocess.run(
        [sys.executable, "-m", "qunju.cli", "readiness", proposal.name, "--as-of", "2022-03-01"],
        cwd=repository.root,
        env={**os.environ, "PYTHONIOENCODING": "cp950"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "縱谷慢旅共好圈" in done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["111/nobody"], "找不到「111/nobody」"),
        (["111"], "不是提案資料夾"),
        ([DEMONSTRATIONS["A"], "--stage", "never"], "沒有「never」這個階段；可用的有：draft、"),
    ],
)
def test_wrong_usage_is_told(
    arguments: list[str], words: str, repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.add("A")
    assert main(["readiness", *arguments]) == 2
    assert words in capsys.readouterr().err


def test_a_file_of_the_proposal_names_it(repository: Repository, told: Any) -> None:
    proposal = repository.add("A")
    assert told(f"{proposal.name}/plan.yml") == told(proposal.name)


def test_the_command_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "readiness" in capsys.readouterr().out
