"""What a verdict on an empty field tells people to do: fill it in, wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.repository import Repository, library

from qunju.regulation.lacking import fill_in
from qunju.source.place import Place

FOLDER = "proposals/111/zonggu-slow-trip"
HEADCOUNT = ("employees",)
STAFF = "填寫「員工人數」（employees）"


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ([Place(f"{FOLDER}/members/a.yml", HEADCOUNT)], f"請在 members/a.yml {STAFF}後再檢查。"),
        (
            [Place(f"{FOLDER}/cluster.yml", ("summary", "aspects", "O"))],
            "請在 cluster.yml 填寫「組織凝聚力」（summary.aspects.O）後再檢查。",
        ),
        (
            [Place(f"{FOLDER}/budget.yml", ("lines", 1, "quantities", 0, "unit"))],
            "請在 budget.yml 填寫「單位」（lines 第 2 筆的 quantities 第 1 筆的 unit）後再檢查。",
        ),
        (
            [Place(f"{FOLDER}/members/{name}.yml", HEADCOUNT) for name in "ab"],
            f"請在 members/a.yml、members/b.yml {STAFF}後再檢查。",
        ),
        (
            [Place(f"{FOLDER}/members/{name}.yml", HEADCOUNT) for name in "abcd"],
            f"請在 members/a.yml、members/b.yml、members/c.yml 等 4 個檔案{STAFF}後再檢查。",
        ),
        (
            [
                Place(f"{FOLDER}/members/a.yml", HEADCOUNT),
                Place(f"{FOLDER}/private/members/a.yml", ("contact", "email")),
            ],
            f"請在 members/a.yml {STAFF}，在 private/members/a.yml 填寫「E-Mail」（contact.email）後再檢查。",
        ),
        ([Place(f"{FOLDER}/plan.yml")], "請在 plan.yml 填寫應填的欄位後再檢查。"),
    ],
)
def test_words(places: list[Place], words: str) -> None:
    assert fill_in(library().form, places) == words


def test_a_missing_field_is_not_told_how_to_mend_a_failure(tmp_path: Path) -> None:
    clauses = library().rulebooks["111"].programme.clauses
    proposal = Repository(tmp_path).add("A")
    proposal.change({"members.yunpo-tea.employees": None, "canvas.nonsense": 1})
    verdicts = {rule: located.verdict for rule, located in proposal.examine().items()}
    asked = [verdict for verdict in verdicts.values() if verdict.reason == "missing"]
    assert any("members/yunpo-tea.yml" in verdict.remedy for verdict in asked)
    for verdict in verdicts.values():
        if verdict.rule in clauses and verdict.reason in ("missing", "unsound", "private"):
            assert verdict.remedy != clauses[verdict.rule].remedy, verdict
