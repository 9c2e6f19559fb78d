"""The report for a person who has never seen YAML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TextIO

from qunju.check.examination import ClusterReport, Visitor
from qunju.check.location import Located
from qunju.check.pipeline import Check
from qunju.report.digest import Issue, RuleTexts, Totals, cluster_label, issues_of, open_questions, rule_texts
from qunju.report.excerpt import Excerpts

SHOWN_PLACES = 3
SHOWN_ISSUES = 20
SHOWN_RULES = 8


def write_text(check: Check, out: TextIO, visit: Visitor | None = None) -> Totals:
    """Write the report as the check proceeds, and return its sums; `visit` is shown each cluster on the way."""
    excerpts, totals = Excerpts(check.request.root), Totals()
    if check.repository:
        out.write("版本庫\n\n")
        totals.add(check.repository)
        _write_issues(check.repository, "", rule_texts(check.library), excerpts, out)
    texts = {year: rule_texts(check.library, year) for year in check.library.rulebooks}
    for report in check.clusters(visit):
        totals.add_cluster(report)
        _write_cluster(report, check, texts[report.id.partition("/")[0]], excerpts, out)
    out.write(f"{totals.line}\n")
    return totals


def _write_cluster(report: ClusterReport, check: Check, texts: RuleTexts, excerpts: Excerpts, out: TextIO) -> None:
    out.write(f"{report.id}{cluster_label(report, check)}\n\n")
    _write_issues(report.verdicts, f"proposals/{report.id}/", texts, excerpts, out)
    questions = list(open_questions(report.verdicts))
    out.writelines(f"  {words}：{_some(rules)}\n" for words, rules in questions)
    if questions:
        out.write("\n")


def _write_issues(verdicts: Iterable[Located], folder: str, texts: RuleTexts, excerpts: Excerpts, out: TextIO) -> None:
    issues = sorted(issues_of(verdicts, texts), key=lambda issue: issue.order)
    if not issues:
        out.write("  沒有錯誤，也沒有警告。\n\n")
    for path, group in groupby(issues, key=lambda issue: issue.path):
        out.write(f"  {'整個提案' if path in ('', folder.rstrip('/')) else path.removeprefix(folder)}\n\n")
        found = list(group)
        for issue in found[:SHOWN_ISSUES]:
            out.writelines(f"    {line}\n" for line in _lines(issue, issue.basis(texts), excerpts))
            out.write("\n")
        if len(found) > SHOWN_ISSUES:
            out.write(f"    另有 {len(found) - SHOWN_ISSUES} 項，改正以上各項後再檢查一次。\n\n")


def _lines(issue: Issue, basis: str, excerpts: Excerpts) -> Iterable[str]:
    yield f"{issue.level.word}　{issue.message}　[{_some(issue.rules)}]"
    for location in issue.locations[:SHOWN_PLACES]:
        if location.line is None:
            yield f"  → {location.path}"
            continue
        yield f"  → {location.path}:{location.line}:{location.column}"
        if not issue.verdict.sensitive:
            yield from (f"    {line}" for line in excerpts.lines(location, key_only=issue.verdict.at_key))
    if len(issue.locations) > SHOWN_PLACES:
        yield f"  → 另有 {len(issue.locations) - SHOWN_PLACES} 處"
    if issue.figures:
        yield "  " + "　".join(f"{label} {text}" for label, text in issue.figures)
    if basis:
        yield f"  依據　{basis}"
    if issue.remedy:
        yield f"  修正　{issue.remedy}"


def _some(rules: Sequence[str]) -> str:
    """Return the names of some rules, and whether there are more."""
    return "、".join(rules[:SHOWN_RULES]) + ("等" if len(rules) > SHOWN_RULES else "")
