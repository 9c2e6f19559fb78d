"""What of the cluster that a category B proposal continues is still there (原群聚成員, 新增成員)."""

from __future__ import annotations

from functools import lru_cache, partial

from qunju.model.answers import either, every
from qunju.model.cluster import Cluster
from qunju.model.identity import Roster, name_key, number_key, number_of
from qunju.model.member import Member
from qunju.model.past import PastCluster, PastCompany
from qunju.model.profile import Continues, FormerMember, Profile
from qunju.model.record import File, Missing, Unsound


def continued(cluster: Cluster) -> PastCluster | None:
    """Return the cluster that is continued, where last year's folder has it."""
    continues, year = cluster.profile.continues, cluster.profile.maybe(Profile.year)
    last = continues.maybe(Continues.year) or (None if year is None else year - 1)
    slug = cluster.id.partition("/")[2]
    return None if last is None else cluster.past.cluster(last, continues.maybe(Continues.name), slug)


@lru_cache(maxsize=1)
def former_members(cluster: Cluster) -> tuple[FormerMember, ...]:
    """Return the companies of the cluster that is continued, each once; raise `Missing` where none is listed.

    They are those of last year's folder, without who left during the year; where there is no such folder, those stated.
    """
    before = continued(cluster)
    if before is not None and before.companies:
        return tuple(as_former(company) for company in before.companies if not company.left)
    continues = cluster.profile.continues
    roster = continues.roster
    if not roster:
        raise Missing(continues.place(Continues.roster), Continues.roster.key, "missing")
    return tuple({_key(former): former for former in reversed(roster)}.values())[::-1]


def as_former(company: PastCompany) -> FormerMember:
    """Return a company of last year's folder in the form in which a proposal states one."""
    told = {"name": company.name, "ubn": company.number, "responsible": company.owner}
    file = File(company.place.path, None, {}, sound=True, private_loaded=False)
    return FormerMember(file, company.place.pointer, {key: value for key, value in told.items() if value})


def unlike_the_past(cluster: Cluster, before: PastCluster) -> tuple[list[FormerMember], list[PastCompany]]:
    """Return whom the stated roster has and last year's folder has not, and the other way round.

    Who left during that year may be stated or not.
    """
    stated = cluster.profile.continues.maybe(Continues.roster) or ()
    listed = [(company, as_former(company)) for company in before.companies]
    added = [one for one in stated if not any(_are_same(one, other) for _, other in listed)]
    left_out = [
        company for company, other in listed if not company.left and not any(_are_same(one, other) for one in stated)
    ]
    return added, left_out


def stays(former: FormerMember, roster: Roster) -> bool:
    """Tell whether a former member is still in the cluster."""
    number = former.maybe(FormerMember.ubn)
    if number is not None and number_key(number) in roster.numbers:
        return True
    others = roster.everyone if number is None else roster.unnumbered
    return either(partial(_is_same, former, member) for member in others)


def is_new(member: Member, former: tuple[FormerMember, ...]) -> bool:
    """Tell whether a member was not in the cluster before."""
    numbers, unnumbered = _numbers_of(former)
    number = _known_number(member)
    if number in numbers:
        return False
    others = former if number is None else unnumbered
    return not either(partial(_is_same, one, member) for one in others)


@lru_cache(maxsize=1)
def _numbers_of(former: tuple[FormerMember, ...]) -> tuple[frozenset[str], tuple[FormerMember, ...]]:
    """Return the numbers of former members, and those of them who have none."""
    written = [(one.maybe(FormerMember.ubn), one) for one in former]
    numbers = frozenset(number_key(number) for number, _ in written if number is not None)
    return numbers, tuple(one for number, one in written if number is None)


def _known_number(member: Member) -> str | None:
    try:
        return number_of(member)
    except (Missing, Unsound):
        return None


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


def _are_same(one: FormerMember, other: FormerMember) -> bool:
    numbers = [each.maybe(FormerMember.ubn) for each in (one, other)]
    if None not in numbers:
        return len({number_key(number) for number in numbers if number is not None}) == 1
    owners = [each.maybe(FormerMember.responsible) for each in (one, other)]
    same_name = name_key(one.maybe(FormerMember.name) or "") == name_key(other.maybe(FormerMember.name) or "")
    return same_name and len({name_key(owner) for owner in owners if owner is not None}) <= 1


def _key(former: FormerMember) -> tuple[str, ...]:
    number = former.maybe(FormerMember.ubn)
    if number is not None:
        return (number_key(number),)
    return name_key(former.name), name_key(former.maybe(FormerMember.responsible) or "")
