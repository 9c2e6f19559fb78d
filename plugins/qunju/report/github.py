"""The report for a pull request: the worst findings as annotations, the whole list as the job's summary."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from qunju.check.pipeline import Check
from qunju.regulation.verdict import Level
from qunju.report.digest import Issue, RuleText, Totals, issues_of, rule_texts
from qunju.report.excerpt import redact
from qunju.report.markdown import write_cluster, write_table

ANNOTATIONS = 10
"""GitHub shows this many errors and this many warnings of a step."""

SUMMARY_LIMIT = 1_000_000
"""Bytes of a job summary, a little below what GitHub takes."""

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning"}


def write_github(check: Check, out: TextIO) -> Totals:
    """Write annotations, and the summary to the file GitHub names; return the sums."""
    texts, totals, summary = rule_texts(check.library), Totals(), io.StringIO()
    kept: dict[Level, list[Issue]] = {Level.ERROR: [], Level.WARNING: []}
    summary.write("# 提案檢查結果\n\n")
    for located in check.repository:
        totals.add(located.verdict)
    if check.repository:
        write_table(check.repository, texts, summary)
        _keep(issues_of(check.repository), kept)
    for report in check.clusters():
        totals.add_cluster(report)
        _keep(issues_of(report.verdicts), kept)
        if summary.tell() < SUMMARY_LIMIT:
            write_cluster(report, check, texts, summary)
    for level, command in _COMMANDS.items():
        out.writelines(f"{_annotation(command, issue, texts[issue.rule])}\n" for issue in kept[level])
    summary.write(f"{totals.line}\n")
    out.write(f"{totals.line}\n")
    _append_summary(summary.getvalue())
    return totals


def _keep(issues: Iterable[Issue], kept: dict[Level, list[Issue]]) -> None:
    for issue in issues:
        if issue.level in kept and len(kept[issue.level]) < ANNOTATIONS:
            kept[issue.level].append(issue)


def _annotation(command: str, issue: Issue, text: RuleText) -> str:
    properties = {"title": f"{issue.rule} {text.title}"}
    if issue.locations:
        first = issue.locations[0]
        properties = {"file": first.path, **properties}
        if first.line is not None:
            properties |= {"line": str(first.line), "col": str(first.column)}
    listed = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    remedy = f"\n修正：{issue.verdict.remedy}" if issue.note is None and issue.verdict.remedy else ""
    basis = f"\n依據 {text.section}：「{text.quote}」" if text.quote else ""
    return f"::{command} {listed}::{_escape(redact(issue.message) + basis + remedy)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


def _append_summary(text: str) -> None:
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(text)
