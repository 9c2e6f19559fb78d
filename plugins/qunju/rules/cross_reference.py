"""Chapter XRF: what stands in more than one place of the forms is the same in all of them.

A proposal has each fact once, and every table is made from it; a clause then names the value that they all print. What
is written a second time, stated for comparison or in a file of private/, is compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final, NamedTuple, TypeAlias

from qunju.model.answers import either
from qunju.model.cluster import Cluster
from qunju.model.documents import ProposalDocument
from qunju.model.identity import called, name_key, number_key, number_of
from qunju.model.member import ROC_EPOCH, Member, MemberContact, Responsible
from qunju.model.profile import Profile, Summary
from qunju.model.progress import Submission
from qunju.model.proposer import Proposer
from qunju.model.record import TAIPEI, Field, Missing, Unsound
from qunju.regulation.clause import Clause
from qunju.regulation.limit import amount
from qunju.regulation.roster import without_lead
from qunju.regulation.tally import Tally
from qunju.regulation.verdict import Level, Note, Quantity, Reason, Verdict
from qunju.source.place import Place

_LEAD: Final = "領導企業"


_Twice: TypeAlias = tuple[Field[int], Field[int], str, str]
"""A number that both the proposer's sheet and the member's have: its two fields, its name and its unit."""


class _Difference(NamedTuple):
    words: str
    places: tuple[Place, Place]


_TWICE: Final[tuple[_Twice, ...]] = (
    (Proposer.employees, Member.employees, "員工人數", "人"),
    (Proposer.paid_in_capital, Member.paid_in_capital, "實收資本額", "元"),
)


def cluster_name(cluster: Cluster, clause: Clause) -> Verdict:
    """The cluster's name (群聚名稱) is the same on the cover and in every table, all made from cluster.yml."""
    return _same_source(cluster.name, clause)


def cluster_type(cluster: Cluster, clause: Clause) -> Verdict:
    """The cluster's type (群聚型態) is the same in every table, all made from cluster.yml."""
    return _same_source(cluster.type, clause)


def proposer_name(cluster: Cluster, clause: Clause) -> Verdict:
    """The proposer's name (提案單位) is the same on the cover and in every table, all made from proposer.yml."""
    return _same_source(cluster.proposer.name, clause)


def lead_name(cluster: Cluster, clause: Clause) -> Verdict:
    """Summary, roster and member's sheet name one 領導企業: the member that has this role."""
    lead = _lead(cluster)
    return without_lead(cluster, clause) if lead is None else _same_source(lead.name, clause)


def lead_owner(cluster: Cluster, clause: Clause) -> Verdict:
    """Summary, roster and member's sheet name one 負責人 of the 領導企業, all made from the member's file.

    Where the 領導企業 itself proposes, the proposer's sheet has its representative besides; another name there earns a
    note, since the clause does not list that sheet.
    """
    lead, proposer = _lead(cluster), cluster.proposer
    if lead is None:
        return without_lead(cluster, clause)
    name, notes = lead.responsible.name, []
    stated = proposer.maybe(Proposer.representative) if proposer.maybe(Proposer.kind) == _LEAD else None
    if stated is not None and name_key(stated) != name_key(name):
        words = f"提案單位就是領導企業，基本資料的負責人寫「{stated}」，成員表寫「{name}」，請核對。"
        places = (proposer.place(Proposer.representative), lead.responsible.place(Responsible.name))
        notes.append(Note(Level.WARNING, words, places))
    return _same_source(name, clause, notes)


def member_count(cluster: Cluster, clause: Clause) -> Verdict:
    """The number of members that the summary states (群聚家數) is that of the roster, a 統一編號 counted once.

    Without a stated number the summary prints the counted one.
    """
    summary, roster = cluster.profile.summary, cluster.roster
    stated = summary.maybe(Summary.member_count)
    low, high = len(roster.companies), len(roster.everyone)
    if stated is not None and not low <= stated <= high:
        counted = low if stated < low else high
        gap = Quantity(abs(stated - counted), "家", f"差 {amount(abs(stated - counted), '家')}")
        words = f"摘要表寫共 {stated} 家，名冊與成員表有 {counted} 家，{gap.text}"
        measured = Quantity(stated, "家", amount(stated, "家"))
        here = summary.place(Summary.member_count)
        return clause.fails(f"{clause.title}：{words}。", here, measured=measured, gap=gap)
    if low != high:
        return clause.unknown(*roster.lacking)
    return clause.passes(f"{clause.title}：共 {low} 家。", measured=Quantity(low, "家", amount(low, "家")))


def member_sheets(cluster: Cluster, clause: Clause) -> Verdict:
    """Roster and members' sheets are made from the same files: name, 負責人 and 員工人數 cannot differ.

    What the form has under two names may: a stated 成立年度 beside 核准設立日期, and a contact who is said to be the
    負責人. The text does not say that they are equal, so a difference earns a note.
    """
    unsound = [Unsound(member.file.path) for member in cluster.members if not member.file.sound]
    if unsound:
        return clause.unknown(*unsound)
    notes = [note for member in cluster.members for note in (*_other_year(member), *_other_participant(member))]
    count = len(cluster.members)
    words = f"{count} 家的名冊與成員表由同一份成員檔產生"
    return clause.passes(f"{clause.title}：{words}。", measured=Quantity(count, "家", amount(count, "家")), notes=notes)


def areas_on_roster(cluster: Cluster, clause: Clause) -> Verdict:
    """Every place of 群聚主要分布縣市 is where a member of the roster is: its county, or county and township."""
    if not cluster.members:
        return clause.not_applicable(message=f"{clause.title}：members/ 裡還沒有成員檔。")
    summary = cluster.profile.summary
    wrong: list[tuple[str, Place]] = []
    unknown: list[Missing | Unsound] = []
    here = summary.place(Summary.areas)
    for index, area in enumerate(summary.areas):
        key = name_key(area)
        try:
            if not either(partial(_is_in, key, member) for member in cluster.members):
                wrong.append((area, here.at(index)))
        except (Missing, Unsound) as cause:
            unknown.append(cause)
    if wrong:
        words = "、".join(f"「{area}」" for area, _ in wrong[:6])
        measured = Quantity(len(wrong), "處", f"{len(wrong)} 處不在名冊")
        return clause.fails(
            f"{clause.title}：名冊上沒有成員在{words}。", *(place for _, place in wrong), measured=measured
        )
    return clause.unknown(*unknown) if unknown else clause.passes(f"{clause.title}：皆在名冊之內。")


def proposer_and_lead(cluster: Cluster, clause: Clause) -> Verdict:
    """A 領導企業 that proposes has the same number, staff and capital on the proposer's sheet and on the member's.

    The two forms name the capital differently (CON-14). So do they the revenue, of a year that may not be the same one:
    a difference there earns advice.
    """
    proposer = cluster.proposer
    if proposer.kind != _LEAD:
        return clause.not_applicable(Reason.CONDITION, f"{clause.title}：提案單位不是領導企業。")
    lead = _lead(cluster)
    if lead is None:
        return without_lead(cluster, clause)
    differences: list[_Difference] = []
    unknown: list[Missing | Unsound] = []
    for found in (_other_number(proposer, lead), *(_other_amount(each, proposer, lead) for each in _TWICE)):
        try:
            differences.extend(found)
        except (Missing, Unsound) as cause:
            unknown.append(cause)
    if differences:
        words = "；".join(difference.words for difference in differences)
        return clause.fails(f"{clause.title}：{words}。", *(place for one in differences for place in one.places))
    if unknown:
        return clause.unknown(*unknown)
    return clause.passes(f"{clause.title}：兩處相同。", notes=_other_revenue(proposer, lead))


def cover_year(cluster: Cluster, clause: Clause) -> Verdict:
    """The year on the cover is that of the cluster and of the programme; its day is not later than the handing in.

    Until the time of the handing in is recorded, the day of the cover has nothing to be compared with.
    """
    document, profile = cluster.documents.proposal, cluster.profile
    here, due = document.place(ProposalDocument.cover_date), clause.programme.year
    if profile.year != due:
        words = f"cluster.yml 的年度是 {profile.year}，這份提案放在 {due} 年度"
        return clause.fails(f"{clause.title}：{words}。", profile.place(Profile.year))
    cover = document.cover_date
    year = cover.year - ROC_EPOCH
    measured = Quantity(year, "年", f"{year} 年")
    if year != due:
        words = f"封面日期 {cover} 是民國 {year} 年，應為 {due} 年"
        gap = Quantity(abs(year - due), "年", f"差 {abs(year - due)} 年")
        return clause.fails(f"{clause.title}：{words}。", here, measured=measured, gap=gap)
    submission = cluster.progress.submission
    at = submission.submitted_at
    sent = at.date() if at.tzinfo is None else at.astimezone(TAIPEI).date()
    if cover > sent:
        days = (cover - sent).days
        words = f"封面日期 {cover} 晚於送出日 {sent}，差 {days} 日"
        places = (here, submission.place(Submission.submitted_at))
        return clause.fails(
            f"{clause.title}：{words}。", *places, measured=measured, gap=Quantity(days, "日", f"差 {days} 日")
        )
    return clause.passes(f"{clause.title}：封面 {cover}，{year} 年。", measured=measured)


def _lead(cluster: Cluster) -> Member | None:
    """Return the only 領導企業, None where there is not exactly one; raise where a member's role is not known."""
    unknown = Tally.of(cluster.members, lambda member: member.is_lead).unknown
    if unknown:
        raise unknown[0]
    return cluster.lead


def _same_source(value: str, clause: Clause, notes: list[Note] | None = None) -> Verdict:
    return clause.passes(
        f"{clause.title}：各表皆印「{value}」。", measured=Quantity(value, "", value), notes=notes or ()
    )


def _is_in(area: str, member: Member) -> bool:
    """Tell whether a member is in a county, or in a county and township, as they are compared."""
    county = name_key(member.county)
    return area == county or area == county + name_key(member.township)


def _other_year(member: Member) -> Iterator[Note]:
    founded, stated = member.maybe(Member.founded_date), member.maybe(Member.founded_year)
    if founded is None or stated is None or stated == founded.year - ROC_EPOCH:
        return
    words = (
        f"{called(member)}的成立年度寫 {stated} 年，核准設立日期 {founded} 是 {founded.year - ROC_EPOCH} 年，請核對。"
    )
    yield Note(Level.WARNING, words, (member.place(Member.founded_year), member.place(Member.founded_date)))


def _other_participant(member: Member) -> Iterator[Note]:
    contact, owner = member.contact, member.responsible.maybe(Responsible.name)
    if not member.file.private_loaded or not contact.same_as_responsible:
        return
    name = contact.maybe(MemberContact.name)
    if name is not None and owner is not None and name_key(name) != name_key(owner):
        words = f"{called(member)}勾選聯絡人同負責人，private/ 裡的聯絡人姓名卻與負責人不同，請核對。"
        yield Note(Level.WARNING, words, (contact.place(MemberContact.same_as_responsible),))


def _other_number(proposer: Proposer, lead: Member) -> Iterator[_Difference]:
    ours, theirs = number_key(proposer.ubn), number_of(lead)
    if ours != theirs:
        words = f"統一編號在基本資料是 {ours}、在成員表{f'是 {theirs}' if theirs else '空白'}"
        yield _Difference(words, (proposer.place(Proposer.ubn), lead.place(Member.ubn)))


def _other_amount(twice: _Twice, proposer: Proposer, lead: Member) -> Iterator[_Difference]:
    stated, sheet, name, unit = twice
    ours, theirs = stated.of(proposer), sheet.of(lead)
    if ours != theirs:
        both = f"在基本資料是 {amount(ours, unit)}、在成員表是 {amount(theirs, unit)}"
        words = f"{name}{both}，差 {amount(abs(ours - theirs), unit)}"
        yield _Difference(words, (proposer.place(stated), lead.place(sheet)))


def _other_revenue(proposer: Proposer, lead: Member) -> Iterator[Note]:
    ours, theirs = proposer.maybe(Proposer.prior_year_revenue), lead.maybe(Member.recent_year_revenue)
    if ours is not None and theirs is not None and ours != theirs:
        words = (
            f"前一年營業額 {amount(ours, '元')}與成員表的近一年營業額 {amount(theirs, '元')}不同，請確認是否為同一年。"
        )
        places = (proposer.place(Proposer.prior_year_revenue), lead.place(Member.recent_year_revenue))
        yield Note(Level.ADVICE, words, places)
