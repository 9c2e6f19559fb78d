"""Chapter PRP, the proposer: who may propose, and what it has done before."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from qunju.model.answers import either, every
from qunju.model.cluster import Cluster
from qunju.model.identity import called, name_key, number_key, number_of
from qunju.model.member import Member, Responsible
from qunju.model.past import PastCluster
from qunju.model.proposer import GovernmentProject, Proposer
from qunju.regulation.application import day_of_application, same_day_of
from qunju.regulation.clause import Clause
from qunju.regulation.lacking import ONE_LEAD
from qunju.regulation.sme import sme_shortfall, sme_standard
from qunju.regulation.tally import Tally
from qunju.regulation.verdict import Level, Note, Quantity, Reason, Status, Verdict

_LEAD: Final = "領導企業"
_COACH: Final = "輔導單位"
_LEGAL_FORMS: Final = frozenset({"company", "business", "juridical_person"})
_SCHOOL: Final = ("大學", "學院", "學校")
_NO_SCHOOL: Final = ("公司", "基金會", "協會", "學會")
_NONE: Final = "無"
_OTHER: Final = "其他"
_GIVEN_UP: Final = frozenset({"abandoned", "not_closed"})


def is_lead_member(cluster: Cluster, clause: Clause) -> Verdict:
    """A proposer that is a 領導企業 is the member that leads the cluster: same 統一編號 and same name."""
    proposer = cluster.proposer
    if proposer.kind != _LEAD:
        return clause.not_applicable(Reason.CONDITION)

    def is_proposer(member: Member) -> bool:
        return every(
            (
                lambda: member.is_lead,
                lambda: number_of(member) == number_key(proposer.ubn),
                lambda: name_key(member.name) == name_key(proposer.name),
            )
        )

    if either(partial(is_proposer, member) for member in cluster.members):
        return clause.passes(f"{clause.title}：提案單位就是領導企業「{proposer.name}」。")
    known = Tally.of(cluster.members, lambda member: member.is_lead).yes
    leads = [member for member in cluster.members if member.place() in known]
    found = "、".join(called(member) for member in leads)
    words = f"領導企業是{found}，統一編號或名稱與提案單位不同" if leads else "成員中沒有領導企業"
    places = [member.place(Member.ubn) for member in leads]
    return clause.fails(f"{clause.title}：提案單位填為領導企業，但{words}。", proposer.place(Proposer.ubn), *places)


def lead_meets_sme_standard(cluster: Cluster, clause: Clause) -> Verdict:
    """A 領導企業 that proposes meets 中小企業認定標準 itself; to be a 小規模商業 is not enough.

    Where a 輔導單位 proposes, the 領導企業 need only be eligible as a member.
    """
    if cluster.proposer.kind != _LEAD:
        return clause.not_applicable(Reason.CONDITION)
    unknown = Tally.of(cluster.members, lambda member: member.is_lead).unknown
    if unknown:
        return clause.unknown(*unknown)
    lead = cluster.lead
    if lead is None:
        place = cluster.proposer.place(Proposer.kind)
        message = f"{clause.title}：成員中須恰有一家領導企業，才能判定。"
        return clause.undetermined(Reason.MISSING, message, place, remedy=ONE_LEAD)
    if sme_standard(cluster, clause.programme)(lead):
        return clause.passes(f"{clause.title}：{called(lead)}符合中小企業認定標準。")
    words, place = sme_shortfall(lead, clause.programme)
    return clause.fails(f"{clause.title}：{called(lead)}{words}。", place)


def not_a_member(cluster: Cluster, clause: Clause) -> Verdict:
    """A 輔導單位 is not a member of the cluster that it coaches; of another one it may be.

    Two companies of one 負責人 are not forbidden, yet worth a word.
    """
    proposer = cluster.proposer
    if proposer.kind != _COACH:
        return clause.not_applicable(Reason.CONDITION)
    number = number_key(proposer.ubn)
    name = proposer.maybe(Proposer.representative)
    notes = [
        Note(
            Level.WARNING,
            f"輔導單位的負責人與成員{called(member)}的負責人同名，請確認是否為同一人。",
            (proposer.place(Proposer.representative), member.responsible.place(Responsible.name)),
        )
        for member in cluster.members
        if name is not None and member.file.sound and _is_owned_by(member, name)
    ]
    return clause.for_all(
        cluster.members,
        lambda member: number_of(member) != number,
        lambda member: f"{called(member)}的統一編號 {number} 就是輔導單位的統一編號",
        place=lambda member: member.place(Member.ubn),
        notes=notes,
    )


def legal_form(cluster: Cluster, clause: Clause) -> Verdict:
    """A 輔導單位 is a company, a business or a 法人 by registration; a natural person is not.

    Schools are not named among proposers: whether one is a 法人 a person must judge.
    """
    proposer = cluster.proposer
    if proposer.kind != _COACH:
        return clause.not_applicable(Reason.CONDITION)
    if proposer.registration_type not in _LEGAL_FORMS:
        here = proposer.place(Proposer.registration_type)
        return clause.fails(f"{clause.title}：輔導單位須有公司登記、商業登記或為法人。", here)
    name = proposer.maybe(Proposer.name) or ""
    notes = []
    if any(word in name for word in _SCHOOL) and not any(word in name for word in _NO_SCHOOL):
        words = "學校未列為提案單位，是否屬於「法人」請洽執行單位確認。"
        notes.append(Note(Level.WARNING, words, (proposer.place(Proposer.name),)))
    return clause.passes(notes=notes)


def business_field(cluster: Cluster, clause: Clause) -> Verdict:
    """A 輔導單位 is of one of the kinds that the regulation names, or says of which other: its list ends in 「…等」."""
    proposer = cluster.proposer
    if proposer.kind != _COACH:
        return clause.not_applicable(Reason.CONDITION)
    if proposer.business_field not in clause.programme.vocabulary("business_fields"):
        words = f"業務別「{proposer.business_field}」不在列舉之內，請選「{_OTHER}」並加說明"
        return clause.fails(f"{clause.title}：{words}。", proposer.place(Proposer.business_field))
    if proposer.business_field == _OTHER and proposer.maybe(Proposer.business_field_note) is None:
        return clause.fails(f"{clause.title}：選了「{_OTHER}」而沒有說明。", proposer.place(Proposer.business_field))
    return clause.passes(f"{clause.title}：{proposer.business_field}。")


def local_presence(cluster: Cluster, clause: Clause) -> Verdict:
    """A 輔導單位 says how it is rooted in the place and serves on the spot; how well, the committee judges."""
    proposer = cluster.proposer
    if proposer.kind != _COACH:
        return clause.not_applicable(Reason.CONDITION)
    here = proposer.place(Proposer.local_presence_statement)
    if proposer.maybe(Proposer.local_presence_statement) is None:
        return clause.fails(f"{clause.title}：還沒有說明如何深耕在地、提供蹲點服務。", here)
    return clause.passes(f"{clause.title}：已說明。")


def issues_invoices(cluster: Cluster, clause: Clause) -> Verdict:
    """The proposer can issue 統一發票, without which nothing is paid.

    That is no condition of proposing, but one of the contract.
    """
    if cluster.proposer.issues_uniform_invoice:
        return clause.passes(f"{clause.title}：可開立。")
    here = cluster.proposer.place(Proposer.issues_uniform_invoice)
    return clause.fails(f"{clause.title}：提案單位填為不能開立統一發票，簽約後無從請款。", here)


def two_year_ban(cluster: Cluster, clause: Clause) -> Verdict:
    """Nobody who gave up a government project, or left one unfinished, applies within two years (二年禁止申請).

    The period begins on the day after the event, and its last day is still within it (民法 §120, §121; CON-30). Force
    majeure excuses only with its proof. A project still going on is none left unfinished.
    """
    applied = day_of_application(cluster, clause.programme)

    def last_day(project: GovernmentProject) -> datetime.date:
        return same_day_of(project.event_date.year + int(clause.number_limit.bound), project.event_date)

    def is_free(project: GovernmentProject) -> bool:
        return either(
            (
                lambda: project.outcome not in _GIVEN_UP,
                lambda: last_day(project) < applied,
                lambda: project.force_majeure and project.maybe(GovernmentProject.proof) is not None,
            )
        )

    history = _history(cluster.proposer)
    verdict = clause.for_all(
        history,
        is_free,
        lambda project: f"{_title(project)}於 {project.event_date} 放棄或未結案，禁止申請至 {last_day(project)}（含）",
        place=lambda project: project.place(GovernmentProject.event_date),
        notes=_left_open(cluster),
    )
    if verdict.status is not Status.FAIL:
        return verdict
    banned = [project for project in history if project.place(GovernmentProject.event_date) in verdict.places]
    latest = max(banned, key=last_day)
    since, wait = (applied - latest.event_date).days, (last_day(latest) - applied).days + 1
    return replace(
        verdict,
        message=f"{verdict.message.removesuffix('。')}；申請日是 {applied}。",
        measured=Quantity(since, "日", f"事件日至申請日 {since} 日"),
        gap=Quantity(wait, "日", f"尚差 {wait} 日"),
    )


def force_majeure_proof(cluster: Cluster, clause: Clause) -> Verdict:
    """Who claims force majeure (不可抗力) proves it.

    Only a project that was given up or left unfinished need say whether it claims any.
    """

    def is_proven(project: GovernmentProject) -> bool:
        claimed = project.maybe(GovernmentProject.force_majeure)
        if claimed is None and project.outcome in _GIVEN_UP:
            claimed = project.force_majeure
        return not claimed or project.maybe(GovernmentProject.proof) is not None

    return clause.for_all(
        _history(cluster.proposer),
        is_proven,
        lambda project: f"{_title(project)}主張不可抗力而沒有附證明",
        place=lambda project: project.place(GovernmentProject.proof),
    )


def past_projects(cluster: Cluster, clause: Clause) -> Verdict:
    """Past government projects (過往曾執行政府計畫案): ticked 有, each has year and name; ticked 無, none is listed.

    A cluster of the same proposer in an earlier year's folder, once coached, is such a project.
    """
    proposer = cluster.proposer
    ticked, listed = proposer.place(Proposer.has_past_gov_projects), proposer.place(Proposer.gov_history)
    history = _history(proposer)
    if proposer.has_past_gov_projects == _NONE:
        if history:
            return clause.fails(f"{clause.title}：勾選「無」，卻列了 {len(history)} 筆。", ticked, listed)
        known = [each for each in _past_clusters(cluster) if each.coached]
        if known:
            words = f"勾選「無」，但同一統一編號曾提 {'、'.join(each.id for each in known)}"
            return clause.fails(f"{clause.title}：{words}。", ticked, *(each.place for each in known))
        return clause.passes(f"{clause.title}：無。")
    if not history:
        return clause.fails(f"{clause.title}：勾選「有」，卻沒有列出年度與計畫名稱。", listed, ticked)
    stated = {project.maybe(GovernmentProject.year) for project in history}
    notes = [
        Note(Level.WARNING, f"同一統一編號曾提 {each.id}，清單裡沒有 {each.year} 年度的計畫。", (listed, each.place))
        for each in _past_clusters(cluster)
        if each.coached and each.year not in stated
    ]
    return clause.for_all(history, lambda project: bool(project.year and project.program), _title, notes=notes)


def _history(proposer: Proposer) -> tuple[GovernmentProject, ...]:
    """The past projects; none listed is an answer where 無 is ticked."""
    history = proposer.maybe(Proposer.gov_history)
    if history is None and proposer.has_past_gov_projects == _NONE:
        return ()
    return proposer.gov_history


def _past_clusters(cluster: Cluster) -> list[PastCluster]:
    number = cluster.proposer.maybe(Proposer.ubn)
    return cluster.past.of_proposer(number) if number is not None else []


def _left_open(cluster: Cluster) -> Iterator[Note]:
    """Note the clusters of the same proposer whose year is over and whose folder does not say that they ended."""
    for each in _past_clusters(cluster):
        if each.open:
            words = f"同一統一編號的 {each.id} 停在「{each.stage}」，該年度已封存，請確認是否未結案。"
            yield Note(Level.WARNING, words, (cluster.proposer.place(Proposer.gov_history), each.place))


def _title(project: GovernmentProject) -> str:
    return f"「{project.maybe(GovernmentProject.program) or '未填名稱的計畫'}」"


def _is_owned_by(member: Member, name: str) -> bool:
    owner = member.responsible.maybe(Responsible.name)
    return owner is not None and name_key(owner) == name_key(name)
