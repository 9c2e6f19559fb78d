"""The head that the pages of a cluster share."""

from __future__ import annotations

from collections import Counter

from qunju.model.member import Member
from qunju.model.profile import Profile, Summary
from qunju.regulation.programme import Programme
from qunju.views.builders.reading import line, lines
from qunju.views.common import Aspect, ClusterType, Cover, Link, Masthead, Tab
from qunju.views.publication import Publication

DEMONSTRATION = "示範資料，內容均為虛構"
GALLERY = "群聚總覽"
AREAS_SHOWN = 6
PAGES = (("", "群聚介紹"), ("canvas/", "商業模式"), ("progress/", "進度追蹤"))


def masthead(publication: Publication, programme: Programme, current: str) -> Masthead:
    """Return the head of one of a cluster's pages; `current` is the page's path below the cluster's own."""
    cluster = publication.public
    profile = cluster.profile
    kind = cluster_type(line(profile, Profile.type), programme)
    up = "../" if current else ""
    return Masthead(
        name=line(profile, Profile.name),
        year=cluster.profile.year,
        category=line(profile, Profile.category),
        type=kind,
        stage=programme.stage_title(profile.stage),
        theme=line(profile, Profile.theme),
        areas=areas(publication),
        member_count=member_count(publication),
        cover=Cover.of(line(profile, Profile.name), kind.accent),
        gallery=Link(GALLERY, f"{up}../../"),
        tabs=tuple(Tab(title, f"{up}{path}" or "./", path == current) for path, title in PAGES),
        draft=publication.draft,
        notice=notice(profile),
    )


def notice(profile: Profile) -> str:
    """Return what every page of a fictitious cluster says."""
    return DEMONSTRATION if profile.maybe(Profile.demonstration) else ""


def member_count(publication: Publication) -> int:
    """How many companies take part."""
    return len(publication.members) + publication.other_members


def areas(publication: Publication) -> tuple[str, ...]:
    """Where the cluster is: as its summary says, or else where most of its members are."""
    stated = lines(publication.public.profile.summary, Summary.areas)
    if stated:
        return stated
    found = Counter(
        f"{line(member, Member.county)}{line(member, Member.township)}" for member in publication.public.members_now
    )
    return tuple(area for area, _ in found.most_common(AREAS_SHOWN) if area)


def cluster_type(name: str, programme: Programme) -> ClusterType:
    """Return a type with its accent, its place in the year's list."""
    types = programme.vocabulary("types")
    return ClusterType(name, types.index(name) + 1 if name in types else len(types) + 1)


def aspect(code: str, programme: Programme) -> Aspect:
    """Return an aspect with the name that the form prints."""
    return Aspect(code, str(programme.facts["aspects"][code]["name"]))
