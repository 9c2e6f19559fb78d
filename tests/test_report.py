"""Reports: what each format says of the same check, byte for byte where a program reads it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.repository import ROOT, Repository, library
from wcwidth import wcswidth

from qunju.check.examination import ClusterReport, Visitor
from qunju.check.location import Located, Location
from qunju.check.pipeline import Check, Request
from qunju.check.repository import Survey
from qunju.regulation.verdict import Level, Note, Quantity, Reason, Status, Verdict
from qunju.report.excerpt import MAX_WIDTH, Excerpts
from qunju.report.github import ANNOTATIONS, SUMMARY_LIMIT, write_github
from qunju.report.json import write_json
from qunju.report.markdown import write_markdown
from qunju.report.text import SHOWN_ISSUES, write_text

SCHEMA = json.loads((ROOT / "tests" / "report.schema.json").read_text(encoding="utf-8"))
FAILED = Verdict("MEM-01", Status.FAIL, "A 類家數：9 家。", severity=Level.ERROR, remedy="增加成員。")
HERE = Location("proposals/111/one/cluster.yml", 3, 7)


class Staged(Check):
    """A check whose outcome is given."""

    def __init__(self, *reports: ClusterReport, root: Path = ROOT, repository: tuple[Located, ...] = ()) -> None:
        super().__init__(Request(root), library(), Survey((), repository, {}))
        object.__setattr__(self, "reports", reports)

    reports: tuple[ClusterReport, ...]

    def clusters(self, visit: Visitor | None = None) -> Iterator[ClusterReport]:
        yield from self.reports


def cluster(*found: Located, name: str = "111/one") -> ClusterReport:
    return ClusterReport(name, "A", "submission", found)


def text_of(check: Check) -> str:
    out = io.StringIO()
    write_text(check, out)
    return out.getvalue()


def github_of(check: Check, summary: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    out = io.StringIO()
    write_github(check, out)
    return out.getvalue().splitlines()


def test_json_keeps_the_contract(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    (tmp_path / "proposals" / "note.txt").write_text("x", encoding="utf-8")
    repository.add("A").change({"cluster.stage": "closing", "members.tiema-bike.ubn": "99902333"})
    repository.add("B").change({"proposer.kind": None, "schedule.rows.BW1.total": 6})
    broken = repository.add("A", "111/broken")
    (broken.folder / "plan.yml").write_text("a: [", encoding="utf-8")
    (broken.folder / "cluster.yml").unlink()
    out = io.StringIO()
    totals = write_json(repository.check(everywhere=True), out)
    report = json.loads(out.getvalue())
    assert not [f"{list(error.path)} {error.message}" for error in Draft202012Validator(SCHEMA).iter_errors(report)]
    assert [entry["id"] for entry in report["clusters"]] == [
        "111/broken",
        "111/hsinhua-daily-life",
        "111/zonggu-slow-trip",
    ]
    verdicts = [verdict for entry in report["clusters"] for verdict in entry["verdicts"]] + report["repository"]
    named = {verdict["rule"] for verdict in verdicts}
    assert named <= set(report["rules"])
    clauses = set(library().rulebooks["111"].programme.clauses)
    for entry in report["clusters"]:
        told = [verdict["rule"] for verdict in entry["verdicts"] if verdict["rule"] in clauses]
        assert sorted(told) == sorted(clauses), "each clause gives each cluster exactly one verdict"
    weights = [verdict["severity"] for verdict in verdicts]
    weights += [note["severity"] for verdict in verdicts for note in verdict["notes"]]
    assert report["summary"] == {
        "clusters": 3,
        "passed": 0,
        "errors": weights.count("error"),
        "warnings": weights.count("warning"),
        "undetermined": sum(verdict["status"] == "undetermined" for verdict in verdicts),
    }
    assert totals.errors == report["summary"]["errors"]
    assert report["clusters"][0]["category"] is None


def test_json_tells_a_failure_whole(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.add("A").change({"progress.submission.submitted_at": "2022-03-17T17:00:01+08:00"})
    out = io.StringIO()
    write_json(repository.check(), out)
    verdicts = {verdict["rule"]: verdict for verdict in json.loads(out.getvalue())["clusters"][0]["verdicts"]}
    late = verdicts["SUB-02"]
    assert (late["status"], late["severity"], late["gap"]["value"]) == ("fail", "error", 1)
    assert late["locations"][0]["path"] == "proposals/111/zonggu-slow-trip/progress.yml"
    line = late["locations"][0]["line"]
    source = (tmp_path / late["locations"][0]["path"]).read_text(encoding="utf-8").splitlines()[line - 1]
    assert source[late["locations"][0]["column"] - 1 :].startswith('"2022-03-17T17:00:01')


def test_text_is_grouped_by_file_the_worst_first() -> None:
    other = Location("proposals/111/one/budget.yml", 2, 1)
    check = Staged(
        cluster(
            Located(replace(FAILED, severity=Level.WARNING, message="第二"), (HERE._replace(line=1),)),
            Located(replace(FAILED, message="第一"), (HERE,)),
            Located(replace(FAILED, message="另一個檔案"), (other,)),
            Located(replace(FAILED, message="沒有位置")),
        )
    )
    said = re.findall(r"^ {2}(\S+)$|(錯誤|警告)　(\S+)　", text_of(check), re.MULTILINE)
    assert ["".join(words) for words in said] == [
        "整個提案",
        "錯誤沒有位置",
        "budget.yml",
        "錯誤另一個檔案",
        "cluster.yml",
        "錯誤第一",
        "警告第二",
    ]


def test_text_tells_figures_only_where_the_message_does_not() -> None:
    nine, ten = Quantity(9, "家", "9 家"), Quantity(10, "家", "至少 10 家")
    figures = replace(FAILED, measured=nine, limit=ten, gap=Quantity(1, "家", "尚差 1 家"))
    assert "    規定 至少 10 家　差距 尚差 1 家\n" in text_of(Staged(cluster(Located(figures, (HERE,)))))
    told = replace(figures, message="9 家，規定至少 10 家，尚差 1 家。", limit=ten._replace(text="至少 10 家"))
    assert "實際" not in text_of(Staged(cluster(Located(told, (HERE,)))))


def test_long_lists_are_cut() -> None:
    places = tuple(HERE._replace(line=line) for line in range(1, 8))
    assert "另有 4 處" in text_of(Staged(cluster(Located(FAILED, places))))
    many = cluster(*(Located(replace(FAILED, message=f"第 {n} 項"), (HERE._replace(line=n),)) for n in range(1, 31)))
    text = text_of(Staged(many))
    assert text.count("錯誤　") == SHOWN_ISSUES
    assert "另有 10 項" in text
    waiting = Verdict("MEM-01", Status.UNDETERMINED, "？", Reason.PERSON)
    text = text_of(Staged(cluster(*(Located(replace(waiting, rule=f"MEM-{n:02}")) for n in range(1, 22)))))
    assert "尚無法判定 21 條，要由人來看：MEM-01、" in text
    assert "MEM-08等\n" in text


def test_clauses_that_wait_for_the_same_field_are_one_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def waiting(rule: str, field: str) -> Located:
        title = library().rulebooks["111"].programme.clauses[rule].title
        words = f"{title}：尚未填寫「{field}」。"
        return Located(Verdict(rule, Status.UNDETERMINED, words, Reason.MISSING, severity=Level.ERROR), (HERE,))

    rules = [f"BUD-{number:02}" for number in range(1, 12)]
    check = Staged(cluster(*(waiting(rule, "經費明細表") for rule in rules), waiting("BUD-17", "人員")))
    text = text_of(check)
    assert f"錯誤　尚未填寫「經費明細表」，11 條因此無法判定。　[{'、'.join(rules[:8])}等]" in text
    assert "錯誤　直接薪資僅限正式員工：尚未填寫「人員」。　[BUD-17]" in text
    assert text.endswith("錯誤 12、警告 0、尚無法判定 12。\n")
    lines = github_of(check, tmp_path / "summary.md", monkeypatch)
    assert [re.search("title=([^,]*)", line)[1] for line in lines[:-1]] == [  # type: ignore[index]
        "BUD-01 等 11 條",
        "BUD-17 直接薪資僅限正式員工",
    ]
    assert "、".join(rules) in (tmp_path / "summary.md").read_text(encoding="utf-8")


def test_text_says_when_nothing_is_wrong() -> None:
    text = text_of(Staged(cluster(), cluster(name="111/two")))
    assert text.count("沒有錯誤，也沒有警告。") == 2
    assert text.endswith("共檢查 2 案，2 案沒有錯誤。錯誤 0、警告 0、尚無法判定 0。\n")
    assert text_of(Staged()) == "沒有檢查任何提案。錯誤 0、警告 0、尚無法判定 0。\n"


def test_text_can_be_printed_on_a_console_of_taiwan(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.add("A").change({"members.tiema-bike.ubn": "99902333", "cluster.stage": "closing"})
    text_of(repository.check()).encode("cp950")


@pytest.mark.parametrize(
    ("line", "column", "shown", "caret"),
    [
        ("name: 縱谷慢旅", 7, "name: 縱谷慢旅", 6),
        ("群聚名稱: 縱谷", 7, "群聚名稱: 縱谷", 10),
        ("a: 👩‍🌾好, b", 7, "a: 👩?🌾好, b", 8),
        ("\ta: b", 5, " a: b", 4),
        ("　a: b", 2, "　a: b", 2),
        ("a: ｆｕｌｌ x", 9, "a: ｆｕｌｌ x", 12),
        ("a: x", 5, "a: x", 4),
    ],
)
def test_caret_stands_under_the_value(line: str, column: int, shown: str, caret: int, tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(f"# 註\n{line}\n", encoding="utf-8")
    first, second = Excerpts(tmp_path).lines(Location("a.yml", 2, column))
    assert first == f"2 │ {shown}"
    assert second == f"  │ {' ' * caret}^"


def test_a_long_line_is_cut_around_the_caret(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(f"a: {'縱' * 100}谷{'慢' * 100}", encoding="utf-8")
    first, second = Excerpts(tmp_path).lines(Location("a.yml", 1, 104))
    assert re.fullmatch("1 │ …縱.*…", first)
    assert len(first) < MAX_WIDTH
    before = first[4 : first.index("谷")]
    assert second.index("^") - 4 == 2 * len(before) - 1, "the ellipsis is one column wide, each character two"


def test_an_unknown_field_is_shown_without_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("  brithday: 1980-01-01  # 生日\n", encoding="utf-8")
    assert Excerpts(tmp_path).lines(Location("a.yml", 1, 3), key_only=True) == ["1 │   brithday:", "  │   ^"]


def test_personal_data_are_blotted_out_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    personal = ["0912345678", "０９１２－３４５－６７８", "wang.xm@example.com", "A123456789"]
    words = "、".join(personal)
    (tmp_path / "proposals/111/one").mkdir(parents=True)
    (tmp_path / HERE.path).write_text("\n\n" + f"name: {words}\n", encoding="utf-8")
    note = Note(Level.WARNING, f"附註 {words}")
    verdict = replace(FAILED, message=f"寫了 {words}", remedy=f"改寫成 {words}", notes=(note,))
    check = Staged(cluster(Located(verdict, (HERE,), ((HERE,),))), root=tmp_path)
    summary = tmp_path / "summary.md"
    reports = [text_of(check), "\n".join(github_of(check, summary, monkeypatch)), summary.read_text(encoding="utf-8")]
    for writer in (write_json, write_markdown):
        out = io.StringIO()
        writer(check, out)
        reports.append(out.getvalue())
    for report in reports:
        assert "█" in report
        assert not [value for value in personal if value in report]


def test_a_sensitive_finding_shows_no_source_line(tmp_path: Path) -> None:
    (tmp_path / "proposals/111/one").mkdir(parents=True)
    (tmp_path / HERE.path).write_text("\n\nname: SECRET\n", encoding="utf-8")
    check = Staged(cluster(Located(replace(FAILED, sensitive=True), (HERE,))), root=tmp_path)
    assert "SECRET" not in text_of(check)
    assert "SECRET" in text_of(Staged(cluster(Located(FAILED, (HERE,))), root=tmp_path))


def test_github_annotates_the_worst_of_all_clusters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = Verdict("MEM-19", Status.UNDETERMINED, "缺", Reason.MISSING, severity=Level.ERROR)
    unreadable = replace(FAILED, rule="SRC-SYNTAX", message="讀不下去")
    warning = replace(FAILED, severity=Level.WARNING)
    check = Staged(
        cluster(*(Located(missing, (HERE._replace(line=n),)) for n in range(1, 31)), *[Located(warning, (HERE,))] * 30),
        cluster(*(Located(FAILED, (HERE,)) for _ in range(4)), Located(unreadable, (HERE,)), name="111/two"),
    )
    lines = github_of(check, tmp_path / "summary.md", monkeypatch)
    assert [line.partition(" ")[0] for line in lines[:-1]] == ["::error"] * ANNOTATIONS + ["::warning"] * ANNOTATIONS
    rules = [re.search("title=([A-Z0-9-]+)", line)[1] for line in lines[:ANNOTATIONS]]  # type: ignore[index]
    assert rules == ["SRC-SYNTAX", *["MEM-01"] * 4, *["MEM-19"] * 5]
    assert lines[-1].startswith("共檢查 2 案，0 案沒有錯誤。錯誤 35、警告 30")


def test_github_escapes_what_would_end_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    verdict = replace(FAILED, message="占 100%\n::error::假的，\r結束", remedy="")
    place = Location("proposals/111/one/a,b:c.yml", 3, 7)
    lines = github_of(Staged(cluster(Located(verdict, (place,)))), tmp_path / "s.md", monkeypatch)
    assert len(lines) == 2
    title = library().rulebooks["111"].programme.clauses["MEM-01"].title
    assert lines[0].startswith(
        f"::error file=proposals/111/one/a%2Cb%3Ac.yml,title=MEM-01 {title},line=3,col=7"
        "::占 100%25 ::error::假的， 結束%0A依據"
    )


def test_github_summary_stays_below_what_github_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = replace(FAILED, message="很長的說明" * 400)
    check = Staged(*(cluster(*[Located(long, (HERE,))] * 20, name=f"111/c{n}") for n in range(20)))
    summary = tmp_path / "summary.md"
    github_of(check, summary, monkeypatch)
    written = summary.read_bytes()
    assert SUMMARY_LIMIT * 0.9 < len(written) < SUMMARY_LIMIT * 1.01
    text = written.decode()
    assert text.startswith("# 提案檢查結果\n\n共檢查 20 案，0 案沒有錯誤。")
    assert text.rstrip().endswith("執行 qunju check 可看到全部。）")
    assert all(row.endswith("|") for row in text.splitlines() if row.startswith("|"))


def test_markdown_escapes_what_proposals_say() -> None:
    verdict = replace(FAILED, message="a|b `c` <script> [x](http://y) *d*\n# e @someone")
    out = io.StringIO()
    write_markdown(Staged(cluster(Located(verdict, (HERE,)))), out)
    row = next(line for line in out.getvalue().splitlines() if "MEM-01" in line)
    assert len(re.findall(r"(?<!\\)\|", row)) == 7
    assert r"a\|b \`c\` \<script\> \[x\]\(http://y\) \*d\* \# e \@someone" in row
    assert "proposals/111/one/cluster.yml:3:7" in row


def test_every_format_tells_the_same_sums(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.add("A").change({"schedule.rows.BW1.total": 6})
    repository.add("B")
    check = repository.check()
    sums: list[Any] = [
        writer(check, io.StringIO()) for writer in (write_text, write_json, write_markdown, write_github)
    ]
    assert all(total == sums[0] for total in sums)
    assert sums[0].errors


@pytest.mark.parametrize("column", [7, 800_000])
def test_a_line_of_a_million_characters_is_shown_at_once(column: int, tmp_path: Path) -> None:
    (tmp_path / "cluster.yml").write_text(f"name: {'群' * 100_000}{'x' * 740_000}\n", encoding="utf-8")
    line, caret = Excerpts(tmp_path).lines(Location("cluster.yml", 1, column))
    assert wcswidth(line) <= MAX_WIDTH + 4
    assert caret.endswith("^")
