"""Chapter OBL: what proposer and members declare, and how long they report afterwards (權利義務)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from qunju.model.cluster import Cluster
from qunju.model.identity import called
from qunju.model.member import MemberDeclarations
from qunju.model.progress import ProgramEvent, Tracking
from qunju.model.proposer import Partner, Proposer, ProposerDeclarations
from qunju.model.record import Field, Missing
from qunju.regulation.application import same_day_of
from qunju.regulation.clause import Clause
from qunju.regulation.verdict import Level, Note, Quantity, Status, Verdict

_WHOLE_PROJECT: Final = "whole_project"


def participation(cluster: Cluster, clause: Clause) -> Verdict:
    """The proposer declares that it takes part in the programme's events, surveys and visits (配合參與).

    Once the coaching has begun, a record of those events belongs to it. To have missed one is no breach, yet counts in
    the yearly evaluation: worth a word.
    """
    verdict = _declared(cluster, clause, ProposerDeclarations.participation)
    if verdict.status is not Status.PASS or not clause.programme.has_reached(cluster.stage, "execution"):
        return verdict
    events = cluster.progress.program_events
    missed = [event for event in events if not event.attended]
    notes = [
        Note(
            Level.ADVICE,
            f"沒有參加「{event.maybe(ProgramEvent.name) or '未具名的活動'}」，參與狀況會列入年度執行評核。",
            (event.place(ProgramEvent.attended),),
        )
        for event in missed
    ]
    taken = len(events) - len(missed)
    told = f"{len(events)} 場活動參加 {taken} 場" if events else "沒有活動紀錄"
    count = Quantity(taken, "場", told)
    return clause.passes(f"{clause.title}：已聲明配合，{count.text}。", measured=count, notes=notes)


def tracking_until(cluster: Cluster, clause: Clause) -> Verdict:
    """Companies, advisors and proposer report until three years after closing (三年追蹤管考), the last day included.

    The last day is the corresponding day of the closing; where it is stated, it is compared.
    """
    tracking = cluster.progress.tracking
    years = int(clause.number_limit.bound)
    last = same_day_of(tracking.closing_date.year + years, tracking.closing_date)
    stated = tracking.maybe(Tracking.until)
    arithmetic = f"結案日 {tracking.closing_date} 加 {years} 年是 {last}（含當日）"
    if stated is not None and stated != last:
        days = abs((stated - last).days)
        return clause.fails(
            f"{clause.title}：{arithmetic}，您寫的追蹤迄日是 {stated}，{'晚' if stated > last else '早'}了 {days} 日。",
            tracking.place(Tracking.until),
            tracking.place(Tracking.closing_date),
            measured=Quantity(stated.isoformat(), "", str(stated)),
            gap=Quantity(days, "日", f"差 {days} 日"),
        )
    reports = tracking.maybe(Tracking.reports)
    told = f"，已回報 {len(reports)} 次" if reports else ""
    return clause.passes(
        f"{clause.title}：{arithmetic}，企業、群聚顧問與提案單位在此之前都要配合{told}。",
        measured=Quantity(last.isoformat(), "", str(last)),
    )


def no_subcontract(cluster: Cluster, clause: Clause) -> Verdict:
    """The proposer declares that it neither hands on the project nor parts of it (不得轉包及分包).

    To buy services is allowed, and no share is laid down (CON-23): a partner that does the whole project is worth a
    warning, for a person to judge.
    """
    proposer = cluster.proposer
    notes = [
        Note(
            Level.WARNING,
            f"「{partner.maybe(Partner.employer) or partner.id}」的合作性質是全案執行，可能屬於轉包，請確認分工。",
            (partner.place(Partner.scope), partner.place(Partner.duty)),
        )
        for partner in (proposer.maybe(Proposer.partners) or {}).values()
        if partner.maybe(Partner.scope) == _WHOLE_PROJECT
    ]
    try:
        verdict = _declared(cluster, clause, ProposerDeclarations.no_subcontract)
    except Missing as missing:
        verdict = clause.unknown(missing)
    return replace(verdict, notes=tuple(notes))


def truthful(cluster: Cluster, clause: Clause) -> Verdict:
    """The proposer declares that what it hands in is true (資料真實)."""
    return _declared(cluster, clause, ProposerDeclarations.truthful)


def confidentiality(cluster: Cluster, clause: Clause) -> Verdict:
    """The proposer declares that it keeps business secrets and personal data safe (保密)."""
    return _declared(cluster, clause, ProposerDeclarations.confidentiality)


def members_truthful(cluster: Cluster, clause: Clause) -> Verdict:
    """Every member declares that what it filled in is true (如實填寫), those who joined later included."""
    return clause.for_all(
        cluster.all_members.values(),
        lambda member: member.declarations.truthful,
        lambda member: f"{called(member)}沒有聲明如實填寫",
        place=lambda member: member.declarations.place(MemberDeclarations.truthful),
    )


def _declared(cluster: Cluster, clause: Clause, field: Field[bool]) -> Verdict:
    declarations = cluster.proposer.declarations
    if field.of(declarations):
        return clause.passes(f"{clause.title}：已聲明。")
    return clause.fails(f"{clause.title}：聲明填的是「否」。", declarations.place(field))
