"""What rules over all clusters see of each: a small summary, kept while the clusters themselves stream past."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import pairwise
from sys import intern
from typing import NamedTuple, TypeAlias

from qunju.model.cluster import Cluster
from qunju.model.identity import mobile_of, name_key, number_key, number_of
from qunju.model.member import Member, Responsible
from qunju.model.profile import Profile
from qunju.model.record import Missing

_NUMBER = re.compile("[0-9]{8}")
UNKNOWN = ""
"""What a company should have, and has not filled in."""


class Company(NamedTuple):
    """A member as the portfolio knows it, in the form in which numbers and names are compared."""

    id: str
    number: str | None
    """統一編號; None where it has none, `UNKNOWN` where it should have one."""
    owner: str
    """負責人's name, or `UNKNOWN`."""
    mobile: str | None
    """負責人's mobile number; None where it is not known, for it stands in private/."""
    contracted: bool
    """Whether it is on the roster as contracted; others joined later."""


class Summary(NamedTuple):
    """A cluster as the portfolio knows it."""

    id: str
    category: str
    """提案類別, or `UNKNOWN`: what the others share with it does not depend on it."""
    stage: str
    """The stage that it is judged at."""
    claimed: str
    """The stage that it claims, which is what the others see of it."""
    companies: tuple[Company, ...]
    unsound: tuple[str, ...]
    """Member files that say nothing for certain, because they have faults of form."""


Entry: TypeAlias = tuple[Summary, Company]
_Shared: TypeAlias = Mapping[tuple[str, str], list[Entry]]


class Portfolio:
    """Every cluster's summary, and who shares a company or a responsible person with whom."""

    def __init__(self, summaries: Collection[Summary]) -> None:
        self._by_number = _shared(summaries, lambda company: company.number)
        self._by_owner = _shared(summaries, lambda company: company.owner)

    def with_number(self, summary: Summary, company: Company) -> Iterator[Entry]:
        """Yield the members of the year's other clusters that have a company's 統一編號."""
        return _others(self._by_number, summary, company.number)

    def with_owner(self, summary: Summary, company: Company) -> Iterator[Entry]:
        """Yield the members of the year's other clusters whose 負責人 has the same name."""
        return _others(self._by_owner, summary, company.owner)


def summarise(cluster: Cluster, stage: str) -> Summary | None:
    """Return the summary of a cluster, or None where its own file is unsound.

    Words that many clusters share, stages and identifiers like m01, are kept once for all of them.
    """
    if not cluster.profile.file.sound:
        return None
    everyone = cluster.all_members.values()
    contracted = {member.id for member in (cluster.members if cluster.progress.file.sound else everyone)}
    return Summary(
        cluster.id,
        cluster.profile.maybe(Profile.category) or UNKNOWN,
        intern(stage),
        intern(cluster.profile.stage),
        tuple(_company(member, contracted=member.id in contracted) for member in everyone),
        tuple(member.file.path for member in everyone if not member.file.sound),
    )


def _company(member: Member, *, contracted: bool) -> Company:
    if not member.file.sound:
        return _as_written(member, contracted=contracted)
    owner = member.responsible.maybe(Responsible.name)
    try:
        number = number_of(member)
    except Missing:
        number = UNKNOWN
    try:
        mobile = mobile_of(member.responsible) if member.file.private_loaded else None
    except Missing:
        mobile = None
    return Company(intern(member.id), number, UNKNOWN if owner is None else name_key(owner), mobile, contracted)


def _as_written(member: Member, *, contracted: bool) -> Company:
    """Return what a file with faults of form yet says: a 統一編號 that only lacks the right form is that company's."""
    number, owner = member.values.get(Member.ubn.key), member.values.get(Member.responsible.key)
    name = owner.get(Responsible.name.key) if isinstance(owner, Mapping) else None
    key = number_key(number) if isinstance(number, str) else ""
    known = name_key(name) if isinstance(name, str) else UNKNOWN
    return Company(intern(member.id), key if _NUMBER.fullmatch(key) else None, known, None, contracted)


def _shared(summaries: Collection[Summary], key: Callable[[Company], str | None]) -> _Shared:
    """Return the entries, by year and key, of whatever is listed twice in a year; what is listed once is not kept."""
    shared: dict[tuple[str, str], list[Entry]] = {}
    for year in {_year_of(summary) for summary in summaries}:
        companies = (company for summary in summaries if _year_of(summary) == year for company in summary.companies)
        # Sorted, equal ones are neighbours: that takes less memory than a table of all.
        listed = sorted(value for company in companies if (value := key(company)))
        shared.update(((year, value), []) for value, following in pairwise(listed) if value == following)
    for summary in summaries:
        for company in summary.companies:
            found = shared.get((_year_of(summary), key(company) or UNKNOWN))
            if found is not None:
                found.append((summary, company))
    return shared


def _others(shared: _Shared, summary: Summary, value: str | None) -> Iterator[Entry]:
    found = shared.get((_year_of(summary), value), ()) if value else ()
    return (entry for entry in found if entry[0].id != summary.id)


def _year_of(summary: Summary) -> str:
    """The programme year: a company may be in one cluster in each."""
    return summary.id.partition("/")[0]
