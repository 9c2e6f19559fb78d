"""The report as Markdown, for a job summary or a comment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from qunju.check.examination import ClusterReport
from qunju.check.location import Located
from qunju.check.pipeline import Check
from qunju.report.digest import Issue, RuleTexts, Totals, cluster_label, issues_of, open_questions, rule_texts

HEADING = "# 提案檢查結果\n\n"
SHOWN_PLACES = 3
_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\`*_{}[]<>()#+!|~$@&"})


def write_markdown(check: Check, out: TextIO) -> Totals:
    """Write the report as the check proceeds, and return its sums."""
    totals = Totals()
    out.write(HEADING)
    if check.repository:
        totals.add(check.repository)
        write_repository(check, out)
    for report in check.clusters():
        totals.add_cluster(report)
        write_cluster(report, check, out)
    out.write(f"{totals.line}\n")
    return totals


def write_repository(check: Check, out: TextIO) -> None:
    """Write the section of what belongs to no proposal."""
    out.write("## 版本庫\n\n")
    _write_table(check.repository, rule_texts(check.library), out)


def write_cluster(report: ClusterReport, check: Check, out: TextIO) -> None:
    """Write one cluster's section."""
    out.write(f"## {escape(report.id)}{cluster_label(report, check)}\n\n")
    _write_table(report.verdicts, rule_texts(check.library, report.id.partition("/")[0]), out)
    out.writelines(f"- {escape(words)}：{'、'.join(rules)}\n" for words, rules in open_questions(report.verdicts))
    out.write("\n")


def _write_table(verdicts: Iterable[Located], texts: RuleTexts, out: TextIO) -> None:
    """Write what a reader should act on as a table."""
    issues = sorted(issues_of(verdicts, texts), key=lambda issue: issue.order)
    if not issues:
        out.write("沒有錯誤，也沒有警告。\n\n")
        return
    out.write("| | 規則 | 說明 | 位置 | 依據 | 修正 |\n|---|---|---|---|---|---|\n")
    out.writelines(f"{_row(issue, texts)}\n" for issue in issues)
    out.write("\n")


def _row(issue: Issue, texts: RuleTexts) -> str:
    places = [
        escape(f"{place.path}:{place.line}:{place.column}" if place.line is not None else place.path)
        for place in issue.locations[:SHOWN_PLACES]
    ]
    if len(issue.locations) > SHOWN_PLACES:
        places.append(f"另有 {len(issue.locations) - SHOWN_PLACES} 處")
    message = "　".join((issue.message, *(f"{label} {words}" for label, words in issue.figures)))
    basis = issue.basis(texts) or texts[issue.rule].section
    cells = (
        issue.level.word,
        "、".join(issue.rules),
        escape(message),
        "<br>".join(places),
        escape(basis),
        escape(issue.remedy),
    )
    return f"| {' | '.join(cells)} |"


def escape(text: str) -> str:
    """Return a text in one line that means nothing to Markdown."""
    return " ".join(text.translate(_SPECIAL).split())
