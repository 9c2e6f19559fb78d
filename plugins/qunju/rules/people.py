"""Chapter XRF, the people: who heads the project and who advises, in every table that names them.

People are compared by identifier. What they are called stands in private/ and is compared only where that is read; no
name is ever told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from qunju.model.cluster import Cluster
from qunju.model.identity import name_key
from qunju.model.proposer import Contact, Partner, Person, PrincipalContact, Proposer, StaffMember
from qunju.model.record import Field, Missing, Record, Unsound
from qunju.regulation.clause import Clause
from qunju.regulation.verdict import Level, Note, Quantity, Reason, Verdict
from qunju.rules.completeness import lacking_fields
from qunju.source.place import Place

_HEAD: Final = "計畫主持人"
_EXTERNAL: Final = "外聘顧問"
_ADVISOR: Final = "群聚顧問"
_PEOPLE: Final = "人員資料（personnel）"


_OF_PARTNERS: Final = ((Person.employer, Partner.employer, "任職單位"), (Person.title, Partner.title, "職稱"))


class _Fault(NamedTuple):
    """What two places say differently; `personal` where it is of private/."""

    words: str
    places: tuple[Place, ...]
    personal: bool = False


def project_head(cluster: Cluster, clause: Clause) -> Verdict:
    """The proposer's sheet, the people and the staff name one 計畫主持人, by identifier.

    With private/ their names and titles are compared as well. That the staff has one at all is for another rule.
    """
    proposer = cluster.proposer
    stated = proposer.contacts.pi
    person = proposer.personnel.get(stated.person)
    if person is None:
        return clause.unknown(Unsound(proposer.file.path))
    faults: list[_Fault] = []
    unknown: list[Missing | Unsound] = list(lacking_fields(cluster, clause))
    staff = proposer.maybe(Proposer.staff)
    if staff is None:
        unknown.append(Missing(proposer.place(Proposer.staff), Proposer.staff.key, "missing"))
    rows = (_other_staff(row, proposer, person) for row in (staff or {}).values())
    for found in (_other_heads(proposer, person), *rows, _other_names(stated, person)):
        try:
            faults.extend(found)
        except (Missing, Unsound) as cause:
            unknown.append(cause)
    if faults:
        return _fails(clause, faults)
    words = f"{clause.title}：各表皆為{_PEOPLE}的 {person.id}。"
    return clause.unknown(*unknown) if unknown else clause.passes(words, measured=Quantity(person.id, "", person.id))


def advisors(cluster: Cluster, clause: Clause) -> Verdict:
    """Every 外聘顧問 among the people is in the table of partners as a 群聚顧問, of the same employer and title.

    A 群聚顧問 of that table whom the people list in another role earns a note; that there is one at all is for another
    rule.
    """
    people = cluster.proposer.personnel
    unknown: list[Missing | Unsound] = list(lacking_fields(cluster, clause))
    faults: list[_Fault] = []
    count = 0
    for person in people.values():
        try:
            count += person.is_advisor
            if _EXTERNAL in person.project_roles:
                faults.extend(_unlike_partner(person, cluster.proposer))
        except (Missing, Unsound) as cause:
            unknown.append(cause)
    if faults:
        return _fails(clause, faults)
    if unknown:
        return clause.unknown(*unknown)
    if not count:
        return clause.not_applicable(Reason.CONDITION, f"{clause.title}：沒有群聚顧問可比對。")
    measured = Quantity(count, "位", f"{count} 位")
    words = f"{clause.title}：群聚顧問 {count} 位，各表相同。"
    return clause.passes(words, measured=measured, notes=_called_advisor(cluster.proposer, people))


def _other_heads(proposer: Proposer, head: Person) -> Iterator[_Fault]:
    """Yield where the people list the 計畫主持人 in no such role, or somebody else in it."""
    here = proposer.contacts.pi.place(PrincipalContact.person)
    unknown: Missing | None = None
    for person in proposer.personnel.values():
        try:
            is_head = _HEAD in person.project_roles
        except Missing as missing:
            unknown = unknown or missing
            continue
        if is_head != (person is head):
            words = "的計畫角色也是" if is_head else "的計畫角色沒有"
            where = (person.place(Person.project_roles), here)
            yield _Fault(f"基本資料的計畫主持人是 {head.id}，{_PEOPLE}裡 {person.id} {words}「{_HEAD}」", where)
    if unknown is not None:
        raise unknown


def _other_staff(row: StaffMember, proposer: Proposer, head: Person) -> Iterator[_Fault]:
    """Yield how a row of the staff names another 計畫主持人 than the proposer's sheet, or the same one otherwise."""
    if row.maybe(StaffMember.person) == head.id:
        if row.file.private_loaded:
            yield from _differing(head, row, ((Person.name, StaffMember.name, "姓名"),), "人力表")
    elif row.role == _HEAD and row.person != head.id:
        words = f"基本資料的計畫主持人是 {head.id}，人力表的計畫主持人是 {row.person}"
        yield _Fault(words, (row.place(StaffMember.person), proposer.contacts.pi.place(PrincipalContact.person)))


def _other_names(stated: PrincipalContact, head: Person) -> Iterator[_Fault]:
    if stated.file.private_loaded:
        pairs = ((Person.name, Contact.name, "姓名"), (Person.title, Contact.title, "職稱"))
        yield from _differing(head, stated, pairs, "基本資料")


def _unlike_partner(person: Person, proposer: Proposer) -> Iterator[_Fault]:
    """Yield how the table of partners differs from what the people say of an 外聘顧問."""
    partners = proposer.partners
    here = person.place(Person.project_roles)
    rows = [row for row in partners.values() if row.maybe(Partner.person) == person.id]
    if not rows:
        for row in partners.values():
            if row.maybe(Partner.person) is None and row.maybe(Partner.type) in (None, _ADVISOR):
                # It may be he, as long as it does not say who it is.
                raise Missing(row.place(Partner.person), Partner.person.key, "missing")
        place = proposer.place(Proposer.partners)
        yield _Fault(f"外聘顧問 {person.id} 沒有列在合作單位表", (place, here))
    for row in rows:
        if row.type != _ADVISOR:
            words = f"外聘顧問 {person.id} 在合作單位表的類別是「{row.type}」，應為「{_ADVISOR}」"
            yield _Fault(words, (row.place(Partner.type), here))
        yield from _differing(person, row, _OF_PARTNERS, "合作單位表")
        if row.file.private_loaded:
            yield from _differing(person, row, ((Person.name, Partner.name, "姓名"),), "合作單位表")


def _differing(
    person: Person, other: Record, pairs: Iterable[tuple[Field[str], Field[str], str]], table: str
) -> Iterator[_Fault]:
    """Yield each thing that another table says differently of a person.

    What is personal is compared where both say it. Of the rest, raises `Missing` where one of them does not.
    """
    for own, same, name in pairs:
        personal = own.personal or same.personal
        ours, theirs = (person.maybe(own), other.maybe(same)) if personal else (own.of(person), same.of(other))
        if ours is None or theirs is None or name_key(ours) == name_key(theirs):
            continue
        places = (other.place(same), person.place(own))
        told = "不同" if personal else f"不同：{_PEOPLE}是「{ours}」，{table}是「{theirs}」"
        yield _Fault(f"{person.id} 的{name}在{_PEOPLE}與{table}{told}", places, personal)


def _called_advisor(proposer: Proposer, people: Mapping[str, Person]) -> Iterator[Note]:
    for row in (proposer.maybe(Proposer.partners) or {}).values():
        person = people.get(row.maybe(Partner.person) or "")
        if person is not None and row.maybe(Partner.type) == _ADVISOR and not person.is_advisor:
            words = f"合作單位表把 {person.id} 列為{_ADVISOR}，{_PEOPLE}裡的計畫角色卻不是顧問，請核對。"
            yield Note(Level.WARNING, words, (row.place(Partner.type), person.place(Person.project_roles)))


def _fails(clause: Clause, faults: list[_Fault]) -> Verdict:
    words = "；".join(dict.fromkeys(fault.words for fault in faults))
    places = dict.fromkeys(place for fault in faults for place in fault.places)
    return clause.fails(f"{clause.title}：{words}。", *places, sensitive=any(fault.personal for fault in faults))
