"""The report as Markdown, for a job summary or a comment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TextIO

from qunju.check.examination import ClusterReport
from qunju.check.location import Located
from qunju.check.pipeline import Check
from qunju.report.digest import Issue, RuleText, Totals, issues_of, rule_texts
from qunju.report.excerpt import redact
from qunju.report.text import cluster_label, open_lines

_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\`*_{}[]<>()#+!|~$@"})


def write_markdown(check: Check, out: TextIO) -> Totals:
    """Write the report as the check proceeds, and return its sums."""
    texts, totals = rule_texts(check.library), Totals()
    out.write("# 提案檢查結果\n\n")
    if check.repository:
        out.write("## 版本庫\n\n")
        for located in check.repository:
            totals.add(located.verdict)
        write_table(check.repository, texts, out)
    for report in check.clusters():
        totals.add_cluster(report)
        write_cluster(report, check, texts, out)
    out.write(f"{totals.line}\n")
    return totals


def write_cluster(report: ClusterReport, check: Check, texts: Mapping[str, RuleText], out: TextIO) -> None:
    """Write one cluster's section."""
    out.write(f"## {report.id}{cluster_label(report, check)}\n\n")
    write_table(report.verdicts, texts, out)
    out.writelines(f"- {line}\n" for line in open_lines(report.verdicts))
    out.write("\n")


def write_table(verdicts: tuple[Located, ...], texts: Mapping[str, RuleText], out: TextIO) -> None:
    """Write what a reader should act on as a table."""
    issues = list(issues_of(verdicts))
    if not issues:
        out.write("沒有錯誤，也沒有警告。\n\n")
        return
    out.write("| | 條 | 說明 | 位置 | 依據 | 修正 |\n|---|---|---|---|---|---|\n")
    out.writelines(f"{_row(issue, texts[issue.rule])}\n" for issue in issues)
    out.write("\n")


def _row(issue: Issue, text: RuleText) -> str:
    places = "<br>".join(
        _escape(f"{place.path}:{place.line}:{place.column}" if place.line is not None else place.path)
        for place in issue.locations[:3]
    )
    basis = f"{text.section}：「{text.quote}」" if text.quote else text.section
    remedy = issue.verdict.remedy if issue.note is None else ""
    cells = (
        issue.level.word,
        issue.rule,
        _escape(redact(issue.message)),
        places,
        _escape(basis),
        _escape(remedy),
    )
    return f"| {' | '.join(cells)} |"


def _escape(text: str) -> str:
    return " ".join(text.translate(_SPECIAL).split())
