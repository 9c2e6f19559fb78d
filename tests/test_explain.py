"""`qunju explain`: what a rule means, and what it looked at in a proposal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.repository import DEMONSTRATIONS, ROOT, Proposal, Repository, library

from qunju.check.examination import Examiner
from qunju.check.location import Locator
from qunju.check.rulebook import resolve
from qunju.check.tracing import trace
from qunju.cli import main
from qunju.model.cluster import Cluster
from qunju.model.record import Missing, Unsound
from qunju.report.computation import lines, sheets
from qunju.report.form_rules import FORM_RULES, TITLES
from qunju.schema.annotation import ABSENT
from qunju.source.place import Place

PROGRAMME = library().rulebooks["111"].programme
CLUSTER_RULES = [(clause, formula) for clause, formula in library().rulebooks["111"].cluster_rules if formula]
MOBILE = "0912-345-678"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return Repository(tmp_path)


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Any:
    """Run the command, which must succeed, and return what it prints."""

    def run(*arguments: str) -> str:
        capsys.readouterr()
        assert main(["explain", *arguments]) == 0
        return capsys.readouterr().out

    return run


def opened(proposal: Proposal, *, private: bool = False) -> Cluster:
    year, slug = proposal.name.split("/")
    return Examiner(proposal.repository.root, library(), "closing", private).open(year, slug).cluster


def explained(proposal: Proposal, *, private: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the table of every clause over one cluster."""
    cluster = opened(proposal, private=private)
    locate = Locator(proposal.repository.root, everywhere=True, private=private).find
    for clause, formula in CLUSTER_RULES:
        found = sheets(trace(clause, formula, cluster), PROGRAMME, locate, {})
        yield clause.id, "\n".join(lines(found, f"proposals/{proposal.name}/"))


def test_each_member_is_told_with_what_was_read_and_the_answer(repository: Repository, told: Any) -> None:
    proposal = repository.add("A")
    proposal.set("members.tiema-bike.registration_type", "none")
    _, line, column = proposal.position("members.daolang-rice.paid_in_capital")
    text = told("MEM-07", proposal.name)
    assert "members/daolang-rice.yml　稻浪示範米食有限公司　→ 是" in text
    assert re.search(r"members/tiema-bike.yml　\S+　→ 否", text)
    assert f"{line}:{column}  實收資本總額　paid_in_capital　" in text
    assert re.search(r"登記型態　registration_type　none（.*）", text)


def test_what_is_not_filled_in_is_said(repository: Repository, told: Any) -> None:
    proposal = repository.add("A")
    proposal.set("members.tiema-bike.registration_type", None)
    text = told("MEM-07", proposal.name, "--stage", "submission")
    assert re.search(r"members/tiema-bike.yml　\S+　→ 資料不足", text)
    assert re.search(r" –  登記型態　registration_type　未填寫", text)
    assert re.search(r"讀取的資料　\d+ 個檔案、\d+ 欄，其中 \d+ 欄未填寫", text)


def test_the_lines_of_the_budget_are_rows(repository: Repository, told: Any) -> None:
    text = told("BUD-01", repository.add("A").name)
    assert re.search(r"\d+:\d+  經費明細表 第 1 項　.*單價 [0-9,]+", text)


def test_long_lists_are_folded_with_a_count(repository: Repository) -> None:
    proposal = repository.add("A")
    texts = [text for _, text in explained(proposal)]
    assert any(re.search(r"另有 \d+ 筆", text) for text in texts)
    assert max(text.count("\n") for text in texts) < 400


@pytest.mark.parametrize("base", ["A", "B"])
def test_watching_changes_nothing(base: str, repository: Repository) -> None:
    cluster = opened(repository.add(base))
    for clause, formula in CLUSTER_RULES:
        try:
            verdict = formula(cluster, clause)
        except (Missing, Unsound):
            verdict = None
        assert trace(clause, formula, cluster).verdict == verdict, clause.id


@pytest.mark.parametrize("base", ["A", "B"])
def test_every_chapter_can_be_explained(base: str, repository: Repository, told: Any) -> None:
    proposal = repository.add(base)
    examined = proposal.examine()
    first = {name.partition("-")[0]: name for name in reversed(PROGRAMME.clauses)}
    for name in first.values():
        text = told(name, proposal.name)
        assert text.startswith(f"{name}　{PROGRAMME.clauses[name].title}\n")
        measured = examined[name].verdict.measured
        assert measured is None or measured.text in text


def test_personal_data_is_never_shown(repository: Repository, told: Any) -> None:
    proposal = repository.add("A")
    proposal.append("plan.yml", f"# {MOBILE}\n")
    proposal.set("private.members.tiema-bike", {"responsible": {"mobile": MOBILE}, "contact": {"name": "甄隱姓"}})
    for private in (False, True):
        for name, text in explained(proposal, private=private):
            assert MOBILE not in text, name
            assert "甄隱姓" not in text, name
    assert "在 private/，加 --private 才讀" in told("MEM-17", proposal.name)
    text = told("MEM-17", proposal.name, "--private")
    assert "已填寫（個人資料，不顯示）" in text
    assert "甄隱姓" not in text


def test_a_home_address_where_it_does_not_belong_is_not_shown(repository: Repository, told: Any) -> None:
    proposal = repository.add("A")
    home = "臺東縣池上鄉某村某路 7 號"
    proposal.set("members.daolang-rice.operating_address", {"zip3": "958", "text": home, "is_home": True})
    assert proposal.examine()["PDP-10"].verdict.status.value == "fail"
    for name in ("PDP-10", "MEM-19"):
        text = told(name, proposal.name)
        assert home not in text
        assert "已填寫（個人資料，不顯示）" in text


def test_only_a_watched_cluster_notes_what_is_read(repository: Repository) -> None:
    proposal = repository.add("A")
    proposal.set("members.tiema-bike.employees", None)
    cluster = opened(proposal)
    clause = PROGRAMME.clauses["MEM-06"]
    found = trace(clause, resolve(str(clause.formula)), cluster)
    path = f"proposals/{proposal.name}/members/tiema-bike.yml"
    assert found.answers[Place(path)]
    assert found.reads[path].get(("employees",), ABSENT) is ABSENT
    assert type(cluster.files["member"][0].values) is dict


def test_an_unsound_file_gives_nothing(repository: Repository, told: Any) -> None:
    proposal = repository.add("A")
    proposal.append("budget.yml", f"nonsense: {MOBILE}\n")
    text = told("BUD-01", proposal.name)
    assert "budget.yml 有格式錯誤" in text
    assert "單價" not in text.partition("讀取的資料")[2]


def test_a_clause_over_all_clusters_says_so(repository: Repository, told: Any) -> None:
    repository.add("B")
    assert "逐案比對" in told("MEM-15", repository.add("A").name)


def test_a_clause_not_due_reads_nothing(repository: Repository, told: Any) -> None:
    proposal = repository.add("A")
    proposal.set("cluster.stage", "draft")
    text = told("MEM-20", proposal.name)
    assert "不適用（這個階段還不要求）" in text
    assert "讀取的資料" not in text
    assert "讀取的資料" in told("MEM-20", proposal.name, "--stage", "closing")


def test_every_rule_of_form_is_explained(told: Any) -> None:
    assert FORM_RULES.keys() == TITLES.keys()
    for name in FORM_RULES:
        text = told(name)
        assert text.startswith(f"{name}　{TITLES[name]}\n  原因　")
        assert "  修正　" in text


def test_the_handbook_knows_every_rule_of_form() -> None:
    handbook = (ROOT / "docs" / "handbook" / "findings.md").read_text(encoding="utf-8")
    assert [name for name in FORM_RULES if name not in handbook] == []


def test_a_rule_of_form_is_shown_where_it_is_broken(repository: Repository, told: Any) -> None:
    proposal = repository.add("A")
    assert "沒有這種錯誤" in told("SHP-TYPE", proposal.name)
    proposal.set("members.tiema-bike.employees", "12人")
    path, line, column = proposal.position("members.tiema-bike.employees")
    text = told("shp-type", proposal.name)
    assert "結果　有 1 處" in text
    assert f"位置　{path}:{line}:{column}" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["SRC-NONE"], "SRC 有 SRC-SYNTAX、"),
        (["MEM-99"], "MEM 有 MEM-01 到 MEM-"),
        (["XXX-1"], "qunju rules"),
        (["MEM-07", "111"], "不是提案資料夾"),
        (["MEM-07", DEMONSTRATIONS["A"], "--stage", "never"], "沒有「never」這個階段"),
    ],
)
def test_wrong_usage_is_told(
    arguments: list[str], words: str, repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.add("A")
    assert main(["explain", *arguments]) == 2
    assert words in capsys.readouterr().err
