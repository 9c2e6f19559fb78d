"""Chapter PRP, the people: the 群聚顧問, what they are good at, and the proposer's stamped form."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from qunju.model.answers import either, every
from qunju.model.cluster import Cluster
from qunju.model.documents import StampedForm
from qunju.model.identity import name_key
from qunju.model.proposer import Person, Proposer
from qunju.model.record import Field
from qunju.regulation.clause import Clause
from qunju.regulation.tally import Tally
from qunju.regulation.verdict import Level, Note, Verdict
from qunju.rules.completeness import lacking_fields

_LEAD: Final = "領導企業"
_SEALS: Final[tuple[tuple[Field[bool], str], ...]] = (
    (StampedForm.entity_seal, "單位大章"),
    (StampedForm.representative_seal, "負責人章"),
)


def expertise_explained(cluster: Cluster, clause: Clause) -> Verdict:
    """Every person of the proposer and every 群聚顧問 ticks what they are good at (專長), and explains it.

    「三項」 may mean how many to explain or how many to tick: the number ticked is not limited.
    """
    return clause.for_all(
        cluster.proposer.personnel.values(),
        lambda person: every(
            (lambda: len(person.expertise) > 0, lambda: person.maybe(Person.expertise_note) is not None)
        ),
        lambda person: f"{person.id} 沒有勾選專長，或沒有說明最擅長的三項專長",
        place=lambda person: person.place(Person.expertise_note),
    )


def advisor_count(cluster: Cluster, clause: Clause) -> Verdict:
    """How many 群聚顧問 there are, of the proposer's own or from outside.

    Where a 領導企業 proposes and all of them are its own people, that is neither a 輔導單位 nor an expert from outside:
    it passes with a word of warning (CON-33).
    """
    proposer = cluster.proposer
    people = proposer.personnel
    tally = Tally.of(people.values(), lambda person: person.is_advisor)
    advisors = [person for person in people.values() if person.place() in tally.yes]
    notes = []
    if advisors and proposer.maybe(Proposer.kind) == _LEAD and all(_is_own(person, proposer) for person in advisors):
        words = "領導企業提案而群聚顧問都是自家人員，與「可由輔導單位擔任或外聘專家顧問」不符，請先洽執行單位確認。"
        notes.append(Note(Level.WARNING, words, tuple(person.place(Person.employer) for person in advisors)))
    verdict = clause.compare(tally, unit="位", notes=notes)
    return replace(verdict, places=(proposer.place(Proposer.personnel),)) if verdict.gap else verdict


def advisor_expertise(cluster: Cluster, clause: Clause) -> Verdict:
    """One of the 群聚顧問 is good at what coaching needs; an ability only described in words a person must judge."""
    wanted = frozenset(clause.programme.vocabulary("advisor_expertise"))

    def is_wanted(person: Person) -> bool:
        return person.is_advisor and not wanted.isdisjoint(person.expertise)

    if either(partial(is_wanted, person) for person in cluster.proposer.personnel.values()):
        return clause.passes(f"{clause.title}：顧問具備輔導所需的專長。")
    for person in cluster.advisors:
        if person.maybe(Person.expertise_note) is not None:
            return clause.ask_person("", person.place(Person.expertise_note))
    here = cluster.proposer.place(Proposer.personnel)
    return clause.fails(f"{clause.title}：沒有顧問勾選{'、'.join(sorted(wanted))}等專長，也沒有說明。", here)


def advisor_local_presence(cluster: Cluster, clause: Clause) -> Verdict:
    """One of the 群聚顧問 says how they are rooted in the place and near at hand; how well, the committee judges."""

    def has_said(person: Person) -> bool:
        return person.is_advisor and person.maybe(Person.local_presence_statement) is not None

    if either(partial(has_said, person) for person in cluster.proposer.personnel.values()):
        return clause.passes(f"{clause.title}：已說明。")
    here = cluster.proposer.place(Proposer.personnel)
    return clause.fails(f"{clause.title}：還沒有顧問說明如何深耕在地、就近服務。", here)


def form_sealed(cluster: Cluster, clause: Clause) -> Verdict:
    """The proposer's form (提案單位基本資料) is stamped with both seals, and scanned."""
    scan = cluster.documents.proposer_form_scan
    absent = {scan.place(seal): words for seal, words in _SEALS if scan.maybe(seal) is False}
    if absent:
        return clause.fails(f"{clause.title}：缺{'、'.join(absent.values())}。", *absent)
    lacking = list(lacking_fields(cluster, clause))
    return clause.unknown(*lacking) if lacking else clause.passes(f"{clause.title}：單位大章與負責人章皆已蓋妥。")


def _is_own(person: Person, proposer: Proposer) -> bool:
    employer, name = person.maybe(Person.employer), proposer.maybe(Proposer.name)
    return employer is not None and name is not None and name_key(employer) == name_key(name)
