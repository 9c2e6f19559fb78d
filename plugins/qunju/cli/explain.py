"""`qunju explain`: one rule, and how it comes out on a cluster."""

from __future__ import annotations

import argparse
import inspect
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from qunju.check.examination import ClusterReport, Examiner
from qunju.check.location import Located, Locator
from qunju.check.outlook import subject_of
from qunju.check.pipeline import Check, Request, check
from qunju.check.rulebook import Library, load_library, resolve
from qunju.check.tracing import trace
from qunju.cli import EXIT_OK, UsageError, find_root
from qunju.cli.check import proposal_path
from qunju.cli.schema import no_such_year
from qunju.regulation.clause import Clause
from qunju.regulation.verdict import Reason, Status
from qunju.report import computation
from qunju.report.digest import REASON_WORDS, cluster_label, tellable
from qunju.report.excerpt import Excerpts
from qunju.report.form_rules import FORM_RULES, STAGES, TITLES

_YEAR = re.compile(r"(?:^|/)([0-9]{2,3})/[^/]+/?$")
STATUS_WORDS = {
    Status.PASS: "通過",
    Status.FAIL: "不符",
    Status.NOT_APPLICABLE: "不適用",
    Status.UNDETERMINED: "尚無法判定",
}
_WHY = {
    **REASON_WORDS,
    Reason.STAGE: "這個階段還不要求",
    Reason.CATEGORY: "是另一類提案的條文",
    Reason.SCOPE: "不是提案者要做的事",
    Reason.CONDITION: "條文所說的情況沒有發生",
}
_UNREAD = (Reason.STAGE, Reason.CATEGORY, Reason.SCOPE)
"""Why a clause is decided before its formula reads anything."""


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "explain",
        help="說明一條規則，及它在某提案的計算",
        description="說明一條規則；加上提案時，列出它在該提案讀了哪些欄位、各是什麼、在哪裡、算出什麼。"
        "也可以查格式的代號，例如 SRC-SYNTAX、SHP-DATE。",
    )
    parser.add_argument("rule", metavar="RULE", help="規則代號，例如 MEM-07 或 SHP-DATE")
    parser.add_argument("cluster", nargs="?", metavar="111/SLUG", help="提案，例如 111/zonggu-slow-trip")
    parser.add_argument("--stage", metavar="S", help="以這個階段的要求來算，例如 submission（預設是提案目前的階段）")
    parser.add_argument("--private", action="store_true", help="一併讀取 private/ 的個人資料（只在本機使用）")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the rule, and what it says of a cluster where one is named."""
    root = find_root()
    library, name = load_library(root), options.rule.upper()
    if name in FORM_RULES:
        print("\n".join(_form_page(name)))
        if options.cluster:
            print("\n".join(_occurrences(name, *_examined(root, options))))
        return EXIT_OK
    clause = find_clause(library, name, options.cluster)
    print("\n".join(describe(clause)))
    if options.cluster:
        print("\n".join(_computation(clause, *_examined(root, options))))
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
        near = [known for known in (*rulebook.programme.clauses, *FORM_RULES) if known.startswith(f"{chapter}-")]
        hint = f"{chapter} 有 {_known(near)}。" if near else "用 qunju rules 列出全部規則。"
        raise UsageError(f"沒有規則「{name}」。{hint}")
    return clause


def describe(clause: Clause) -> list[str]:
    """Return the clause's page as lines of text."""
    lines = [
        f"{clause.id}　{clause.title}",
        f"  規範　{clause.section}（第 {clause.line} 行）：「{clause.quote}」",
        f"  適用　{'、'.join(clause.categories)} 類",
    ]
    lines.append(f"  判定　{clause.check_title}" + (f"：{clause.method}" if clause.method else ""))
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


def _known(names: list[str]) -> str:
    """Name the rules of a chapter: the first and the last of numbered ones, otherwise all."""
    return f"{names[0]} 到 {names[-1]}" if names[0][-1].isdigit() else "、".join(names)


def _examined(root: Path, options: argparse.Namespace) -> tuple[Check, ClusterReport]:
    """Check the proposal that is named."""
    path = proposal_path(root, options.cluster)
    prepared = check(Request(root, (path,), options.stage, options.private, everywhere=True))
    programmes = (rulebook.programme for rulebook in prepared.library.rulebooks.values())
    stages = list(dict.fromkeys(stage for programme in programmes for stage in programme.stages))
    if options.stage not in (None, *stages):
        raise UsageError(f"沒有「{options.stage}」這個階段；可用的有：{'、'.join(stages)}。")
    report = next(iter(prepared.clusters()), None)
    if report is None:
        raise UsageError(f"「{options.cluster}」不是提案資料夾。")
    return prepared, report


def _form_page(name: str) -> list[str]:
    rule = FORM_RULES[name]
    return [f"{name}　{TITLES[name]}", f"  原因　{rule.cause}", f"  修正　{rule.remedy}", f"  輕重　{STAGES}"]


def _occurrences(name: str, prepared: Check, report: ClusterReport) -> Iterator[str]:
    """Yield where a cluster breaks a rule of form."""
    excerpts = Excerpts(prepared.request.root)
    everything = (*prepared.repository, *report.verdicts)
    found = [located for located in everything if located.verdict.rule == name]
    yield f"\n{report.id}{cluster_label(report, prepared)}"
    broken = sum(located.verdict.status is Status.FAIL for located in found)
    yield f"  結果　{f'有 {broken} 處' if broken else '沒有這種錯誤'}"
    for located in found:
        yield f"\n  說明　{tellable(located.verdict.message)}"
        yield from _places(located, excerpts)
        if located.verdict.remedy:
            yield f"  修正　{tellable(located.verdict.remedy)}"


def _computation(clause: Clause, prepared: Check, report: ClusterReport) -> Iterator[str]:
    located = next(item for item in report.verdicts if item.verdict.rule == clause.id)
    yield f"\n{report.id}{cluster_label(report, prepared)}"
    yield from _verdict_lines(located, Excerpts(prepared.request.root))
    if clause.formula is None or located.verdict.reason in _UNREAD:
        return
    yield ""
    if clause.scope == "portfolio":
        yield "  讀取的資料　各案名冊上的企業與負責人，逐案比對；不逐欄列出。"
        return
    yield from (f"  {line}" if line else "" for line in _inputs(clause, prepared, report))


def _inputs(clause: Clause, prepared: Check, report: ClusterReport) -> Iterable[str]:
    """Return the table of what the formula read."""
    asked, library = prepared.request, prepared.library
    year, _, slug = report.id.partition("/")
    cluster = (
        Examiner(asked.root, library, report.stage, asked.private, prepared.survey.tracked).open(year, slug).cluster
    )
    programme = library.rulebooks[year].programme
    locate = Locator(asked.root, everywhere=True, private=asked.private).find
    found = trace(clause, resolve(str(clause.formula)), cluster)
    companies = subject_of(cluster, programme).companies
    hushed = {place for located in report.verdicts if located.verdict.sensitive for place in located.verdict.places}
    return computation.lines(computation.sheets(found, programme, locate, companies, hushed), f"proposals/{report.id}/")


def _verdict_lines(located: Located, excerpts: Excerpts) -> Iterator[str]:
    verdict = located.verdict
    why = verdict.severity.word if verdict.severity else _WHY.get(verdict.reason, "") if verdict.reason else ""
    yield f"  結果　{STATUS_WORDS[verdict.status]}" + (f"（{why}）" if why else "")
    quantities = (
        ("實際", verdict.measured),
        ("規定", verdict.limit),
        ("差距", verdict.gap),
        ("餘裕", verdict.margin),
    )
    for label, quantity in quantities:
        if quantity is not None:
            yield f"  {label}　{tellable(quantity.text)}"
    if verdict.message:
        yield f"  說明　{tellable(verdict.message)}"
    yield from _places(located, excerpts)
    yield from (f"  附註　{tellable(note.message)}" for note in verdict.notes)


def _places(located: Located, excerpts: Excerpts) -> Iterator[str]:
    verdict = located.verdict
    for location in located.locations:
        yield f"  位置　{location.path}" + (f":{location.line}:{location.column}" if location.line else "")
        if not verdict.sensitive:
            yield from (f"        {line}" for line in excerpts.lines(location, key_only=verdict.at_key))
