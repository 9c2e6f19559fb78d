"""One proposal examined: every verdict that needs no other proposal, and what the portfolio must know of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, TypeAlias

from qunju.check.calendar import remind
from qunju.check.dossier import Dossier, open_dossier, vocabulary_of
from qunju.check.judge import judge
from qunju.check.location import Located, Locator
from qunju.check.rulebook import Library, Rulebook
from qunju.model.cluster import Cluster
from qunju.model.past import NO_PAST, Past
from qunju.model.portfolio import Summary, summarise
from qunju.model.profile import Profile

Visitor: TypeAlias = Callable[[Cluster], None]
"""Something that looks at each cluster while it is in memory."""


class ClusterReport(NamedTuple):
    """What a report says of one cluster. `stage` is the stage it was judged at, None where cluster.yml cannot tell."""

    id: str
    category: str | None
    stage: str | None
    verdicts: tuple[Located, ...]

    def with_verdicts(self, more: tuple[Located, ...]) -> ClusterReport:
        """Return the report with the verdicts of rules over all clusters."""
        return self._replace(verdicts=(*self.verdicts, *more))


class Examination(NamedTuple):
    """A cluster's report, and its summary for the rules over all clusters."""

    report: ClusterReport
    summary: Summary | None


@dataclass(frozen=True)
class Examiner:
    """Examines proposals of one repository, at their own stage or at one asked for.

    `tracked` are files under private/ that git tracks, by proposal; `everywhere` asks for every verdict and its places,
    also where there is nothing to act on; `past` is what the folders of earlier years say.
    """

    root: Path
    library: Library
    stage: str | None = None
    private: bool = False
    tracked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    everywhere: bool = False
    today: datetime.date | None = None
    past: Past = NO_PAST

    def open(self, year: str, slug: str) -> Dossier:
        """Read one proposal."""
        facts = self.library.rulebooks[year].programme.facts
        vocabulary: Mapping[str, Collection[str]] = dict(vocabulary_of(facts))
        dossier = open_dossier(
            self.root,
            year,
            slug,
            self.library.form,
            vocabulary,
            stage=self.stage,
            private=self.private,
            digested=self.everywhere,
            tracked=self.tracked.get(f"{year}/{slug}", ()),
        )
        dossier.cluster = replace(dossier.cluster, past=self.past)
        return dossier

    def examine(self, year: str, slug: str, visit: Visitor | None = None) -> Examination:
        """Read one proposal and judge it by every clause over one cluster; `visit` is shown the cluster."""
        dossier = self.open(year, slug)
        rulebook = self.library.rulebooks[year]
        cluster, locator = dossier.cluster, Locator(self.root, everywhere=self.everywhere, private=self.private)
        stage = self.stage_of(cluster, rulebook)
        verdicts = [*dossier.faults]
        verdicts.extend(locator.locate(finding) for finding in dossier.findings)
        for clause, formula in rulebook.cluster_rules:
            verdict = judge(clause, formula, cluster, stage)
            if self.today:
                verdict = remind(verdict, clause, self.today)
            if self.everywhere or not verdict.is_silent:
                verdicts.append(locator.locate(verdict))
        sound = cluster.profile.file.sound and bool(cluster.profile.values)
        category = cluster.profile.maybe(Profile.category) if sound else None
        report = ClusterReport(cluster.id, category, stage if sound else None, tuple(verdicts))
        if visit is not None:
            visit(cluster)
        return Examination(report, summarise(cluster, stage) if sound else None)

    def stage_of(self, cluster: Cluster, rulebook: Rulebook) -> str:
        """Return the stage to judge at: the one asked for, the one claimed, or the first."""
        stages = rulebook.programme.stages
        if self.stage is not None:
            return self.stage
        claimed = cluster.stage if cluster.profile.file.sound and cluster.profile.values else stages[0]
        return claimed if claimed in stages else stages[0]
