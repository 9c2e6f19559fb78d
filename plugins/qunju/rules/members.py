"""Chapter MEM, counting: how many members there are, and how many of them are 中小企業."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from qunju.model.answers import either
from qunju.model.cluster import Cluster
from qunju.model.identity import Roster, called, number_key
from qunju.model.member import REGISTERED, Member
from qunju.regulation.application import category_of
from qunju.regulation.clause import Clause
from qunju.regulation.roster import compare_companies
from qunju.regulation.sme import sme_shortfall, sme_standard
from qunju.regulation.tally import Tally
from qunju.regulation.verdict import Quantity, Verdict

_UNIT = "家"


def count_of_companies(cluster: Cluster, clause: Clause) -> Verdict:
    """How many companies the cluster has (家數).

    The 領導企業 counts, advisors and the 輔導單位 do not (CON-21); a 統一編號 that is listed twice counts once. The
    roster is the one contracted, for ever. Exactly the limit is enough.
    """
    return compare_companies(cluster, clause, lambda _: True, Member.place)


def distinct_companies(cluster: Cluster, clause: Clause) -> Verdict:
    """No two members have the same 統一編號 (統編不得重複).

    A company without registration may have no number; a registered one that has not filled it in leaves this open.
    """
    members = tuple(cluster.all_members.values())
    roster = Roster.of(members)
    known = [member for member in members if member not in roster.doubtful and member.maybe(Member.ubn) is not None]
    by_number = groupby(sorted(known, key=_number), key=_number)
    twice = {number: same for number, group in by_number if len(same := list(group)) > 1}
    listed = Quantity(len(roster.everyone), _UNIT, f"{len(members)} 個成員檔共 {len(roster.everyone)} 家企業")
    if twice:
        words = "；".join(
            f"{'與'.join(called(member) for member in same)}的統一編號都是 {number}" for number, same in twice.items()
        )
        extra = len(members) - len(roster.everyone)
        places = [member.place(Member.ubn) for same in twice.values() for member in (*same[1:], same[0])]
        return clause.fails(
            f"{clause.title}：{words}，家數只計一次。",
            *places,
            measured=listed,
            gap=Quantity(extra, _UNIT, f"重複 {extra} {_UNIT}"),
        )
    if roster.doubtful:
        return clause.unknown(*roster.lacking)
    return clause.passes(f"{clause.title}：{listed.text}，統一編號皆不重複。", measured=listed)


def count_of_smes(cluster: Cluster, clause: Clause) -> Verdict:
    """How many companies meet 中小企業認定標準, against the number that the cluster as a whole needs (嚴格讀法).

    The definition asks it of every company, the rules of composition of a share only: whoever meets both readings is
    safe; whoever reaches the number only with 小規模商業 awaits 執行單位 (CON-01).
    """
    whole = clause.used(category_of(cluster, clause.programme))
    verdict = sme_share(cluster, replace(clause, limit=whole.limit))
    if verdict.gap is None or verdict.measured is None or verdict.limit is None:
        return verdict
    message = (
        f"{clause.title}：符合中小企業認定標準者 {verdict.measured.text}，"
        f"如也須{verdict.limit.text}，{verdict.gap.text}；是否如此認定，待執行單位釋示。"
    )
    return replace(verdict, message=message)


def each_sme_or_small_scale(cluster: Cluster, clause: Clause) -> Verdict:
    """Every member is a 中小企業 by the standard, or a 小規模商業 by declaration and proof."""
    meets = sme_standard(cluster, clause.programme)

    def is_eligible(member: Member) -> bool:
        return either((lambda: meets(member), lambda: member.small_scale and bool(member.small_scale_proof)))

    return clause.for_all(
        cluster.members,
        is_eligible,
        lambda member: f"{called(member)}{sme_shortfall(member, clause.programme)[0]}，也不是小規模商業",
        place=lambda member: sme_shortfall(member, clause.programme)[1],
    )


def sme_standard_known(cluster: Cluster, clause: Clause) -> Verdict:
    """Whether each member meets 中小企業認定標準 can be told (認定標準判定).

    The standard asks for company or business registration, and for capital of at most the one number, or fewer
    employees than the other, or the status of 視同中小企業 with proof and not expired on the day of the application.
    One of the three is enough, whatever the others lack. The clause defines: it never fails.
    """
    tally = Tally.of(cluster.members, sme_standard(cluster, clause.programme))
    if tally.unknown:
        return clause.unknown(*tally.unknown)
    words = f"{tally.total} {_UNIT}中 {tally.low} {_UNIT}符合中小企業認定標準"
    return clause.passes(f"{clause.title}：{words}。", measured=Quantity(tally.low, _UNIT, words))


def sme_share(cluster: Cluster, clause: Clause) -> Verdict:
    """Share of the companies that meet 中小企業認定標準: not below the limit in A, above it in B, to the letter."""
    return compare_companies(
        cluster,
        clause,
        sme_standard(cluster, clause.programme),
        lambda member: sme_shortfall(member, clause.programme)[1],
    )


def legally_established(cluster: Cluster, clause: Clause) -> Verdict:
    """Every member has company or business registration, or is a 小規模商業, which may do without (CON-01)."""
    return clause.for_all(
        cluster.members,
        lambda member: either((lambda: member.registration_type in REGISTERED, lambda: member.small_scale)),
        lambda member: f"{called(member)}沒有公司登記或商業登記，也不是小規模商業",
        place=lambda member: member.place(Member.registration_type),
    )


def _number(member: Member) -> str:
    return number_key(member.ubn)
