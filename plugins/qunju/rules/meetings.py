"""Who comes to the selection meeting, who presents, and what is answered before the contract (SUB)."""

from __future__ import annotations

from enum import Enum
from typing import Final, NamedTuple

from qunju.model.cluster import Cluster
from qunju.model.identity import called
from qunju.model.member import Member
from qunju.model.progress import Attendance, CommentResponse, Contract, Presentation, Progress, Selection
from qunju.model.proposer import Proposer
from qunju.model.record import Missing
from qunju.regulation.clause import Clause
from qunju.regulation.lacking import fill_in
from qunju.regulation.roster import without_lead
from qunju.regulation.verdict import Level, Note, Quantity, Reason, Verdict
from qunju.source.place import Place

PROPOSER: Final = "proposer"
"""The 提案單位 as a party to a meeting."""
PRESENTED: Final = ("selection", "midterm", "closing")
"""The stages that have a presentation, which progress.yml records under the same names."""
LEAD_PROPOSES: Final = "領導企業"
"""The kind of proposer that is the 領導企業 itself."""


class _Came(Enum):
    """Whether a party came to the meeting; one whose reason was accepted counts as if it had."""

    YES = "出席"
    NO = "無正當理由未出席"
    UNDECIDED = "未出席，所提事由尚未認定"
    UNRECORDED = "沒有出席紀錄"


class _Party(NamedTuple):
    name: str
    came: _Came
    places: tuple[Place, ...]


def attendance(cluster: Cluster, clause: Clause) -> Verdict:
    """The proposer, the 領導企業 and at least one more member came to the selection meeting (遴選會議出席).

    Who stays away without a reason forfeits. Whether a reason is a proper one (正當理由) is for 執行單位 to record; a
    person must look until then. How many members must come is not laid down, so the others earn only a note (CON-36).
    """
    lead = cluster.lead
    if lead is None:
        return without_lead(cluster, clause)
    selection = cluster.progress.selection
    same = _lead_proposes(cluster)
    others = [_party(called(member), selection, member.id) for member in cluster.members if member is not lead]
    parties = (
        _party("提案單位", selection, PROPOSER, *([lead.id] if same else [])),
        _party(f"領導企業{called(lead)}", selection, lead.id, *([PROPOSER] if same else [])),
        _together(others, clause),
    )
    words = "；".join(f"{party.name}{party.came.value}" for party in parties if party.came is not _Came.YES)
    for state in (_Came.NO, _Came.UNRECORDED, _Came.UNDECIDED):
        places = [place for party in parties if party.came is state for place in party.places]
        if places and state is _Came.NO:
            return clause.fails(f"{clause.title}：{words}，視為棄權。", *places)
        if places and state is _Came.UNRECORDED:
            remedy = fill_in(clause.programme.form, places)
            return clause.undetermined(Reason.MISSING, f"{clause.title}：{words}。", *places, remedy=remedy)
        if places:
            return clause.ask_person(f"{clause.title}：{words}。{clause.look_at}", *places)
    came = [party for party in others if party.came is _Came.YES]
    measured = Quantity(len(came), "家", f"其餘成員 {len(others)} 家中 {len(came)} 家出席或經認定")
    return clause.passes(
        f"{clause.title}：提案單位與領導企業皆出席，{measured.text}。",
        measured=measured,
        notes=[_advise_all(others)] if len(came) < len(others) else [],
    )


def presenters(cluster: Cluster, clause: Clause) -> Verdict:
    """Whoever gave a presentation (簡報) that is due belongs to the 領導企業; or to another member, or the proposer.

    The latter needs a reason that was given and the consent of 執行單位; where that is not recorded, a person must find
    out. What counts is whom the presenter belongs to, not whether he is an advisor besides (CON-36).
    """
    lead = cluster.lead
    if lead is None:
        return without_lead(cluster, clause)
    recorded = cluster.progress.presentations
    programme = clause.programme
    due = {each: programme.stage_title(each) for each in PRESENTED if programme.has_reached(cluster.stage, each)}
    faults: dict[str, _Consent] = {}
    unknown: list[Missing] = []
    for stage in (stage for stage in due if stage in recorded):
        try:
            faults[stage] = _consent(recorded[stage], lead, cluster)
        except Missing as missing:
            unknown.append(missing)
    wrong = [stage for stage in due if faults.get(stage) in _REFUSED]
    absent = [title for stage, title in due.items() if stage not in recorded]
    undecided = [stage for stage in due if faults.get(stage) is _Consent.UNRECORDED]
    if wrong:
        words = "；".join(f"{due[stage]}簡報{faults[stage].value}" for stage in wrong)
        return clause.fails(
            f"{clause.title}：{words}。",
            *(recorded[stage].place(Presentation.presenter_affiliation) for stage in wrong),
        )
    if absent:
        place = cluster.progress.place(Progress.presentations)
        message = f"{clause.title}：沒有{'、'.join(absent)}簡報的紀錄。"
        return clause.undetermined(Reason.MISSING, message, place, remedy=fill_in(clause.programme.form, [place]))
    if unknown:
        return clause.unknown(*unknown)
    if undecided:
        places = (recorded[stage].place(Presentation.approved) for stage in undecided)
        return clause.ask_person(f"{clause.title}：{clause.look_at}", *places)
    return clause.passes()


def contract_plan(cluster: Cluster, clause: Clause) -> Verdict:
    """Every comment of the committee is answered, and 簽約計畫書 was handed in by the day that 執行單位 set.

    The day itself is in time. Without the day recorded this stays open; an empty list says that there was no comment.
    """
    contract = cluster.progress.contract
    unanswered = [each for each in contract.comment_responses if each.maybe(CommentResponse.response) is None]
    handed_in, deadline = contract.maybe(Contract.submitted_at), contract.maybe(Contract.deadline)
    if unanswered:
        words = f"委員意見 {len(contract.comment_responses)} 則中 {len(unanswered)} 則尚未回覆"
        places = (each.place(CommentResponse.response) for each in unanswered)
        count = Quantity(len(unanswered), "則", f"尚缺 {len(unanswered)} 則")
        return clause.fails(f"{clause.title}：{words}。", *places, gap=count)
    if handed_in is None or deadline is None:
        handed_in, deadline = contract.submitted_at, contract.deadline
    if handed_in > deadline:
        days = (handed_in - deadline).days
        return clause.fails(
            f"{clause.title}：{handed_in} 提交，期限是 {deadline}，晚了 {days} 日。",
            contract.place(Contract.submitted_at),
            measured=Quantity(handed_in.isoformat(), "", str(handed_in)),
            gap=Quantity(days, "日", f"晚 {days} 日"),
        )
    return clause.passes(f"{clause.title}：委員意見皆已回覆，{handed_in} 提交，期限是 {deadline}。")


class _Consent(Enum):
    """Whether somebody may present: one of the 領導企業, or one who has the consent for it."""

    GIVEN = "合於規定"
    UNRECORDED = "是否經執行單位同意尚無紀錄"
    OUTSIDER = "的報告人不屬於群聚成員或提案單位"
    UNEXPLAINED = "不是由領導企業報告，也沒有提出說明"
    REFUSED = "不是由領導企業報告，且未經執行單位同意"


_REFUSED = (_Consent.OUTSIDER, _Consent.UNEXPLAINED, _Consent.REFUSED)


def _consent(presentation: Presentation, lead: Member, cluster: Cluster) -> _Consent:
    who = presentation.presenter_affiliation
    if who == lead.id or (who == PROPOSER and _lead_proposes(cluster)):
        return _Consent.GIVEN
    if who != PROPOSER and who not in cluster.all_members:
        return _Consent.OUTSIDER
    if not presentation.maybe(Presentation.explanation_given):
        return _Consent.UNEXPLAINED
    approved = presentation.maybe(Presentation.approved)
    if approved is None:
        return _Consent.UNRECORDED
    return _Consent.GIVEN if approved else _Consent.REFUSED


def _lead_proposes(cluster: Cluster) -> bool:
    return cluster.proposer.maybe(Proposer.kind) == LEAD_PROPOSES


def _party(name: str, selection: Selection, *keys: str) -> _Party:
    """Return how a party came, by the first of its keys that something is recorded of."""
    recorded = selection.attendance
    key = next((key for key in keys if key in recorded), keys[0])
    place = selection.place(Selection.attendance).at(key)
    return _Party(name, _came(recorded.get(key)), (place.at(Attendance.present.key) if key in recorded else place,))


def _came(record: Attendance | None) -> _Came:
    present = record.maybe(Attendance.present) if record is not None else None
    if record is None or present is None:
        return _Came.UNRECORDED
    if present:
        return _Came.YES
    if not record.maybe(Attendance.reason_given):
        return _Came.NO
    accepted = record.maybe(Attendance.reason_accepted)
    return _Came.UNDECIDED if accepted is None else _Came.YES if accepted else _Came.NO


def _together(others: list[_Party], clause: Clause) -> _Party:
    """Return how the other members came, taken as one party of which enough have to."""
    came = [party.came for party in others]
    open_states = (_Came.UNRECORDED, _Came.UNDECIDED)
    sure, possible = came.count(_Came.YES), sum(state is not _Came.NO for state in came)
    if clause.number_limit.holds(sure):
        state = _Came.YES
    elif not clause.number_limit.holds(possible):
        state = _Came.NO
    else:
        state = next(state for state in open_states if state in came)
    places = tuple(place for party in others if party.came is state for place in party.places)
    return _Party("領導企業以外的成員", state, places)


def _advise_all(others: list[_Party]) -> Note:
    absent = [party for party in others if party.came is not _Came.YES]
    words = f"另有 {len(absent)} 家成員未出席或沒有紀錄；規範未定成員須幾家出席，建議全員到場。"
    return Note(Level.ADVICE, words, tuple(place for party in absent for place in party.places))
