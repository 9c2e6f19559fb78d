"""Chapter MEM, changes: whether the cluster still is what it had to be after members came and went (成員異動)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from qunju.model.cluster import Cluster
from qunju.model.progress import RosterChange
from qunju.model.record import Missing, Unsound
from qunju.regulation.clause import Clause
from qunju.regulation.verdict import Level, Note, Quantity, Reason, Status, Verdict
from qunju.rules import coaching, members, roster

_FORMULAS: Final[Mapping[str, Callable[[Cluster, Clause], Verdict]]] = {
    f"{formula.__module__.rpartition('.')[2]}.{formula.__name__}": formula
    for formula in (
        members.count_of_companies,
        members.each_sme_or_small_scale,
        members.sme_share,
        members.legally_established,
        coaching.last_year_share,
        coaching.others_not_coached,
        coaching.others_not_coached_by_date,
        coaching.newcomers_not_coached,
        coaching.newcomers_not_coached_by_date,
        roster.share_replaced,
        roster.share_added,
    )
}


def changed_roster(cluster: Cluster, clause: Clause) -> Verdict:
    """The roster after every change still meets what was asked of the one contracted (成員異動).

    The regulation says nothing of changes: qualification stays judged on the roster as contracted, and what the changed
    one would lack is a warning (CON-38). A change that 執行單位 has not agreed to is worth a word.
    """
    changes = cluster.progress.roster_changes
    idle = [
        change for change in changes if change.maybe(RosterChange.left) is change.maybe(RosterChange.joined) is None
    ]
    if idle:
        return clause.unknown(*(_unnamed(change) for change in idle))
    notes = [
        Note(Level.WARNING, "成員異動尚未記錄經執行單位同意。", (change.place(RosterChange.approved),))
        for change in changes
        if change.maybe(RosterChange.approved) is not True
    ]
    if set(cluster.members_now) == set(cluster.members):
        return clause.passes(f"{clause.title}：名冊與簽約時相同。", notes=notes)
    now = cluster.present
    verdicts = [_judge(other, now) for other in _used(clause, cluster.category)]
    failed = [verdict for verdict in verdicts if verdict.status is Status.FAIL]
    count = len(now.members)
    measured = Quantity(count, "家", f"異動後名冊 {count} 家")
    if failed:
        words = "".join(verdict.message for verdict in failed)
        places = [place for verdict in failed for place in verdict.places]
        return clause.fails(f"{clause.title}：以異動後名冊重算，{words}", *places, measured=measured, notes=notes)
    for verdict in verdicts:
        if verdict.status is Status.UNDETERMINED:
            reason = verdict.reason or Reason.MISSING
            words = f"{clause.title}：以異動後名冊重算，{verdict.message}"
            return clause.undetermined(reason, words, *verdict.places, notes=notes)
    return clause.passes(f"{clause.title}：{measured.text}，仍符合各項資格。", measured=measured, notes=notes)


def _unnamed(change: RosterChange) -> Missing:
    return Missing(change.place(RosterChange.left), RosterChange.left.key, "missing")


def _used(clause: Clause, category: str) -> list[Clause]:
    others = (clause.programme.clauses[name] for name in clause.uses)
    return [other for other in others if category in other.categories]


def _judge(clause: Clause, cluster: Cluster) -> Verdict:
    try:
        return _FORMULAS[clause.formula or ""](cluster, clause)
    except (Missing, Unsound) as cause:
        return clause.unknown(cause)
