"""The report for a pull request: the worst findings as annotations, the whole list as the job's summary."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final, TextIO

from qunju.check.pipeline import Check
from qunju.regulation.verdict import Level
from qunju.report.digest import Issue, RuleTexts, Totals, issues_of, rule_texts
from qunju.report.markdown import HEADING, write_cluster, write_repository

ANNOTATIONS: Final = 10
"""GitHub shows this many errors and this many warnings of a step."""

SUMMARY_LIMIT: Final = 1_000_000
"""Bytes of a job summary, a little below what GitHub takes; a longer one it drops altogether."""

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning"}
_CUT_OFF = "\n\n（清單太長，其餘略去；在自己的電腦上執行 qunju check 可看到全部。）\n"


def write_github(check: Check, out: TextIO) -> Totals:
    """Write annotations, and the summary to the file that GitHub names; return the sums."""
    texts, totals, sections = rule_texts(check.library), Totals(), _Sections()
    worst = _Worst()
    if check.repository:
        totals.add(check.repository)
        worst.add(issues_of(check.repository, texts))
        write_repository(check, sections)
    for report in check.clusters():
        totals.add_cluster(report)
        worst.add(issues_of(report.verdicts, texts))
        write_cluster(report, check, sections)
    for level, command in _COMMANDS.items():
        out.writelines(f"{_annotation(command, issue, texts)}\n" for issue in worst.of(level))
    out.write(f"{totals.line}\n")
    _append_summary(f"{HEADING}{totals.line}\n\n{sections.getvalue()}")
    return totals


class _Worst:
    """The worst issues so far of each level that can be annotated."""

    def __init__(self) -> None:
        self._kept: list[Issue] = []

    def add(self, issues: Iterable[Issue]) -> None:
        self._kept.extend(issues)
        self._kept = [issue for level in _COMMANDS for issue in self.of(level)]

    def of(self, level: Level) -> list[Issue]:
        """Return the worst of a level; among equals, those found first."""
        found = [issue for issue in self._kept if issue.level is level]
        return sorted(found, key=lambda issue: issue.weight)[:ANNOTATIONS]


class _Sections(io.StringIO):
    """A text that ends where it would grow too long for a summary, and says so."""

    def __init__(self) -> None:
        super().__init__()
        self._left = SUMMARY_LIMIT

    def write(self, text: str) -> int:
        size = len(text.encode())
        if self._left > 0:
            super().write(text if size <= self._left else _CUT_OFF)
        self._left -= size
        return len(text)


def _annotation(command: str, issue: Issue, texts: RuleTexts) -> str:
    alone = len(issue.rules) == 1
    properties = {"title": f"{issue.rule} {texts[issue.rule].title if alone else f'等 {len(issue.rules)} 條'}"}
    if issue.locations:
        first = issue.locations[0]
        properties = {"file": first.path, **properties}
        if first.line is not None:
            properties |= {"line": str(first.line), "col": str(first.column)}
    listed = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    lines = [issue.message, *(f"{label} {words}" for label, words in issue.figures)]
    basis = issue.basis(texts)
    if basis:
        lines.append(f"依據　{basis}")
    if issue.remedy:
        lines.append(f"修正　{issue.remedy}")
    message = _escape("\n".join(lines))
    return f"::{command} {listed}::{message}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


def _append_summary(text: str) -> None:
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        with Path(path).open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
