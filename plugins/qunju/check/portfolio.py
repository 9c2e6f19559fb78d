"""What rules over all clusters see of each: a small summary, kept while the clusters themselves stream past."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from qunju.model.cluster import Cluster
from qunju.model.member import Member
from qunju.model.record import Missing, Unsound


class Company(NamedTuple):
    """A member as the portfolio knows it. `mobile` is None where private/ is not read."""

    id: str
    ubn: str | None
    responsible: str | None
    mobile: str | None


class Summary(NamedTuple):
    """A cluster as the portfolio knows it."""

    id: str
    category: str
    stage: str
    companies: tuple[Company, ...]


class Portfolio:
    """Every cluster's summary, and who shares a company or a responsible person with whom."""

    def __init__(self, summaries: Iterable[Summary]) -> None:
        self.by_ubn: dict[str, list[tuple[Summary, Company]]] = {}
        self.by_responsible: dict[str, list[tuple[Summary, Company]]] = {}
        for summary in summaries:
            for company in summary.companies:
                if company.ubn:
                    self.by_ubn.setdefault(company.ubn, []).append((summary, company))
                if company.responsible:
                    self.by_responsible.setdefault(company.responsible, []).append((summary, company))


def summarise(cluster: Cluster, stage: str) -> Summary | None:
    """Return the summary of a cluster, or None where its own file is unsound."""
    if not cluster.profile.file.sound:
        return None
    return Summary(cluster.id, cluster.category, stage, tuple(_companies(cluster)))


def _companies(cluster: Cluster) -> Iterator[Company]:
    for member in cluster.all_members.values():
        try:
            responsible = member.responsible
            mobile = responsible.maybe(type(responsible).mobile) if member.file.private_loaded else None
            yield Company(member.id, member.maybe(Member.ubn), responsible.maybe(type(responsible).name), mobile)
        except (Missing, Unsound):
            continue
