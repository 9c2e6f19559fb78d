"""A second programme year is a folder of YAML: verdicts, editors and commands follow it, and 111 stays as it was."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.repository import DEMONSTRATIONS, ROOT, Proposal, Repository, library

from qunju.check.examination import Examiner
from qunju.check.location import Located
from qunju.cli import main
from qunju.regulation.verdict import Level, Status
from qunju.schema.compose import EDITOR

FACTS = {
    "year: 111": "year: 112",
    'registration_opens: "2022-03-01T10:00:00+08:00"': 'registration_opens: "2023-02-20T09:00:00+08:00"',
    'coaching_ends: "2022-11-30"': 'coaching_ends: "2023-10-31"',
    "prior_year: 110 ": "prior_year: 111 ",
    "recent_years: [108, 109, 110]": "recent_years: [109, 110, 111]",
    'A: "2022-03-17T17:00:00+08:00"': 'A: "2023-03-10T12:00:00+08:00"',
    'B: "2022-03-10T17:00:00+08:00"': 'B: "2023-03-03T12:00:00+08:00"',
    'mid: {date: "2022-07-31"': 'mid: {date: "2023-06-30"',
    'final: {date: "2022-11-30"': 'final: {date: "2023-10-31"',
    "    - 金融及保險業\n": "    - 金融及保險業\n    - 旅遊業\n",
    "  M-E01: {": "  M-O13: {aspect: O, level: 2, name: 共同採購, detail: 名稱、數量}\n  M-E01: {",
    "  C-E01: {": "  C-O17: {aspect: O, level: 2, name: 共同採購, detail: 名稱、數量, member_item: M-O13}\n  C-E01: {",
}
"""What programme.yml of 112 has in place of what 111 has."""
CLAUSES = {
    "members.yml": {
        'formula: members.sme_share\n  limit: {at_least: 70, unit: "%"}': (
            'formula: members.sme_share\n  limit: {at_least: 95, unit: "%"}'
        ),
        "MEM-21:": "MEM-31:",
    },
    "work.yml": {"limit: {at_least: 7, unit: 次}": "limit: {at_least: 9, unit: 次}"},
}
"""What clauses of 112 have in place of what those of 111 have: other bounds, and one under another number."""


def replace_in(file: Path, replaced: Mapping[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in replaced.items():
        assert text.count(old) == 1, f"{file.name}: {old!r} stands there {text.count(old)} times"
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder schema/ with a second year beside 111: a copy of it, edited as YAML."""
    folder = tmp_path_factory.mktemp("two-years") / "schema"
    shutil.copytree(ROOT / "schema", folder)
    year = folder / "programmes" / "112"
    shutil.copytree(folder / "programmes" / "111", year, ignore=shutil.ignore_patterns(EDITOR))
    replace_in(year / "programme.yml", FACTS)
    for name, replaced in CLAUSES.items():
        replace_in(year / "clauses" / name, replaced)
    return folder


@pytest.fixture
def repository(schema: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A repository of both years, without a proposal."""
    monkeypatch.chdir(tmp_path)
    return Repository(tmp_path, schema=schema)


def add(repository: Repository, year: int, **changes: Any) -> Proposal:
    """Add the demonstration of category A, at the handing in, to a year."""
    proposal = repository.add("A", f"{year}/zonggu-slow-trip")
    at = {111: "2022-03-15T16:20:00+08:00", 112: "2023-03-09T16:20:00+08:00"}[year]
    proposal.change({"cluster.year": year, "cluster.stage": "submission", "progress.submission.submitted_at": at})
    proposal.change({path.replace("__", "."): value for path, value in changes.items()})
    return proposal


def judged(repository: Repository, changes: Mapping[str, Any], rule: str) -> dict[int, Located]:
    """The verdicts of a rule on the same proposal in both years."""
    return {year: add(repository, year, **changes).examine()[rule] for year in (111, 112)}


def statuses(verdicts: Mapping[int, Located]) -> tuple[str, ...]:
    return tuple(located.verdict.status.value for located in verdicts.values())


def test_a_bound(repository: Repository) -> None:
    found = judged(repository, {}, "MEM-07")
    assert statuses(found) == ("pass", "fail")
    limits = [located.verdict.limit for located in found.values()]
    assert [limit.value for limit in limits if limit] == [70, 95]
    assert "95%" in found[112].verdict.message


def test_the_bound_of_a_work_item(repository: Repository) -> None:
    found = judged(repository, {}, "WRK-01")
    assert statuses(found) == ("pass", "fail")
    gap = found[112].verdict.gap
    assert gap is not None
    assert gap.text == "尚差 2 次"


@pytest.mark.parametrize(("second", "status"), [("00", "pass"), ("01", "fail")])
def test_the_deadline(repository: Repository, second: str, status: str) -> None:
    new = add(repository, 112, progress__submission__submitted_at=f"2023-03-10T12:00:{second}+08:00")
    old = add(repository, 111, progress__submission__submitted_at=f"2022-03-17T17:00:{second}+08:00")
    assert new.examine()["SUB-02"].verdict.status == old.examine()["SUB-02"].verdict.status == status


def test_the_window_of_three_years(repository: Repository) -> None:
    none: dict[str, Any] = {f"members__{name}__coached_years": [] for name in ("fengshou-flight", "mixiang-bakery")}
    coached = {**none, "members__yunpo-tea__coached_years": [{"year": 108, "program": "數位群聚輔導"}]}
    assert statuses(judged(repository, coached, "MEM-10")) == ("fail", "pass")


def test_last_year(repository: Repository) -> None:
    coached = [{"year": 111, "program": "數位群聚輔導"}]
    new = add(repository, 112, **{"members__yunpo-tea__coached_years": coached})
    share = new.examine()["MEM-09"].verdict
    assert share.measured is not None
    assert share.measured.text.startswith("11 家中 1 家")


def test_last_years_folder_is_the_other_year(repository: Repository) -> None:
    add(repository, 111, cluster__stage="closing")
    add(repository, 112)
    report = repository.reports()["112/zonggu-slow-trip"]
    share = next(located.verdict for located in report.verdicts if located.verdict.rule == "MEM-09")
    assert share.status is Status.FAIL
    assert share.measured is not None
    assert share.measured.text.startswith("11 家中 11 家")


def test_a_word_of_the_vocabulary(repository: Repository) -> None:
    assert statuses(judged(repository, {"members__manzou-travel__industry": "旅遊業"}, "FMT-07")) == ("fail", "pass")


def test_an_item_of_the_self_assessment(repository: Repository) -> None:
    answer = {"has": False}
    item = {"initial": answer, "target": answer, "scenario": "共識凝聚"}
    assert statuses(judged(repository, {}, "SLF-02")) == ("pass", "undetermined")
    for year in (111, 112):
        shutil.rmtree(repository.root / "proposals" / str(year))
    found = judged(repository, {"assessment__items__C-O17": item}, "SLF-02")
    assert found[112].verdict.status is Status.PASS
    assert found[111].verdict.status is not Status.PASS


def test_an_item_of_a_member(repository: Repository) -> None:
    said = {"members__yunpo-tea__self_assessment__M-O13": {"detail": "聯合採購 2 次"}}
    findings = {year: add(repository, year, **said).examine() for year in (111, 112)}
    assert findings[111]["SLF-01"].verdict.status is not Status.PASS
    assert findings[112]["SLF-01"].verdict.status is Status.PASS


def test_a_clause_under_another_number(repository: Repository) -> None:
    old, new = add(repository, 111).examine(), add(repository, 112).examine()
    assert "MEM-21" in old
    assert "MEM-21" not in new
    assert new["MEM-31"].verdict.rule == "MEM-31"
    assert new["MEM-31"].verdict.message == old["MEM-21"].verdict.message


def test_the_first_year_is_as_it_was(repository: Repository) -> None:
    found = repository.add("A").examine()
    year, slug = DEMONSTRATIONS["A"].split("/")
    real = Examiner(ROOT, library(), everywhere=True).examine(year, slug).report.verdicts
    assert {rule: located.verdict for rule, located in found.items()} == {
        located.verdict.rule: located.verdict for located in real
    }


def test_editor_schemas(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "112"]) == 0
    assert main(["schema", "112", "--check"]) == 0
    assert main(["schema", "111", "--check"]) == 0
    capsys.readouterr()
    words = {year: _words(repository.root / "schema" / "programmes" / year / EDITOR) for year in ("111", "112")}
    assert words["112"] - words["111"] == {"旅遊業", "M-O13", "C-O17"}
    assert words["111"] <= words["112"]


def test_commands(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--year", "112"]) == 0
    listed = capsys.readouterr().out
    assert "MEM-31" in listed
    assert "MEM-21" not in listed
    assert main(["rules", "--year", "111", "--format", "json"]) == 0
    assert "MEM-21" in {clause["id"] for clause in json.loads(capsys.readouterr().out)}
    assert main(["rules"]) == 0
    assert capsys.readouterr().out == listed, "the latest year"
    assert main(["new", "112/alpha", "--category", "A", "--type", "觀光休閒合作", "--members", "11"]) == 0
    capsys.readouterr()
    assert main(["explain", "MEM-31"]) == 0
    assert main(["explain", "MEM-07", "112/alpha"]) == 0
    assert "95%" in capsys.readouterr().out
    repository.add("A")
    assert main(["explain", "MEM-07", DEMONSTRATIONS["A"]]) == 0
    assert "70%" in capsys.readouterr().out


def test_a_new_proposal(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "112/alpha", "--category", "B", "--type", "地方生活需求", "--members", "13"]) == 0
    assert main(["check"]) == 0
    capsys.readouterr()
    texts = [path.read_text(encoding="utf-8") for path in (repository.root / "proposals/112/alpha").rglob("*.yml")]
    assert all("programmes/112/editor/" in text for text in texts)
    assert not any("programmes/111/" in text for text in texts)
    assert re.search(r"(?m)^year: 112$", "\n".join(texts))


def test_a_year_without_a_folder(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    add(repository, 112)
    repository.add("A", "113/zonggu-slow-trip")
    assert main(["check"]) == 1
    told = capsys.readouterr().out
    assert "沒有 113 年度的規範" in told
    assert "可檢查的年度有：111、112" in told
    report = repository.check()
    assert [located.verdict.severity for located in report.repository] == [Level.ERROR]
    assert [one.id for one in report.clusters()] == ["112/zonggu-slow-trip"], "judged by no other year's rules"
    for command in (["new", "113/alpha"], ["schema", "113"], ["rules", "--year", "113"]):
        assert main(command) == 2
        assert "111、112" in capsys.readouterr().err
    assert main(["explain", "MEM-07", "113/zonggu-slow-trip"]) == 2
    assert "111、112" in capsys.readouterr().err


def test_days_of_a_year_stand_in_its_data() -> None:
    """No day, and no number of a year, stands in the code."""
    years = re.compile(r"\b(?:202[0-9]|1(?:0[0-9]|1[0-9]))(?:-[0-9]{2}-[0-9]{2}| 年度)")
    for path in (ROOT / "plugins").rglob("*.py"):
        lines = (line for line in _statements(path.read_text(encoding="utf-8")) if years.search(line))
        assert list(lines) == [], path


def _statements(text: str) -> Iterator[str]:
    """Yield the lines of code: without docstrings, comments and what only shows how something is written."""
    shows = ("例如", "寫成")
    without = re.sub(r'"""[\s\S]*?"""', "", text)
    return (
        line
        for line in without.splitlines()
        if not line.lstrip().startswith("#") and not any(word in line for word in shows)
    )


def _words(folder: Path) -> set[str]:
    """Every word that the editor schemas of a year offer: values to choose from, and names of fields."""
    return {word for file in folder.rglob("*.json") for word in _offered(json.loads(file.read_text(encoding="utf-8")))}


def _offered(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (str(word) for word in node.get("enum", ()))
        yield from node.get("properties", {}) if isinstance(node.get("properties"), dict) else ()
        for child in node.values():
            yield from _offered(child)
    elif isinstance(node, list):
        for child in node:
            yield from _offered(child)
