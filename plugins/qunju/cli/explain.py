"""`qunju explain`: one clause, and how it comes out on a cluster."""

from __future__ import annotations

import argparse
import inspect
import re
from pathlib import Path
from typing import Any

from qunju.check.location import Located
from qunju.check.pipeline import Request, check
from qunju.check.rulebook import Library, load_library, resolve
from qunju.cli import EXIT_OK, UsageError, find_root
from qunju.cli.check import relative_path
from qunju.cli.schema import no_such_year
from qunju.regulation.clause import Clause
from qunju.regulation.verdict import Status
from qunju.report.digest import tellable
from qunju.report.excerpt import Excerpts

_YEAR = re.compile(r"(?:^|/)([0-9]{2,3})/[^/]+/?$")
STATUS_WORDS = {
    Status.PASS: "通過",
    Status.FAIL: "不符",
    Status.NOT_APPLICABLE: "不適用",
    Status.UNDETERMINED: "尚無法判定",
}


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "explain",
        help="說明一條規則，及它在某提案的計算",
        description="說明一條規則；加上提案時，列出它在該提案的計算。",
    )
    parser.add_argument("rule", metavar="RULE", help="規則代號，例如 MEM-07")
    parser.add_argument("cluster", nargs="?", metavar="111/SLUG", help="提案，例如 111/zonggu-slow-trip")
    parser.add_argument("--private", action="store_true", help="一併讀取 private/ 的個人資料（只在本機使用）")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the clause, and its verdict on a cluster where one is named."""
    root = find_root()
    library = load_library(root)
    clause = find_clause(library, options.rule.upper(), options.cluster)
    for line in describe(clause):
        print(line)
    if options.cluster:
        path = relative_path(root, options.cluster)
        for line in _computation(root, clause, path, private=options.private):
            print(line)
    return EXIT_OK


def find_clause(library: Library, name: str, cluster: str | None) -> Clause:
    """Return a clause of a cluster's year; where no cluster is named, of the latest year."""
    year = _YEAR.search(cluster or "")
    if year is not None and year[1] not in library.rulebooks:
        raise no_such_year(year[1], library.rulebooks)
    rulebook = library.latest if year is None else library.rulebooks[year[1]]
    clause = rulebook.programme.clauses.get(name)
    if clause is None:
        chapter = name.partition("-")[0]
        near = [known for known in rulebook.programme.clauses if known.startswith(f"{chapter}-")]
        hint = f"{chapter} 有 {near[0]} 到 {near[-1]}。" if near else "用 qunju rules 列出全部規則。"
        raise UsageError(f"沒有規則「{name}」。{hint}")
    return clause


def describe(clause: Clause) -> list[str]:
    """Return the clause's page as lines of text."""
    lines = [
        f"{clause.id}　{clause.title}",
        f"  規範　{clause.section}（第 {clause.line} 行）：「{clause.quote}」",
        f"  適用　{'、'.join(clause.categories)} 類",
    ]
    lines.append(f"  判定　{clause.check_title}")
    if clause.limit:
        lines.append(f"  界限　{clause.limit.quantity.text}")
    lines.extend(f"  輕重　{category} 類：{clause.weight(category)}" for category in clause.severity)
    if clause.decision:
        decision = clause.programme.decisions[clause.decision]
        lines.append(f"  決議　{clause.decision}：{decision.get('reading', '')}")
    if clause.formula:
        summary = (inspect.getdoc(resolve(clause.formula)) or "").splitlines()
        lines.append(f"  算式　{clause.formula}　{summary[0] if summary else ''}")
    if clause.look_at:
        lines.append(f"  請看　{clause.look_at}")
    if clause.remedy:
        lines.append(f"  修正　{clause.remedy}")
    return lines


def _computation(root: Path, clause: Clause, path: str, *, private: bool) -> list[str]:
    report = next(iter(check(Request(root, (path,), private=private, everywhere=True)).clusters()), None)
    if report is None:
        raise UsageError(f"「{path}」不是提案資料夾。")
    located = next(item for item in report.verdicts if item.verdict.rule == clause.id)
    return [f"\n{report.id}", *_verdict_lines(located, Excerpts(root))]


def _verdict_lines(located: Located, excerpts: Excerpts) -> list[str]:
    verdict = located.verdict
    lines = [f"  結果　{STATUS_WORDS[verdict.status]}" + (f"（{verdict.severity.word}）" if verdict.severity else "")]
    for label, quantity in (("實際", verdict.measured), ("規定", verdict.limit), ("差距", verdict.gap)):
        if quantity is not None:
            lines.append(f"  {label}　{quantity.text}")
    if verdict.message:
        lines.append(f"  說明　{tellable(verdict.message)}")
    for location in located.locations:
        lines.append(f"  位置　{location.path}" + (f":{location.line}:{location.column}" if location.line else ""))
        if not verdict.sensitive:
            lines.extend(f"        {line}" for line in excerpts.lines(location))
    lines.extend(f"  附註　{tellable(note.message)}" for note in verdict.notes)
    return lines
