"""Who was coached in the years before, as the folders of those years in the repository say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from qunju.model.identity import name_key, number_key
from qunju.model.member import Member, Responsible
from qunju.source.place import Place


class PastCompany(NamedTuple):
    """A company of an earlier year's cluster; what it does not say of itself is empty."""

    cluster: str
    """The cluster's id: year and slug."""
    id: str
    name: str
    number: str
    owner: str
    left: bool
    """Whether it left the cluster during the year."""

    @property
    def year(self) -> int:
        """The ROC year."""
        return int(self.cluster.partition("/")[0])

    @property
    def place(self) -> Place:
        """Where it stands: its number, or its name where it has none."""
        return Place(f"proposals/{self.cluster}/members/{self.id}.yml", ("ubn" if self.number else "name",))


class PastCluster(NamedTuple):
    """A cluster of an earlier year that was at least handed in."""

    id: str
    name: str
    proposer: str
    """The 統一編號 of its 提案單位."""
    stage: str
    """What its stage is called."""
    coached: bool
    """Whether it was taken: it has an award, or came as far as the contract. Of others that is not known."""
    open: bool
    """Whether it was coached and its year is over, without it having come to its end."""
    companies: tuple[PastCompany, ...]

    @property
    def year(self) -> int:
        """The ROC year."""
        return int(self.id.partition("/")[0])

    @property
    def place(self) -> Place:
        """Where it says what it is called."""
        return Place(f"proposals/{self.id}/cluster.yml", ("name",))


@dataclass(frozen=True)
class Past:
    """The clusters of the years before."""

    clusters: tuple[PastCluster, ...] = ()

    def coachings(self, member: Member, years: Iterable[int], *, sure: bool = True) -> list[PastCompany]:
        """Return where a company was in a cluster of those years that was coached, or of which that is not known.

        It is the same company by 統一編號; where one of the two has none, by name and 負責人.
        """
        return [
            company
            for company in self._same(member)
            if company.year in years and self._by_id[company.cluster].coached is sure
        ]

    def cluster(self, year: int, name: str | None, slug: str) -> PastCluster | None:
        """Return the cluster of a year that has a name, or a slug where no name is given; None for none or several."""
        if name is None:
            return self._by_id.get(f"{year}/{slug}")
        key = name_key(name)
        found = [each for each in self.clusters if each.year == year and each.name and name_key(each.name) == key]
        same = [each for each in found if each.id == f"{year}/{slug}"] if len(found) > 1 else found
        return same[0] if len(same) == 1 else None

    def of_proposer(self, number: str) -> list[PastCluster]:
        """Return the clusters that a proposer of a 統一編號 had."""
        return [each for each in self.clusters if each.proposer and number_key(each.proposer) == number_key(number)]

    def _same(self, member: Member) -> list[PastCompany]:
        if not self.clusters:
            return []
        number, name = member.maybe(Member.ubn), member.maybe(Member.name)
        owner = member.responsible.maybe(Responsible.name)
        found = list(self._by_number.get(number_key(number), ())) if number is not None else []
        if name is not None and owner is not None:
            namesakes = self._by_name.get((name_key(name), name_key(owner)), ())
            found += [one for one in namesakes if number is None or not one.number]
        return found

    @cached_property
    def _by_id(self) -> Mapping[str, PastCluster]:
        return {cluster.id: cluster for cluster in self.clusters}

    @cached_property
    def _by_number(self) -> Mapping[str, list[PastCompany]]:
        found: dict[str, list[PastCompany]] = {}
        for company in self._companies:
            if company.number:
                found.setdefault(number_key(company.number), []).append(company)
        return found

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str], list[PastCompany]]:
        found: dict[tuple[str, str], list[PastCompany]] = {}
        for company in self._companies:
            if company.name and company.owner:
                found.setdefault((name_key(company.name), name_key(company.owner)), []).append(company)
        return found

    @property
    def _companies(self) -> Iterable[PastCompany]:
        return (company for cluster in self.clusters for company in cluster.companies)


NO_PAST = Past()
