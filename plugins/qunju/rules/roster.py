"""Chapter MEM, the roster: who stayed from last year, who owns what, and what each member hands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from qunju.model.cluster import Cluster
from qunju.model.continuation import continued, former_members, is_new, stays
from qunju.model.documents import Documents, StampedForm
from qunju.model.identity import called, mobile_of, name_key
from qunju.model.member import Member, Responsible
from qunju.model.plan import Collaboration
from qunju.model.profile import Continues, Profile
from qunju.model.record import Field, Missing, Unsound
from qunju.regulation.clause import Clause
from qunju.regulation.limit import share_text
from qunju.regulation.tally import Tally
from qunju.regulation.verdict import Level, Note, Quantity, Status, Verdict
from qunju.rules.completeness import lacking_fields
from qunju.source.place import Place

_LEAD_MARK: Final = "(領導企業)"
_SEALS: Final[tuple[tuple[Field[bool], str], ...]] = (
    (StampedForm.entity_seal, "未蓋企業大章"),
    (StampedForm.representative_seal, "未蓋負責人章"),
)


def share_replaced(cluster: Cluster, clause: Clause) -> Verdict:
    """Share of the former members that are no longer in the cluster (原群聚成員更換比例).

    Who left counts, whether or not somebody came instead: the sentence speaks of the former roster (CON-19). A company
    is the same by 統一編號, and without one by name and 負責人. Exactly the limit is allowed. Where last year's folder
    is in the repository, the former roster is the one that stands there.
    """
    left, added = _left_and_added(cluster)
    places: tuple[Place, ...] = ()
    if left.yes and continued(cluster) is not None:
        places = (cluster.profile.continues.place(Continues.roster), *left.yes)
    return clause.compare(left, notes=_other_reading(clause, added, "新增成員占現有成員"), places=places)


def share_added(cluster: Cluster, clause: Clause) -> Verdict:
    """Share of the present members that were not in the former cluster: the other reading of 更換比例 (CON-19)."""
    left, added = _left_and_added(cluster)
    places = [place.at(Member.name.key) for place in added.yes]
    return clause.compare(added, notes=_other_reading(clause, left, "離開的原成員占原成員"), places=places)


def companies_per_owner(cluster: Cluster, clause: Clause) -> Verdict:
    """How many companies of the cluster have the same 負責人 (同一負責人): a person is told by name and mobile number.

    Names that all differ need no number. The same name with different numbers passes with a word, and with numbers not
    known it is open: they stand in private/. National identity numbers are not collected.
    """
    companies = cluster.roster.everyone
    namesakes = [same for same in _by_owner_name(companies).values() if len(same) > 1]
    unknown: list[Missing | Unsound] = [*Tally.of(companies, lambda member: bool(member.responsible.name)).unknown]
    owned: list[list[Member]] = []
    for same in namesakes:
        by_mobile: dict[str, list[Member]] = {}
        unknown.extend(_sort_by_mobile(same, by_mobile))
        owned.extend(by_mobile.values())
    most = max(owned, key=len, default=companies[:1])
    if not clause.number_limit.holds(len(most)):
        words = "；".join(f"{_called(many)}的負責人同名且手機相同" for many in owned if len(many) > 1)
        places = [_owner(member) for many in owned if len(many) > 1 for member in (*many[1:], many[0])]
        verdict = clause.compare_value(len(most), *places)
        return replace(verdict, message=f"{clause.title}：{words}，應只以一家參與。")
    if unknown:
        return clause.unknown(*unknown)
    notes = [
        Note(Level.WARNING, f"{_called(same)}的負責人同名而手機不同，請確認不是同一人。", tuple(map(_owner, same)))
        for same in namesakes
    ]
    return clause.compare_value(len(most), notes=notes)


def lead_marked(cluster: Cluster, clause: Clause) -> Verdict:
    """Exactly one row of the roster bears 「(領導企業)」 after the name, that of the 領導企業 (領導企業加註).

    The roster is produced: the mark is added to the lead's name where it does not stand there already.
    """
    leads = Tally.of(cluster.members, lambda member: member.is_lead)
    strays = [member for member in cluster.members if member.place() in leads.no and _bears_mark(member)]
    if strays:
        words = f"{_called(strays)}不是領導企業，名稱不應加註「{_LEAD_MARK}」"
        return clause.fails(f"{clause.title}：{words}。", *(member.place(Member.name) for member in strays))
    if leads.low > 1 or leads.high < 1:
        places = [place.at(Member.role.key) for place in leads.yes] or [cluster.profile.place(Profile.category)]
        words = f"名冊須恰有一家加註「{_LEAD_MARK}」，現有 {leads.low} 家"
        return clause.fails(
            f"{clause.title}：{words}。", *places, measured=Quantity(leads.low, "家", f"{leads.low} 家")
        )
    lead = cluster.lead
    if leads.unknown or lead is None:
        return clause.unknown(*leads.unknown)
    row = lead.name if _bears_mark(lead) else f"{lead.name}{_LEAD_MARK}"
    return clause.passes(f"{clause.title}：名冊印為「{row}」。", measured=Quantity(row, "", row))


def sheets_sealed(cluster: Cluster, clause: Clause) -> Verdict:
    """Every member's sheet (成員基本資料表) is filled in, stamped with both seals, and scanned.

    What a member without registration cannot have, it may leave out with a reason. Of what stands in private/, only the
    telephone of a company that has no land line is needed to tell; the rest is looked at where private/ is open.
    """
    listed = cluster.documents.maybe(Documents.member_scans)
    scans = listed or {}
    verdict = clause.for_all(
        () if listed is None else cluster.members,
        lambda member: not _faults(scans, member),
        lambda member: f"{called(member)}{'、'.join(_faults(scans, member).values())}",
        place=lambda member: (
            next(iter(_faults(scans, member)), None) or cluster.documents.place(Documents.member_scans)
        ),
    )
    lacking = [cause for cause in lacking_fields(cluster, clause) if _is_needed(cause)]
    return clause.unknown(*lacking) if lacking and verdict.status is Status.PASS else verdict


def roles_described(cluster: Cluster, clause: Clause) -> Verdict:
    """The division of work (共工執行方法) gives every member a part: a person must read whether it does.

    That none is written at all can be told.
    """
    collaboration = cluster.plan.narrative.collaboration
    here = collaboration.place(Collaboration.roles)
    if not collaboration.roles:
        return clause.fails(f"{clause.title}：共工執行方法沒有寫出任何角色的分工。", here)
    return clause.ask_person("", here)


def _left_and_added(cluster: Cluster) -> tuple[Tally, Tally]:
    former = former_members(cluster)
    roster = cluster.roster
    return (
        Tally.of(former, lambda one: not stays(one, roster)),
        Tally.of(roster.everyone, lambda member: is_new(member, former)),
    )


def _other_reading(clause: Clause, tally: Tally, words: str) -> Iterator[Note]:
    """Note that a reading which the clause does not follow would refuse the cluster."""
    if not clause.number_limit.holds(tally.low, tally.total):
        share = f"{tally.total} 家中 {tally.low} 家，{share_text(tally.low, tally.total)}"
        yield Note(
            Level.WARNING,
            f"另一種算法（{words}）為 {share}，規定{clause.number_limit.quantity.text}，請先洽執行單位確認算法。",
            tally.yes,
        )


def _by_owner_name(companies: tuple[Member, ...]) -> Mapping[str, list[Member]]:
    found: dict[str, list[Member]] = {}
    for member in companies:
        name = member.responsible.maybe(Responsible.name) if member.file.sound else None
        if name is not None:
            found.setdefault(name_key(name), []).append(member)
    return found


def _sort_by_mobile(namesakes: list[Member], found: dict[str, list[Member]]) -> Iterator[Missing]:
    """Put members whose 負責人 have one name together by mobile number; yield what is lacking for that."""
    for member in namesakes:
        try:
            found.setdefault(mobile_of(member.responsible), []).append(member)
        except Missing as missing:
            yield missing


def _owner(member: Member) -> Place:
    return member.responsible.place(Responsible.name)


def _called(members: list[Member]) -> str:
    return "、".join(called(member) for member in members)


def _bears_mark(member: Member) -> bool:
    return name_key(member.name).endswith(_LEAD_MARK)


def _faults(scans: Mapping[str, StampedForm], member: Member) -> dict[Place | None, str]:
    """What is known to be wrong with a member's scan, by where it stands: None where there is no scan at all."""
    scan = scans.get(member.id)
    if scan is None:
        return {None: "沒有用印後的掃描檔"}
    return {scan.place(seal): words for seal, words in _SEALS if scan.maybe(seal) is False}


def _is_needed(cause: Missing | Unsound) -> bool:
    return isinstance(cause, Unsound) or cause.reason == "missing" or cause.field == Member.phone_mobile.key
