"""Chapter CLS: the three parties of a cluster, and whether it is new or continues another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qunju.model.cluster import Cluster
from qunju.model.continuation import continued, unlike_the_past
from qunju.model.identity import name_key
from qunju.model.member import Member
from qunju.model.past import PastCluster, PastCompany
from qunju.model.profile import Continues, FormerMember, Profile
from qunju.model.proposer import Proposer
from qunju.model.record import Missing
from qunju.regulation.clause import Clause
from qunju.regulation.tally import Tally
from qunju.regulation.verdict import Level, Note, Quantity, Verdict
from qunju.source.place import Place


def three_roles(cluster: Cluster, clause: Clause) -> Verdict:
    """There is exactly one 領導企業, at least one other member, and at least one 群聚顧問 (三方角色).

    That there is one leader follows from the singular of the text and the note below the roster.
    """
    leads = Tally.of(cluster.members, lambda member: member.is_lead)
    people = cluster.proposer.maybe(Proposer.personnel)
    advisors = Tally.of((people or {}).values(), lambda person: person.is_advisor)
    category = cluster.profile.place(Profile.category)
    faults: dict[Place, str] = {}
    if leads.low > 1:
        faults.update({place.at(Member.role.key): f"領導企業有 {leads.low} 家，應恰有一家" for place in leads.yes})
    if leads.high < 1:
        places = leads.no or (category,)
        faults[places[0].at(Member.role.key) if leads.no else category] = "沒有領導企業，應恰有一家"
    if leads.total < 2:
        faults.setdefault(category, "除領導企業外，至少要有一家群聚成員企業")
    if people is not None and advisors.high < 1:
        faults[cluster.proposer.place(Proposer.personnel)] = "沒有群聚顧問"
    if faults:
        return clause.fails(f"{clause.title}：{'；'.join(dict.fromkeys(faults.values()))}。", *faults)
    if leads.unknown or (people and advisors.low < 1):
        return clause.unknown(*leads.unknown, *advisors.unknown)
    if people is None:
        return clause.unknown(Missing(cluster.proposer.place(Proposer.personnel), Proposer.personnel.key, "missing"))
    words = f"領導企業 {leads.low} 家、群聚成員企業 {len(leads.no)} 家、群聚顧問 {advisors.low} 位"
    return clause.passes(f"{clause.title}：{words}。")


def continues_last_year(cluster: Cluster, clause: Clause) -> Verdict:
    """The cluster that is continued was coached in the year before, and its roster is listed (前一年參與之群聚).

    Where last year's folder is in the repository, the roster is the one there; another one stated contradicts it.
    Whether a programme not called 數位群聚輔導 is one of the 相關輔導 is not defined: it earns a note (CON-20).
    """
    continues = cluster.profile.continues
    verdict = clause.compare_value(continues.year, continues.place(Continues.year))
    if verdict.gap is not None:
        words = f"延續的是 {continues.year} 年度的群聚，限 {clause.number_limit.bound} 年度參與者"
        return replace(verdict, message=f"{clause.title}：{words}。")
    before = continued(cluster)
    if before is None and not continues.roster:
        return clause.fails(f"{clause.title}：沒有列出原群聚成員名冊。", continues.place(Continues.roster))
    listed: tuple[FormerMember, ...] | None = continues.maybe(Continues.roster)
    if before is not None and listed:
        added, left_out = unlike_the_past(cluster, before)
        if added or left_out:
            return _another_roster(cluster, clause, before, added, left_out)
    program = continues.maybe(Continues.program)
    notes = []
    if program is not None and name_key(clause.programme.fact("window.programme")) not in name_key(program):
        words = f"「{program}」是否屬數位群聚相關輔導，規範沒有定義，請先洽執行單位確認。"
        notes.append(Note(Level.WARNING, words, (continues.place(Continues.program),)))
    notes.extend(_doubts(cluster, before))
    return replace(verdict, notes=tuple(notes))


def new_yet_continuing(cluster: Cluster, clause: Clause) -> Verdict:
    """A new cluster with the name of the one of the year before, and members coached then, looks like a continued one.

    Derived from what the two categories are for: a hint, never a reason to refuse. Last year's folder in the repository
    tells as much as what the proposal states.
    """
    continues = cluster.profile.continues
    prior = clause.programme.fact("window.prior_year")
    before = cluster.past.cluster(prior, cluster.profile.maybe(Profile.name), cluster.id.partition("/")[2])
    if before is None and not (continues.values and name_key(continues.name) == name_key(cluster.name)):
        return clause.passes(f"{clause.title}：沒有延續前一年群聚的跡象。")

    def was_coached(member: Member) -> bool:
        return bool(cluster.past.coachings(member, (prior,))) or prior in member.years_coached

    tally = Tally.of(cluster.members, was_coached)
    if tally.low:
        measured = Quantity(tally.low, "家", f"{tally.low} 家前一年受輔導")
        words = f"與前一年的群聚同名，又有 {measured.text}，是否應提 B 類"
        places = (cluster.profile.place(Profile.category), *([before.place] if before else []))
        return clause.fails(f"{clause.title}：{words}？", *places, measured=measured)
    return clause.unknown(*tally.unknown) if tally.unknown else clause.passes(f"{clause.title}：同名而無前一年成員。")


def _another_roster(
    cluster: Cluster, clause: Clause, before: PastCluster, added: list[FormerMember], left_out: list[PastCompany]
) -> Verdict:
    """Say how the stated roster differs from that of last year's folder: where it stands, and where the other does."""
    names = {
        "多列": [one.maybe(FormerMember.name) or "未填名稱者" for one in added],
        "少列": [company.name or company.id for company in left_out],
    }
    told = "、".join(f"{word}{_some(many)}" for word, many in names.items() if many)
    words = f"列出的原群聚名冊與 {before.id} 的名冊不同，{told}"
    stated = cluster.profile.continues.place(Continues.roster)
    first = added[0].place(FormerMember.name) if added else stated
    others = [company.place for company in left_out] or [before.place]
    remedy = "核對 cluster.yml 的 continues.roster；與前一年資料夾的名冊相同時可整段刪去，由系統帶出。"
    return clause.fails(f"{clause.title}：{words}。", first, *others, remedy=remedy)


def _doubts(cluster: Cluster, before: PastCluster | None) -> Iterator[Note]:
    """Note where last year's folder does not bear out that this cluster was coached."""
    continues = cluster.profile.continues
    if before is not None and not before.coached:
        words = f"{before.id} 停在「{before.stage}」，請確認前一年確曾入選受輔導。"
        yield Note(Level.WARNING, words, (continues.place(Continues.year), before.place))
    last = continues.maybe(Continues.year)
    if before is None and any(each.year == last for each in cluster.past.clusters):
        name = continues.maybe(Continues.name) or cluster.name
        words = f"版本庫的 {last} 年度沒有名為「{name}」的群聚，原名冊無從核對。"
        yield Note(Level.WARNING, words, (continues.place(Continues.name),))


def _some(names: list[str]) -> str:
    return "".join(f"「{name}」" for name in names[:3]) + (f"等 {len(names)} 家" if len(names) > 3 else "")
