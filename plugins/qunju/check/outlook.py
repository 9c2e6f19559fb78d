"""What a proposal works towards: the milestone it has to reach next, and the days that are set for it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qunju.model.cluster import Cluster
from qunju.model.member import Member
from qunju.model.profile import Profile
from qunju.model.progress import Submission
from qunju.model.record import TAIPEI
from qunju.regulation.programme import Programme

SUBMISSION = "submission"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day or a point in time that the programme sets, for the milestone that it belongs to."""

    title: str
    stage: str
    moment: datetime.datetime
    whole_day: bool

    def days_left(self, today: datetime.date) -> int:
        """Return the days from a day to this one; negative once it has passed."""
        return (self.moment.date() - today).days

    @property
    def text(self) -> str:
        """The day, with its time where one is set."""
        return f"{self.moment:%Y-%m-%d}" if self.whole_day else f"{self.moment:%Y-%m-%d %H:%M}"


@dataclass(frozen=True, slots=True)
class Subject:
    """The proposal that is looked at: what it calls itself, what it claims, and what it works towards.

    What cluster.yml cannot tell is None. `companies` are the names of the members, by the path of their files.
    """

    id: str
    name: str | None
    category: str | None
    claimed: str | None
    aim: str
    handed_in: datetime.date | None
    companies: Mapping[str, str]


def subject_of(cluster: Cluster, programme: Programme, asked: str | None = None) -> Subject:
    """Return what a report on a proposal has to know of it; `asked` is the stage to look at instead of the next."""
    profile = cluster.profile
    sound = profile.file.sound and bool(profile.values)
    claimed = profile.maybe(Profile.stage) if sound else None
    claimed = claimed if claimed in programme.stages else None
    category = profile.maybe(Profile.category) if sound else None
    handed_in = _handed_in(cluster)
    return Subject(
        id=cluster.id,
        name=profile.maybe(Profile.name) if sound else None,
        category=category if category in programme.vocabulary("categories") else None,
        claimed=claimed,
        aim=asked or _next(programme, claimed, handed_in=handed_in is not None),
        handed_in=handed_in,
        companies={
            member.file.path: name
            for member in cluster.all_members.values()
            if member.file.sound and (name := member.maybe(Member.name)) is not None
        },
    )


def deadlines(programme: Programme, category: str | None, stage: str) -> tuple[Deadline, ...]:
    """Return the deadlines that still matter to a proposal on its way to a stage, in their order.

    Without a category, those of every category.
    """
    found = [*_submission(programme, category), *_checkpoints(programme)]
    return tuple(one for one in found if not programme.has_reached(stage, one.stage) or one.stage == stage)


def _next(programme: Programme, claimed: str | None, *, handed_in: bool) -> str:
    """A draft works towards being handed in, and so does what claims to be but has not recorded it yet."""
    if claimed is None or not programme.has_reached(claimed, SUBMISSION) or (claimed == SUBMISSION and not handed_in):
        return SUBMISSION
    stages = programme.stages
    return stages[min(stages.index(claimed) + 1, len(stages) - 1)]


def _handed_in(cluster: Cluster) -> datetime.date | None:
    progress = cluster.progress
    moment = progress.submission.maybe(Submission.submitted_at) if progress.file.sound else None
    if moment is None:
        return None
    return moment.date() if moment.tzinfo is None else moment.astimezone(TAIPEI).date()


def _submission(programme: Programme, category: str | None) -> Iterator[Deadline]:
    for name in programme.facts["deadlines"]:
        if category in (None, name):
            moment = programme.moment(f"deadlines.{name}").astimezone(TAIPEI)
            yield Deadline(f"{name} 類送件截止", SUBMISSION, moment, whole_day=False)


def _checkpoints(programme: Programme) -> Iterator[Deadline]:
    for name, (title, stage) in _CHECKPOINTS.items():
        day = programme.day(f"checkpoints.{name}.date")
        moment = datetime.datetime.combine(day, datetime.time(), TAIPEI)
        yield Deadline(title, stage, moment, whole_day=True)


_CHECKPOINTS = {"mid": ("期中查核點", "midterm"), "final": ("期末查核點", "closing")}
