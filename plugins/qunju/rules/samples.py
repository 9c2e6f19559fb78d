"""Chapter TXT, the form's samples (樣例字): names that nobody has put in their place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from qunju.model.cluster import Cluster
from qunju.model.identity import name_key
from qunju.model.member import Member, MemberContact, Responsible
from qunju.model.profile import Profile
from qunju.model.proposer import Partner, Person, Proposer, StaffMember
from qunju.model.record import Field, Missing, Record, Unsound
from qunju.regulation.clause import Clause
from qunju.regulation.verdict import Level, Note, Quantity, Verdict
from qunju.schema.wording import shown

_BLANK: Final = re.compile(r"(?:x{2}|0{2,}|[○〇◯]+)x*")
_UNIT: Final = "處"
_SHOWN: Final = 6


def names_filled_in(cluster: Cluster, clause: Clause) -> Verdict:
    """No name still is what the form prints as a sample: XXXXXX, 000, ○○○ or the name of a sample person.

    Only fields of one line are looked at, and only as a whole: numbers, amounts and texts may hold such signs. Names
    under private/ are looked at where it is read. Derived from the form's samples, not from its words.
    """
    samples = frozenset(map(name_key, clause.programme.fact("samples.names")))
    wrong: list[tuple[Record, Field[str]]] = []
    unknown: list[Missing | Unsound] = []
    for record, field in _names(cluster):
        try:
            name = record.maybe(field) if field.personal else field.of(record)
        except (Missing, Unsound) as cause:
            unknown.append(cause)
            continue
        if name is not None and _is_sample(name_key(name), samples):
            wrong.append((record, field))
    notes = tuple(_sample_products(cluster, clause))
    if wrong:
        words = "；".join(_told(wrong, clause))
        count = Quantity(len(wrong), _UNIT, f"{len(wrong)} {_UNIT}")
        return clause.fails(
            f"{clause.title}：{words}。",
            *(record.place(field) for record, field in wrong),
            measured=count,
            gap=Quantity(len(wrong), _UNIT, f"超出 {count.text}"),
            notes=notes,
            sensitive=any(field.personal for _, field in wrong),
        )
    return clause.unknown(*unknown) if unknown else clause.passes(f"{clause.title}：沒有留著樣例字。", notes=notes)


def _is_sample(key: str, samples: frozenset[str]) -> bool:
    """Tell whether a name, without spaces and in small letters, is a sample, whatever crosses follow it."""
    plain = key.rstrip("x") if key.endswith("x") else key
    return key in samples or plain in samples or _BLANK.fullmatch(key) is not None


def _told(wrong: list[tuple[Record, Field[str]]], clause: Clause) -> Iterator[str]:
    """Say which fields still hold which samples; those of one name and one sample are told together."""
    label = clause.programme.form.label
    same = Counter((label(one.place(field)), "" if field.personal else shown(field.of(one))) for one, field in wrong)
    for (title, sample), count in islice(same.items(), _SHOWN):
        many = f"有 {count} {_UNIT}" if count > 1 else ""
        yield f"「{title}」{many}還是表單的樣例字{sample}"
    if len(same) > _SHOWN:
        yield "…"


def _names(cluster: Cluster) -> Iterator[tuple[Record, Field[str]]]:
    """Yield every field that holds a name; those under private/ only where it is read."""
    proposer = cluster.proposer
    yield cluster.profile, Profile.name
    yield proposer, Proposer.name
    yield proposer, Proposer.representative
    for people, fields in _people(proposer):
        for person in people:
            yield from ((person, field) for field in fields if not field.is_closed(person))
    for member in cluster.all_members.values():
        yield member, Member.name
        if member.file.sound:
            yield member.responsible, Responsible.name
            if member.file.private_loaded:
                yield member.contact, MemberContact.name


def _people(proposer: Proposer) -> Iterator[tuple[tuple[Record, ...], tuple[Field[str], ...]]]:
    if proposer.file.sound:
        yield tuple((proposer.maybe(Proposer.personnel) or {}).values()), (Person.name, Person.employer)
        yield tuple((proposer.maybe(Proposer.partners) or {}).values()), (Partner.name, Partner.employer)
        yield tuple((proposer.maybe(Proposer.staff) or {}).values()), (StaffMember.name,)


def _sample_products(cluster: Cluster, clause: Clause) -> Iterator[Note]:
    product = clause.programme.fact("samples.product")
    for member in cluster.all_members.values():
        if member.file.sound and member.maybe(Member.main_product) == product:
            words = f"主要產品或服務「{product}」和表單的樣例相同，請確認不是忘了改。"
            yield Note(Level.ADVICE, words, (member.place(Member.main_product),))
