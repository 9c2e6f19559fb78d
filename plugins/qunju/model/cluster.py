"""One cluster: a whole proposal as its files say."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from qunju.model.assessment import Assessment
from qunju.model.budget import Budget
from qunju.model.canvas import Canvas
from qunju.model.documents import Documents
from qunju.model.identity import Roster
from qunju.model.inventory import Inventory
from qunju.model.member import Member
from qunju.model.past import NO_PAST, Past
from qunju.model.plan import Plan
from qunju.model.profile import Profile
from qunju.model.progress import Progress, RosterChange
from qunju.model.proposer import Person, Proposer
from qunju.model.record import File, Missing
from qunju.model.schedule import Row, Schedule
from qunju.source.personal import Exposure

SINGLE = ("cluster", "proposer", "plan", "canvas", "assessment", "schedule", "budget", "documents", "progress")
"""The kinds of file of which a proposal has one."""
MEMBER = "member"
PRIVATE = frozenset({"proposer", "documents", "progress"})
"""Those of them that have a twin under private/."""


@dataclass(frozen=True, eq=False)
class Cluster:
    """A proposal. `files` holds every file by kind: one of each, and a `member` file for each company.

    `judged_at` is the stage whose demands are put to it, where that is not the one it claims. `exposures` are the
    personal data found where everybody who has the repository can read them. `snapshot` is the digest of what was
    handed in as it is now, once it was handed in and while every committed file can be read; empty where nobody would
    see it. `past` is what the folders of earlier years say.
    """

    id: str
    files: Mapping[str, tuple[File, ...]]
    media: frozenset[str]
    judged_at: str | None = None
    exposures: tuple[Exposure, ...] = ()
    snapshot: str | None = None
    past: Past = NO_PAST

    @cached_property
    def profile(self) -> Profile:
        """cluster.yml."""
        return Profile(self._file("cluster"))

    @cached_property
    def proposer(self) -> Proposer:
        """proposer.yml."""
        return Proposer(self._file("proposer"))

    @cached_property
    def plan(self) -> Plan:
        """plan.yml."""
        return Plan(self._file("plan"))

    @cached_property
    def canvas(self) -> Canvas:
        """canvas.yml."""
        return Canvas(self._file("canvas"))

    @cached_property
    def assessment(self) -> Assessment:
        """assessment.yml."""
        return Assessment(self._file("assessment"))

    @cached_property
    def schedule(self) -> Schedule:
        """schedule.yml."""
        return Schedule(self._file("schedule"))

    @cached_property
    def budget(self) -> Budget:
        """budget.yml."""
        return Budget(self._file("budget"))

    @cached_property
    def documents(self) -> Documents:
        """documents.yml."""
        return Documents(self._file("documents"))

    @cached_property
    def progress(self) -> Progress:
        """progress.yml."""
        return Progress(self._file("progress"))

    @cached_property
    def all_members(self) -> Mapping[str, Member]:
        """Every company that has a file, by identifier, whether contracted, joined later or gone."""
        files = {file.path.rpartition("/")[2].removesuffix(".yml"): file for file in self.files[MEMBER]}
        return MappingProxyType({name: Member(files[name], key=name) for name in sorted(files)})

    @property
    def name(self) -> str:
        """群聚名稱."""
        return self.profile.name

    @property
    def year(self) -> int:
        """計畫年度 (ROC)."""
        return self.profile.year

    @property
    def category(self) -> str:
        """提案類別."""
        return self.profile.category

    @property
    def type(self) -> str:
        """群聚型態."""
        return self.profile.type

    @property
    def stage(self) -> str:
        """The milestone at which the proposal is judged: the one it claims unless another is asked for."""
        return self.judged_at or self.profile.stage

    def files_of(self, kind: str) -> tuple[File, ...]:
        """Every file of a kind."""
        return self.files[kind]

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """The roster as contracted, for ever: without those who joined later, with those who left."""
        moves = self._moves
        return tuple(member for name, member in self.all_members.items() if moves.get(name, [False])[0] is False)

    @cached_property
    def members_now(self) -> tuple[Member, ...]:
        """The roster after every change of it (成員異動)."""
        moves = self._moves
        return tuple(member for name, member in self.all_members.items() if moves.get(name, [True])[-1])

    @cached_property
    def roster(self) -> Roster:
        """The companies of the contracted roster, each once."""
        return Roster.of(self.members)

    @cached_property
    def inventory(self) -> Inventory:
        """What the companies of the contracted roster say that they have (盤點)."""
        return Inventory.of(self.members)

    @cached_property
    def present(self) -> Cluster:
        """The same cluster with the roster that it has now in place of the one contracted."""
        return _Present(self.id, self.files, self.media, self.judged_at, self.exposures, self.snapshot, self.past)

    @property
    def lead(self) -> Member | None:
        """The 領導企業, or None where not exactly one member says it is.

        Raises `Missing` where no member says so and one of them has no role yet.
        """
        leads: list[Member] = []
        unknown: Missing | None = None
        for member in self.members:
            try:
                if member.is_lead:
                    leads.append(member)
            except Missing as missing:
                unknown = unknown or missing
        if unknown is not None and not leads:
            raise unknown
        return leads[0] if len(leads) == 1 else None

    @property
    def advisors(self) -> tuple[Person, ...]:
        """The 群聚顧問, of the proposer's own and from outside."""
        return tuple(person for person in self.proposer.personnel.values() if person.is_advisor)

    @property
    def indicators(self) -> tuple[Row, ...]:
        """The 績效指標 (KPI) of the schedule, in its order."""
        return tuple(row for row in self.schedule.rows.values() if row.is_indicator)

    def basic(self, id: str) -> Row | None:  # noqa: A002 - it is the row's `id`
        """Return a 基本工作項目 (BW1 to BW6), or None where the schedule does not list it."""
        return self.schedule.rows.get(id)

    def _file(self, kind: str) -> File:
        return self.files[kind][0]

    @cached_property
    def _moves(self) -> Mapping[str, list[bool]]:
        """For each member that came or went, its moves in the order of their days: True for joining."""
        changes = self.progress.maybe(Progress.roster_changes) or ()
        moves: dict[str, list[bool]] = {}
        for change in sorted(changes, key=lambda change: change.maybe(RosterChange.date) or datetime.date.max):
            for member, joins in ((change.maybe(RosterChange.left), False), (change.maybe(RosterChange.joined), True)):
                if member is not None:
                    moves.setdefault(member, []).append(joins)
        return moves


class _Present(Cluster):
    """A cluster whose roster is the one that it has now."""

    @cached_property
    def members(self) -> tuple[Member, ...]:
        return self.members_now


def build(
    id: str,  # noqa: A002 - it is the cluster's `id`
    files: Mapping[str, tuple[File, ...]],
    media: frozenset[str],
    judged_at: str | None = None,
    exposures: tuple[Exposure, ...] = (),
    *,
    snapshot: str | None = None,
) -> Cluster:
    """Return the cluster of some files; one that is not there counts as a file with nothing filled in."""
    private_loaded = any(file.private_loaded for kind in files.values() for file in kind)
    complete = {MEMBER: (), **files}
    for kind in SINGLE:
        if kind not in complete:
            twin = f"proposals/{id}/private/{kind}.yml" if kind in PRIVATE else None
            empty = File(f"proposals/{id}/{kind}.yml", twin, {}, sound=True, private_loaded=private_loaded)
            complete[kind] = (empty,)
    return Cluster(id, MappingProxyType(complete), media, judged_at, exposures, snapshot)
