"""Chapter TXT, the tables of the plan: which rows they have, and whether one answers the other (推動構想及作法)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from qunju.model.cluster import Cluster
from qunju.model.plan import Collaboration, CollaborationRole, Difference, DigitalTool, DigitalTools, Narrative, Plan
from qunju.model.record import Field, Missing
from qunju.regulation.clause import Clause
from qunju.regulation.tally import Tally
from qunju.regulation.verdict import Level, Note, Quantity, Reason, Verdict
from qunju.rules.completeness import filled

_PARTNER: Final = "合作單位"
_ROLES: Final = ("群聚顧問", "領導企業", "群聚成員")
_KINDS: Final[tuple[tuple[Field[tuple[DigitalTool, ...]], str], ...]] = (
    (DigitalTools.marketing, "行銷推廣類"),
    (DigitalTools.management, "經營管理類"),
)
_EVALUATIONS: Final[tuple[tuple[Field[str], str], ...]] = (
    (Difference.eval_qualitative, "質化"),
    (Difference.eval_quantitative, "量化"),
)


def problems_answered(cluster: Cluster, clause: Clause) -> Verdict:
    """Every problem that the members share (共同面臨的問題) has a row of its own in the table of differences (差異表).

    A row that names no problem may be the one that answers; a problem may have several rows.
    """
    plan = cluster.plan
    problems, rows = plan.narrative.common_problems, plan.difference_table
    if not rows:
        raise Plan.difference_table.missing(plan)
    named = [row.maybe(Difference.problem) for row in rows]
    unanswered = [problem for name, problem in problems.items() if name not in named]
    if len(unanswered) > named.count(None):
        words = "、".join(f"「{problem.id}」" for problem in unanswered)
        count = len(unanswered)
        return clause.fails(
            f"{clause.title}：預期差異表沒有回應共同問題{words}。",
            *(problem.place() for problem in unanswered),
            measured=Quantity(count, "項", f"{len(problems)} 項中 {count} 項沒有回應"),
            gap=Quantity(count, "項", f"尚差 {count} 項"),
        )
    return filled(cluster, clause)


def digital_tools(cluster: Cluster, clause: Clause) -> Verdict:
    """At least one digital tool that the members will share, each with its name and purpose (共同數位工具).

    Tools of one kind only are allowed, and worth a word: the form has a table for each of the two.
    """
    tools = cluster.plan.digital_tools
    found = {title: tools.maybe(field) for field, title in _KINDS}
    rows = [row for kind in found.values() for row in kind or ()]
    if not rows:
        lacking = [field.missing(tools) for field, title in _KINDS if found[title] is None]
        if lacking:
            return clause.unknown(*lacking)
        return clause.compare_value(0, *(tools.place(field) for field, _ in _KINDS))
    notes = [
        Note(Level.ADVICE, f"沒有列{title}的數位工具，表單兩類都有欄位。", (tools.place(field),))
        for field, title in _KINDS
        if not found[title]
    ]
    lacking = list(_lacking(rows))
    if lacking:
        return replace(clause.unknown(*lacking), notes=tuple(notes))
    return clause.compare_value(len(rows), notes=notes)


def differences(cluster: Cluster, clause: Clause) -> Verdict:
    """Each row of the table of differences tells what is, what is to be, and how (預期差異表).

    How the outcome will be told is asked for in both ways, 質化 and 量化; a row without one of them earns a warning.
    """
    verdict = filled(cluster, clause)
    if verdict.reason is Reason.UNSOUND:
        return verdict
    rows = tuple(enumerate(cluster.plan.maybe(Plan.difference_table) or (), start=1))
    notes = []
    for field, title in _EVALUATIONS:
        without = {number: row for number, row in rows if row.maybe(field) is None}
        if without:
            words = f"差異表第 {'、'.join(map(str, without))} 列沒有{title}評估方式，表單要求質化及量化都要。"
            notes.append(Note(Level.WARNING, words, tuple(row.place(field) for row in without.values())))
    return replace(verdict, notes=tuple(notes))


def roles(cluster: Cluster, clause: Clause) -> Verdict:
    """The advisor, the lead and the members each have their duties and their part of the work (共工執行方法)."""
    collaboration = cluster.plan.narrative.collaboration
    listed = collaboration.roles
    if not listed:
        raise Collaboration.roles.missing(collaboration)
    named = [role.maybe(CollaborationRole.role) for role in listed]
    absent = [role for role in _ROLES if role not in named]
    if len(absent) > named.count(None):
        gap = Quantity(len(absent), "種", f"尚差 {len(absent)} 種角色")
        return clause.fails(
            f"{clause.title}：角色分工沒有寫{'、'.join(absent)}。",
            collaboration.place(Collaboration.roles),
            gap=gap,
        )
    return filled(cluster, clause)


def partners_introduced(cluster: Cluster, clause: Clause) -> Verdict:
    """Where there is a 合作單位, the proposal introduces it and tells how and in what they work together."""
    proposer, narrative = cluster.proposer, cluster.plan.narrative
    partners = Tally.of(proposer.partners.values(), lambda partner: partner.type == _PARTNER)
    if not partners.high:
        return clause.not_applicable(Reason.CONDITION, f"{clause.title}：沒有合作單位。")
    if narrative.maybe(Narrative.partner_intro) is not None:
        return clause.passes(f"{clause.title}：已說明。")
    return clause.unknown(*(partners.unknown if not partners.low else (Narrative.partner_intro.missing(narrative),)))


def _lacking(rows: list[DigitalTool]) -> Iterator[Missing]:
    for row in rows:
        for field in (DigitalTool.name, DigitalTool.purpose):
            if row.maybe(field) is None:
                yield field.missing(row)
