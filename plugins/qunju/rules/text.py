"""Chapter TXT, the texts: how long they are, how many there are, and whether the form's own samples still stand."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from qunju.model.cluster import Cluster
from qunju.model.member import Member
from qunju.model.plan import Narrative
from qunju.model.profile import Profile, Summary
from qunju.model.record import Field
from qunju.regulation.clause import Clause
from qunju.regulation.length import length_of
from qunju.regulation.limit import amount
from qunju.regulation.verdict import Level, Note, Quantity, Reason, Status, Verdict
from qunju.rules.completeness import filled

_UNIT: Final = "字"
_COMPANIES: Final = "家"


def short_name(cluster: Cluster, clause: Clause) -> Verdict:
    """The cluster has a name (群聚名稱); a long one, hardly 簡短、好記, is worth a word."""
    length, most = length_of(cluster.name), clause.programme.fact("lengths.name")
    notes = []
    if length > most:
        words = f"群聚名稱 {amount(length, _UNIT)}，表單希望簡短、好記，建議 {amount(most, _UNIT)}以內。"
        notes.append(Note(Level.ADVICE, words, (cluster.profile.place(Profile.name),)))
    return clause.passes(f"{clause.title}：{amount(length, _UNIT)}。", measured=_characters(length), notes=notes)


def theme_length(cluster: Cluster, clause: Clause) -> Verdict:
    """The theme (群聚主題) is told in no more characters than the form asks for (CON-28).

    Whether there is a theme at all is another clause's.
    """
    profile = cluster.profile
    return clause.compare_value(length_of(profile.theme), profile.place(Profile.theme))


def features(cluster: Cluster, clause: Clause) -> Verdict:
    """The summary tells members, distribution and strengths; a number of companies stated there is the roster's.

    Unless it is stated, the number is counted: every 統一編號 once, the 領導企業 among them.
    """
    summary = cluster.profile.summary
    stated = summary.maybe(Summary.member_count)
    roster = cluster.roster
    low, high = len(roster.companies), len(roster.everyone)
    if stated is not None and not low <= stated <= high:
        nearest = low if stated < low else high
        gap = Quantity(abs(stated - nearest), _COMPANIES, f"差 {amount(abs(stated - nearest), _COMPANIES)}")
        words = f"名冊共 {amount(nearest, _COMPANIES)}，您寫的是 {amount(stated, _COMPANIES)}，{gap.text}"
        measured = Quantity(stated, _COMPANIES, amount(stated, _COMPANIES))
        return clause.fails(
            f"{clause.title}：{words}。", summary.place(Summary.member_count), measured=measured, gap=gap
        )
    verdict = filled(cluster, clause)
    if verdict.status is not Status.PASS:
        return verdict
    if low < high:
        return clause.unknown(*roster.lacking)
    counted = Quantity(low, _COMPANIES, amount(low, _COMPANIES))
    return replace(verdict, message=f"{clause.title}：特色已填寫，名冊共 {counted.text}。", measured=counted)


def origin(cluster: Cluster, clause: Clause) -> Verdict:
    """The proposal tells why the cluster came about (緣起及提案動機); far from 約 300 字 is worth a word (CON-28).

    What category B tells of the year before is a text of its own and not counted here.
    """
    return _about_as_long(cluster, clause, Narrative.origin)


def introduction(cluster: Cluster, clause: Clause) -> Verdict:
    """The cluster is introduced (群聚簡介) and its name explained; an introduction far from 約 300 字 earns a note."""
    return _about_as_long(cluster, clause, Narrative.intro)


def briefs_pages(cluster: Cluster, clause: Clause) -> Verdict:
    """How many pages the members' profiles (成員簡介) fill, which only the printed document tells.

    A text that fills more pages than allowed even when set as tightly as can be read is too long however it is printed.
    """
    if not cluster.members:
        return clause.not_applicable(message=f"{clause.title}：members/ 裡還沒有成員檔。")
    briefs = {member: brief for member in cluster.members if (brief := member.maybe(Member.brief)) is not None}
    if not briefs:
        return clause.unknown(*(Member.brief.missing(member) for member in cluster.members))
    limit, page = clause.number_limit, clause.programme.fact("lengths.page")
    # A text has never more 字 than signs: what few profiles exceed need not be counted.
    if not limit.holds(-(-sum(map(len, briefs.values())) // page)):
        lengths = {member: length_of(brief) for member, brief in briefs.items()}
        characters = sum(lengths.values())
        pages = -(-characters // page)
        if not limit.holds(pages):
            longest = sorted(lengths, key=lambda member: -lengths[member])
            verdict = clause.compare_value(pages, *(member.place(Member.brief) for member in longest[:3]))
            words = f"{len(briefs)} 家共 {amount(characters, _UNIT)}，排得再密也要 {pages} 頁"
            return replace(verdict, message=f"{clause.title}：{words}，規定{limit.quantity.text}。")
    words = f"印出來有幾頁，須看產出的文件（規定{limit.quantity.text}）"
    return clause.undetermined(Reason.UNRENDERED, f"{clause.title}：{words}。")


def _about_as_long(cluster: Cluster, clause: Clause, field: Field[str]) -> Verdict:
    """What the clause demands is filled in; note a text whose length is not about what the form asks for."""
    verdict = filled(cluster, clause)
    narrative = cluster.plan.narrative if cluster.plan.file.sound else None
    text = narrative.maybe(field) if narrative is not None else None
    if narrative is None or text is None:
        return verdict
    about = clause.programme.fact("lengths.narrative")
    slack = about["about"] * about["tolerance_pct"] // 100
    low, high, length = about["about"] - slack, about["about"] + slack, length_of(text)
    measured = _characters(length)
    if verdict.status is Status.PASS:
        verdict = replace(verdict, message=f"{clause.title}：已填寫，{measured.text}。", measured=measured)
    if low <= length <= high:
        return verdict
    far = f"尚差 {amount(low - length, _UNIT)}" if length < low else f"超出 {amount(length - high, _UNIT)}"
    here = narrative.place(field)
    asked = f"表單要約 {amount(about['about'], _UNIT)}，建議 {low} 至 {amount(high, _UNIT)}"
    words = f"「{clause.programme.form.label(here)}」{measured.text}，{asked}，{far}。"
    return replace(verdict, notes=(Note(Level.ADVICE, words, (here,)),))


def _characters(length: int) -> Quantity:
    return Quantity(length, _UNIT, amount(length, _UNIT))
