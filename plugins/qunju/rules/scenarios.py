"""Chapter SLF: the 應用情境 of each item of the cluster's table, one only and one of its own aspect."""

from __future__ import annotations

from collections.abc import Iterator

from qunju.model.answers import either
from qunju.model.assessment import ClusterItem
from qunju.model.cluster import Cluster
from qunju.model.record import Missing
from qunju.regulation.clause import Clause
from qunju.regulation.exceptions import Fault, without_exception
from qunju.regulation.items import Item, lines
from qunju.regulation.programme import Programme
from qunju.regulation.verdict import Verdict
from qunju.regulation.wording import alias_key
from qunju.schema.wording import nearest, shown


def one_scenario(cluster: Cluster, clause: Clause) -> Verdict:
    """Each item that is 有 in a column names one scenario of the sixteen (限單選); one that is 無 in both need not.

    Two in one field are two. Whether it is one of the item's own aspect is SLF-07's question.
    """
    known = _keys(clause.programme)
    faults: list[Fault] = []
    unknown: list[Missing] = []
    for item, line in lines(cluster, clause.programme.cluster_items.values()):
        try:
            words = _scenario(line)
            if words is not None and alias_key(clause.programme, "scenarios", words) not in known:
                faults.append((_wrong(item, words, clause.programme), line.place(ClusterItem.scenario)))
        except Missing as missing:
            unknown.append(missing)
    return without_exception(clause, faults, unknown, passed="每一項有的都選了一個情境。")


def scenario_of_item(cluster: Cluster, clause: Clause) -> Verdict:
    """The scenario of each item is one of its own aspect's four; 經管技術 and 經營技術 are the same (CON-06).

    What is none of the sixteen is SLF-06's to tell.
    """
    programme = clause.programme
    known = _keys(programme)
    faults: list[Fault] = []
    unknown: list[Missing] = []
    for item, line in lines(cluster, programme.cluster_items.values()):
        try:
            words = _scenario(line)
        except Missing as missing:
            unknown.append(missing)
            continue
        if words is not None and known.get(alias_key(programme, "scenarios", words), item.aspect) != item.aspect:
            own = "、".join(programme.facts["scenarios"][item.aspect])
            message = f"{item.called}選了「{words}」，{item.aspect} 面向的情境是{own}"
            faults.append((message, line.place(ClusterItem.scenario)))
    return without_exception(clause, faults, unknown, passed="每一項的情境都屬於自己的面向。")


def _scenario(line: ClusterItem) -> str | None:
    """Return the scenario; None where there need not be one; raise `Missing` where there should."""
    words = line.maybe(ClusterItem.scenario)
    if words is None and either((lambda: line.initial.has, lambda: line.target.has)):
        raise ClusterItem.scenario.missing(line)
    return words


def _keys(programme: Programme) -> dict[str, str]:
    """Return the aspect of each scenario, by the scenario as it is compared."""
    by_aspect = programme.facts["scenarios"].items()
    return {alias_key(programme, "scenarios", name): aspect for aspect, names in by_aspect for name in names}


def _wrong(item: Item, words: str, programme: Programme) -> str:
    chosen = [name for name in _names(programme) if name in words]
    if len(chosen) > 1:
        return f"{item.called}選了{'、'.join(chosen)} {len(chosen)} 個，只能選一個"
    meant = next(iter(chosen), None) or nearest(words, programme.facts["scenarios"][item.aspect])
    hint = f"（您要寫的是不是「{meant}」？）" if meant else ""
    return f"{item.called}的{shown(words)}不是表單的情境{hint}"


def _names(programme: Programme) -> Iterator[str]:
    yield from programme.vocabulary("scenarios")
    yield from programme.facts["aliases"]["scenarios"]
