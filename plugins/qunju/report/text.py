"""The report for a person who has never seen YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TextIO

from qunju.check.examination import ClusterReport, Visitor
from qunju.check.location import Located
from qunju.check.pipeline import Check
from qunju.regulation.verdict import Reason, Status
from qunju.report.digest import Issue, RuleText, Totals, issues_of, rule_texts
from qunju.report.excerpt import Excerpts, redact

SHOWN_PLACES = 3
REASON_WORDS = {
    Reason.MISSING: "尚未填寫",
    Reason.PRIVATE: "需要 private/（在本機加 --private 檢查）",
    Reason.UNSOUND: "檔案有格式錯誤",
    Reason.PERSON: "須由人判斷",
    Reason.UNRENDERED: "需要產出文件",
}


def write_text(check: Check, out: TextIO, visit: Visitor | None = None) -> Totals:
    """Write the report as the check proceeds, and return its sums; `visit` is shown each cluster on the way."""
    texts, excerpts, totals = rule_texts(check.library), Excerpts(check.request.root), Totals()
    if check.repository:
        out.write("版本庫\n")
        for located in check.repository:
            totals.add(located.verdict)
        _write_issues(check.repository, texts, excerpts, out)
    for report in check.clusters(visit):
        totals.add_cluster(report)
        _write_cluster(report, check, texts, excerpts, out)
    out.write(f"{totals.line}\n")
    return totals


def _write_cluster(
    report: ClusterReport, check: Check, texts: Mapping[str, RuleText], excerpts: Excerpts, out: TextIO
) -> None:
    out.write(f"{report.id}{cluster_label(report, check)}\n")
    _write_issues(report.verdicts, texts, excerpts, out)
    out.writelines(f"  {line}\n" for line in open_lines(report.verdicts))
    out.write("\n")


def cluster_label(report: ClusterReport, check: Check) -> str:
    """Return category and stage as a reader names them."""
    if report.category is None or report.stage is None:
        return ""
    programme = check.library.rulebooks[report.id.partition("/")[0]].programme
    return f"（{report.category} 類，階段：{programme.stage_title(report.stage)}）"


def open_lines(verdicts: tuple[Located, ...]) -> Iterator[str]:
    """Yield, for each reason, which clauses cannot be decided yet; errors among them were shown already."""
    for reason, words in REASON_WORDS.items():
        rules = [
            located.verdict.rule
            for located in verdicts
            if located.verdict.status is Status.UNDETERMINED
            and located.verdict.reason is reason
            and located.verdict.severity is None
        ]
        if rules:
            yield f"尚無法判定 {len(rules)} 條，{words}：{'、'.join(rules)}"


def _write_issues(
    verdicts: tuple[Located, ...], texts: Mapping[str, RuleText], excerpts: Excerpts, out: TextIO
) -> None:
    issues = sorted(issues_of(verdicts), key=lambda issue: issue.path)
    for path, group in groupby(issues, key=lambda issue: issue.path):
        out.write(f"\n  {path or '（整個提案）'}\n")
        for issue in group:
            _write_issue(issue, texts[issue.rule], excerpts, out)
    if issues:
        out.write("\n")


def _write_issue(issue: Issue, text: RuleText, excerpts: Excerpts, out: TextIO) -> None:
    out.write(f"    [{issue.level.word}] {issue.rule}　{redact(issue.message)}\n")
    for location in issue.locations[:SHOWN_PLACES]:
        if location.line is None:
            out.write(f"        → {location.path}\n")
            continue
        out.write(f"        → {location.path}:{location.line}:{location.column}\n")
        if not issue.verdict.sensitive:
            out.writelines(f"        {line}\n" for line in excerpts.lines(location))
    if len(issue.locations) > SHOWN_PLACES:
        out.write(f"        → 另有 {len(issue.locations) - SHOWN_PLACES} 處\n")
    if text.quote:
        out.write(f"        依據　{text.section}：「{text.quote}」\n")
    if issue.note is None and issue.verdict.remedy:
        out.write(f"        修正　{issue.verdict.remedy}\n")
