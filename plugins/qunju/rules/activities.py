"""Chapter WRK: the activities recorded (progress.yml), when they were held and that each counts once."""

from __future__ import annotations

import datetime
from itertools import chain, combinations

from qunju.model.achievement import RECORDS, called
from qunju.model.cluster import Cluster
from qunju.model.progress import Award, Event
from qunju.model.record import Missing
from qunju.regulation.clause import Clause
from qunju.regulation.verdict import Quantity, Verdict
from qunju.regulation.wording import wording_key


def within_period(cluster: Cluster, clause: Clause) -> Verdict:
    """Every activity is held within the coaching period (輔導期間), its first and its last day included.

    The period starts with the announcement, a day that 執行單位 records: until it does, the start is open (CON-32).
    """
    last = datetime.date.fromisoformat(clause.moment_limit.bound)
    first = cluster.progress.award.maybe(Award.announce_date)
    events = _activities(cluster)
    late = {event: f"晚於 {last}" for event in events if event.date > last}
    early = {event: f"早於公告日 {first}" for event in events if first is not None and event.date < first}
    wrong = {**early, **late}
    if wrong:
        words = "；".join(f"{called(event)}{why}" for event, why in [*wrong.items()][:6])
        measured = Quantity(len(wrong), "場", f"{len(events)} 場中 {len(wrong)} 場在期間之外")
        places = (event.place(Event.date) for event in wrong)
        return clause.fails(f"{clause.title}：{words}。", *places, measured=measured)
    since = cluster.progress.award.announce_date
    if not events:
        return clause.not_applicable(message=f"{clause.title}：尚無活動紀錄。")
    return clause.passes(f"{clause.title}：{len(events)} 場活動都在 {since} 至 {last} 之間。")


def none_twice(cluster: Cluster, clause: Clause) -> Verdict:
    """No activity counts for two work items: none is in two lists under one identifier, or with one day and title."""
    wrong: dict[Event, str] = {}
    unknown: list[Missing] = []
    alike: dict[str | datetime.date, list[tuple[str, Event]]] = {}
    for records in RECORDS.values():
        name = clause.programme.form.label(cluster.progress.place(records))
        for event in (cluster.progress.maybe(records) or {}).values():
            for key in (event.id, event.date):
                alike.setdefault(key, []).append((name, event))
    if not alike:
        return clause.not_applicable(message=f"{clause.title}：尚無活動紀錄。")
    pairs = chain.from_iterable(combinations(group, 2) for group in alike.values())
    for (one_list, one), (other_list, other) in pairs:
        try:
            if one_list != other_list and (one.id == other.id or _is_same_title(clause, one, other)):
                wrong[other] = f"{called(other)}同時列在{one_list}與{other_list}"
        except Missing as missing:
            unknown.append(missing)
    if wrong:
        words = "；".join([*wrong.values()][:6])
        measured = Quantity(len(wrong), "場", f"{len(wrong)} 場重複")
        return clause.fails(f"{clause.title}：{words}。", *(event.place() for event in wrong), measured=measured)
    return clause.unknown(*unknown) if unknown else clause.passes(f"{clause.title}：沒有重複的活動。")


def _activities(cluster: Cluster) -> tuple[Event, ...]:
    lists = (cluster.progress.maybe(records) or {} for records in RECORDS.values())
    return tuple(event for events in lists for event in events.values())


def _is_same_title(clause: Clause, one: Event, other: Event) -> bool:
    return wording_key(clause.programme, one.title) == wording_key(clause.programme, other.title)
