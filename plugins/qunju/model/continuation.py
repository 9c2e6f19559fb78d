"""What of the cluster that a category B proposal continues is still there (原群聚成員, 新增成員)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from qunju.model.answers import either, every
from qunju.model.cluster import Cluster
from qunju.model.identity import name_key, number_key, number_of
from qunju.model.member import Member
from qunju.model.profile import Continues, FormerMember
from qunju.model.record import Missing


def former_members(cluster: Cluster) -> tuple[FormerMember, ...]:
    """Return the companies of the cluster that is continued, each once; raise `Missing` where none is listed."""
    continues = cluster.profile.continues
    roster = continues.roster
    if not roster:
        raise Missing(continues.place(Continues.roster), Continues.roster.key, "missing")
    return tuple({_key(former): former for former in reversed(roster)}.values())[::-1]


def stays(former: FormerMember, members: Iterable[Member]) -> bool:
    """Tell whether a former member is still in the cluster."""
    return either(partial(_is_same, former, member) for member in members)


def is_new(member: Member, former: Iterable[FormerMember]) -> bool:
    """Tell whether a member was not in the cluster before."""
    return not either(partial(_is_same, one, member) for one in former)


def _is_same(former: FormerMember, member: Member) -> bool:
    """Compare by 統一編號; where one of the two has none, by name and 負責人."""
    number = former.maybe(FormerMember.ubn)
    if number is not None:
        now = number_of(member)
        if now is not None:
            return number_key(number) == now
    return every(
        (
            lambda: name_key(former.name) == name_key(member.name),
            lambda: name_key(former.responsible) == name_key(member.responsible.name),
        )
    )


def _key(former: FormerMember) -> tuple[str, ...]:
    number = former.maybe(FormerMember.ubn)
    if number is not None:
        return (number_key(number),)
    return name_key(former.name), name_key(former.maybe(FormerMember.responsible) or "")
