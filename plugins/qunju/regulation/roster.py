"""Counts over the companies of a cluster, as a clause on the roster (名冊) compares them with its limit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from qunju.model.cluster import Cluster
from qunju.model.member import Member
from qunju.model.profile import Profile
from qunju.regulation.clause import Clause
from qunju.regulation.lacking import ONE_LEAD
from qunju.regulation.tally import Tally
from qunju.regulation.verdict import Note, Reason, Verdict
from qunju.source.place import Place


def compare_companies(
    cluster: Cluster,
    clause: Clause,
    predicate: Callable[[Member], bool],
    place: Callable[[Member], Place],
    *,
    notes: Iterable[Note] = (),
) -> Verdict:
    """Compare the number of companies that are so, or their share of all, with the limit; a 統一編號 counts once.

    A company whose 統一編號 is not filled in may be one that is already there: unless the verdict is the same with and
    without it, it is open. `place` is where a company that stands in the way is mended; where none does, the category.
    """
    roster = cluster.roster
    here = cluster.profile.place(Profile.category)
    if not roster.everyone and clause.number_limit.is_share:
        message = f"{clause.title}：members/ 裡還沒有成員檔。"
        return clause.undetermined(
            Reason.MISSING, message, here, remedy="請在 members/ 為每家成員各建一個檔案後再檢查。"
        )
    tally = Tally.of(roster.everyone, predicate)
    if roster.doubtful:
        reduced = (
            Tally.of((*roster.companies, *(one for one in roster.doubtful if one not in answered)), predicate)
            for answered in (tally.counted, tally.others)
        )
        if len({clause.compare(case).status for case in (tally, *reduced)}) > 1:
            return clause.unknown(*roster.lacking, *tally.unknown)
    in_the_way = tally.no if clause.number_limit.wants_more else tally.yes
    places = places_of(roster.everyone, in_the_way, place)
    return clause.compare(tally, notes=notes, places=places or (here,))


def places_of(
    members: Iterable[Member], chosen: Collection[Place], place: Callable[[Member], Place]
) -> tuple[Place, ...]:
    """Return the places, as `place` has them, of those members whose files are chosen."""
    return tuple(place(member) for member in members if member.place() in chosen)


def without_lead(cluster: Cluster, clause: Clause) -> Verdict:
    """Return the verdict of a clause on the 領導企業 of a roster that does not name exactly one."""
    places = (member.place(Member.role) for member in cluster.members)
    message = f"{clause.title}：名冊上的領導企業不是恰一家，無從判定。"
    return clause.undetermined(Reason.MISSING, message, *places, remedy=ONE_LEAD)
