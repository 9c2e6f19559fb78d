"""How telephone numbers and e-mail addresses are written (FMT). No message shows one, not even in part."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from qunju.model.cluster import Cluster
from qunju.model.identity import called, mobile_key
from qunju.model.member import Member, MemberContact, Responsible
from qunju.model.proposer import Contact
from qunju.model.record import Missing, Record, Text, Unsound
from qunju.regulation.clause import Clause
from qunju.regulation.verdict import Verdict
from qunju.source.place import Place

_MOBILE = re.compile("09[0-9]{8}")
_LANDLINE = re.compile("0[2-8][0-9]{7,8}")
_EXTENSION = re.compile(r"\s*(?:#|＃|轉|分機|ext).*", re.IGNORECASE)
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")


class _Detail(NamedTuple):
    """A way to reach somebody: whose, as written or lacking, where, what makes it usable, and what is wrong if not."""

    owner: str
    text: str | Missing
    place: Callable[[], Place]
    is_usable: Callable[[str], bool]
    fault: str


def contact_details(cluster: Cluster, clause: Clause) -> Verdict:
    """E-mail addresses, mobile numbers (09 and eight digits) and landlines (with area code) can be used as written.

    A company without a landline gives a mobile number under private/ in its place, never in the committed field; where
    the contact is the 負責人, the numbers of the one serve for the other.
    """
    wrong: list[tuple[str, Place]] = []
    unknown: list[Missing | Unsound] = []
    members = cluster.all_members.values()
    for details in (partial(_of_proposer, cluster), *(partial(_of_member, member) for member in members)):
        try:
            found = details()
        except Unsound as unsound:
            unknown.append(unsound)
            continue
        for detail in found:
            if isinstance(detail.text, Missing):
                unknown.append(detail.text)
            elif not detail.is_usable(detail.text):
                place = detail.place()
                label = clause.programme.form.label(place)
                wrong.append((f"{detail.owner}的{label}{detail.fault}", place))
    if wrong:
        words = "；".join(message for message, _ in wrong[:6])
        return clause.fails(f"{clause.title}：{words}。", *(place for _, place in wrong), sensitive=True)
    return clause.unknown(*unknown) if unknown else clause.passes(f"{clause.title}：電話與電子郵件皆可使用。")


def _of_proposer(cluster: Cluster) -> list[_Detail]:
    contacts = cluster.proposer.contacts
    people: tuple[tuple[str, Contact], ...] = (("計畫主持人", contacts.pi), ("提案單位聯絡人", contacts.liaison))
    return [
        detail
        for owner, person in people
        for detail in (
            _detail(owner, person, Contact.phone, _is_phone, "缺區碼或碼數不對"),
            _mobile(owner, person, Contact.mobile),
            _email(owner, person, Contact.email),
        )
    ]


def _of_member(member: Member) -> list[_Detail]:
    owner, responsible, contact = called(member), member.responsible, member.contact
    details = [_mobile(owner, responsible, Responsible.mobile), _email(owner, responsible, Responsible.email)]
    if member.maybe(Member.phone) is None:
        details.append(_mobile(owner, member, Member.phone_mobile))
    else:
        details.append(_detail(owner, member, Member.phone, _is_landline, "不是帶區碼的市話"))
    if not contact.same_as_responsible:
        details += [_mobile(owner, contact, MemberContact.mobile), _email(owner, contact, MemberContact.email)]
    return details


def _detail(owner: str, record: Record, field: Text, is_usable: Callable[[str], bool], fault: str) -> _Detail:
    return _Detail(owner, field.find(record) or field.missing(record), partial(record.place, field), is_usable, fault)


def _mobile(owner: str, record: Record, field: Text) -> _Detail:
    return _detail(owner, record, field, _is_mobile, "不是 09 開頭的十碼")


def _email(owner: str, record: Record, field: Text) -> _Detail:
    return _detail(owner, record, field, _is_email, "不是完整的電子郵件位址")


def _is_mobile(text: str) -> bool:
    return _MOBILE.fullmatch(mobile_key(text)) is not None


def _is_landline(text: str) -> bool:
    return _LANDLINE.fullmatch(mobile_key(_EXTENSION.sub("", text))) is not None


def _is_phone(text: str) -> bool:
    return _is_landline(text) or _is_mobile(text)


def _is_email(text: str) -> bool:
    return _EMAIL.fullmatch(text.strip()) is not None
