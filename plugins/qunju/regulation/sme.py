"""中小企業認定標準 as the programme applies it to a member."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

from qunju.model.cluster import Cluster
from qunju.model.member import REGISTERED, Member
from qunju.regulation.application import day_of_application
from qunju.regulation.limit import amount
from qunju.regulation.programme import Programme
from qunju.source.place import Place


@lru_cache(maxsize=1)
def sme_standard(cluster: Cluster, programme: Programme) -> Callable[[Member], bool]:
    """Return the question whether a member meets the standard on the day of the application (MEM-06).

    Several clauses put it to every member, so the answers for the cluster asked about last are kept.
    """
    on = day_of_application(cluster, programme)
    numbers = programme.facts["sme_standard"]
    return cache(lambda member: member.meets_sme_standard(on, **numbers))


def sme_shortfall(member: Member, programme: Programme) -> tuple[str, Place]:
    """Say why a member does not meet the standard, and where that stands."""
    registration = member.maybe(Member.registration_type)
    if registration is not None and registration not in REGISTERED:
        return "沒有公司登記或商業登記", member.place(Member.registration_type)
    numbers = programme.facts["sme_standard"]
    words = (
        f"實收資本額 {amount(member.paid_in_capital, '元')}超過 {amount(numbers['capital_at_most'], '元')}，"
        f"員工 {amount(member.employees, '人')}也未少於 {amount(numbers['employees_below'], '人')}"
    )
    return words, member.place(Member.paid_in_capital)
