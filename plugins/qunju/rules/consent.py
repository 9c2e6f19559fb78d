"""Chapter PDP, consent: to what those whose data are collected have agreed (個人資料蒐集與利用聲明)."""

from __future__ import annotations

from functools import partial

from qunju.model.answers import every
from qunju.model.cluster import Cluster
from qunju.model.identity import called
from qunju.model.member import Address, Consent, Member
from qunju.model.progress import Progress
from qunju.model.proposer import Proposer
from qunju.model.record import Missing
from qunju.regulation.application import category_of, same_day_of
from qunju.regulation.clause import Clause
from qunju.regulation.verdict import Level, Note, Quantity, Status, Verdict
from qunju.rules.completeness import lacking_fields
from qunju.source.place import Place


def collection(cluster: Cluster, clause: Clause) -> Verdict:
    """Every member has signed the declaration (同意書), those who joined later included, and it is known when.

    Who signed stands in private/, and is looked at where that is open.
    """
    verdict = clause.for_all(
        cluster.all_members.values(),
        lambda member: member.consent.maybe(Consent.collection) is not False,
        lambda member: f"{called(member)}不同意蒐集與利用個人資料",
        place=lambda member: member.consent.place(Consent.collection),
    )
    if verdict.status is not Status.PASS:
        return verdict
    lacking = [
        cause
        for cause in lacking_fields(cluster, clause)
        if not isinstance(cause, Missing) or cause.reason == "missing"
    ]
    return clause.unknown(*lacking) if lacking else clause.passes(f"{clause.title}：每家成員皆已同意。")


def responsible_and_contact(cluster: Cluster, clause: Clause) -> Verdict:
    """The 負責人 has agreed, and the contact too where that is somebody else: the one signature is not for both."""
    return clause.for_all(
        cluster.all_members.values(),
        lambda member: every((partial(_responsible_agrees, member), partial(_contact_agrees, member))),
        lambda member: f"{called(member)}的{_who_refuses(member)}還沒有同意",
        place=_where_refused,
    )


def publicity(cluster: Cluster, clause: Clause) -> Verdict:
    """Every member agrees that its data be public (公開資料), apart from their collection; others are not shown."""
    return clause.for_all(
        cluster.all_members.values(),
        lambda member: member.consent.publicity,
        lambda member: f"{called(member)}不同意作為公開資料，不會出現在公開網站",
        place=lambda member: member.consent.place(Consent.publicity),
    )


def beyond_declaration(cluster: Cluster, clause: Clause) -> Verdict:
    """Personal data that the declaration does not list need a consent of their own, which somebody must make sure of.

    They are home addresses, what is told of advisors and staff, and the proposer's contact (CON-22).
    """
    homes = [place for member in cluster.all_members.values() for place in _homes(member)]
    proposer = cluster.proposer
    people = [*(proposer.maybe(Proposer.personnel) or ()), *(proposer.maybe(Proposer.staff) or ())]
    kinds = ["提案單位聯絡人的資料"]
    if homes:
        kinds.append(f"{len(homes)} 處住家地址")
    if people:
        kinds.append(f"{len(people)} 筆顧問與人力的性別、學經歷等資料")
    return clause.ask_person(f"{clause.title}：{clause.look_at}（本案有{'、'.join(kinds)}）", *homes)


def retained_until(cluster: Cluster, clause: Clause) -> Verdict:
    """Personal data are kept until the tracking after closing ends, and deleted then (刪除與停止利用).

    The day is computed; where one is stated, it is compared. Once the data of the tracker are as late as that, a note
    tells to delete.
    """
    progress, years = cluster.progress, clause.used(category_of(cluster, clause.programme)).number_limit.bound
    closing = progress.tracking.closing_date
    last = same_day_of(closing.year + int(years), closing)
    arithmetic = f"結案日 {closing} 加 {years} 年是 {last}"
    stated, place = progress.maybe(Progress.retention_until), progress.place(Progress.retention_until)
    if stated is not None and stated != last:
        days = abs((stated - last).days)
        return clause.fails(
            f"{clause.title}：{arithmetic}，您寫的保存期限是 {stated}，{'晚' if stated > last else '早'}了 {days} 日。",
            place,
            measured=Quantity(stated.isoformat(), "", str(stated)),
            gap=Quantity(days, "日", f"差 {days} 日"),
        )
    as_of = progress.maybe(Progress.as_of)
    words = f"個人資料的保存期限 {last} 已屆，請刪除並停止利用。"
    notes = [Note(Level.ADVICE, words, (progress.place(Progress.as_of),))] if as_of is not None and as_of > last else []
    return clause.passes(
        f"{clause.title}：{arithmetic}，屆時刪除。", measured=Quantity(last.isoformat(), "", str(last)), notes=notes
    )


def _responsible_agrees(member: Member) -> bool:
    return member.consent.responsible


def _contact_agrees(member: Member) -> bool:
    return member.contact.same_as_responsible or member.consent.contact


def _who_refuses(member: Member) -> str:
    consent = member.consent
    refusals = ((Consent.responsible, "負責人"), (Consent.contact, "聯絡人"))
    return "、".join(who for field, who in refusals if consent.maybe(field) is False)


def _where_refused(member: Member) -> Place:
    refused = member.consent.maybe(Consent.responsible) is False
    return member.consent.place(Consent.responsible if refused else Consent.contact)


def _homes(member: Member) -> list[Place]:
    addresses = (member.registered_address, member.operating_address)
    return [address.place(Address.is_home) for address in addresses if address.maybe(Address.is_home)]
