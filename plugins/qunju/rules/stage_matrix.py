"""Chapter STG: the stages that 附件二 recommends for each aspect (建議達成階段), which is advice and no condition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from qunju.model.assessment import Assessment, ClusterItem, Condition
from qunju.model.cluster import Cluster
from qunju.model.record import Missing, Unsound
from qunju.model.schedule import BASIC, Row
from qunju.regulation.application import category_of
from qunju.regulation.clause import Clause
from qunju.regulation.exceptions import Fault, without_exception
from qunju.regulation.items import Item, lines
from qunju.regulation.tally import Tally
from qunju.regulation.verdict import Level, Note, Verdict
from qunju.source.place import Place


def stages_reached(cluster: Cluster, clause: Clause) -> Verdict:
    """For every stage recommended to the cluster's category and type, some item of it is aimed at (目標為有).

    When a stage is 達成 the regulation does not say; one item is taken to be enough. An item's stage is the subscript
    that the form prints (CON-05), and 其他 has none.
    """
    open_stages, unknown = _open_stages(cluster, clause)
    faults = [(_in_words(stage, items), _of_items(cluster)) for stage, items in open_stages.items()]
    return without_exception(clause, faults, unknown, passed=f"{_named(cluster, clause)}都有目標為有的項目。")


def something_new(cluster: Cluster, clause: Clause) -> Verdict:
    """In each aspect something is aimed at that was not there, or more of something (新達成)."""
    faults: list[Fault] = []
    unknown: list[Missing | Unsound] = []
    written = lines(cluster, clause.programme.cluster_items.values())
    for aspect, facts in clause.programme.facts["aspects"].items():
        tally = Tally.of((line for item, line in written if item.aspect == aspect), _is_new)
        if not tally.high:
            faults.append((f"{facts['name']}({aspect})沒有新增的項目，數量也沒有增加", _of_items(cluster)))
        elif not tally.low:
            unknown.extend(tally.unknown)
    return without_exception(clause, faults, unknown, passed="各面向都有新增或增加的項目。")


def stages_of_the_form(cluster: Cluster, clause: Clause) -> Verdict:
    """The stage of an item is the one that the form prints, not the one that 附件二 files a like-named tool under.

    Nothing can fail here. Where a stage is open that such a tool would reach, that is worth a word (CON-05).
    """
    open_stages, unknown = _open_stages(cluster, clause)
    if unknown:
        return clause.unknown(*unknown)
    written = cluster.assessment.items
    notes = []
    for stage in open_stages:
        tools = clause.programme.facts["reference_tools"].get(stage, {})
        for tool, names in tools.items():
            reached = [name for name in names if name in written and written[name].target.has]
            if reached:
                item = clause.programme.cluster_items[reached[0]]
                printed = f"{item.aspect}{item.level}" if item.level else "沒有階段"
                words = f"附件二把「{tool}」列在 {stage}，表單的 {item.called}是{printed}；{stage} 可以此補充說明。"
                notes.append(Note(Level.ADVICE, words, (written[item.id].target.place(Condition.has),)))
    return clause.passes(f"{clause.title}：各項目的階段取自群聚自評表的下標。", notes=notes)


def indicators_linked(cluster: Cluster, clause: Clause) -> Verdict:
    """In each aspect an indicator (KPI) of it names an item of one of the stages recommended (sa_items).

    An aspect that has no indicator at all is another clause's finding.
    """
    rows = [row for row in cluster.schedule.rows.values() if row.maybe(Row.kind) != BASIC]
    if not rows:
        return clause.not_applicable(message=f"{clause.title}：進度表尚無績效指標。")
    faults: list[Fault] = []
    unknown: list[Missing | Unsound] = []
    for aspect, levels in _recommended(cluster, clause).items():
        items = clause.programme.cluster_items.values()
        wanted = {item.id for item in items if item.aspect == aspect and item.level in levels}
        own = Tally.of(rows, _is_of(aspect))
        linked = Tally.of((row for row in rows if not wanted.isdisjoint(row.maybe(Row.sa_items) or ())), _is_of(aspect))
        if own.low and not linked.high:
            stages = "、".join(f"{aspect}{level}" for level in levels)
            words = f"{aspect} 面向沒有績效指標連到 {stages} 的項目"
            faults.append((words, own.counted[0].place(Row.sa_items)))
        elif not linked.low:
            unknown.extend(linked.unknown)
    return without_exception(clause, faults, unknown, passed="有績效指標的面向都連到建議階段的項目。")


def _is_of(aspect: str) -> Callable[[Row], bool]:
    return lambda row: row.kind == aspect


def _recommended(cluster: Cluster, clause: Clause) -> Mapping[str, list[int]]:
    """Return the stages recommended in each aspect; of a type that the year does not have nothing is said (CLS-02)."""
    by_type = clause.programme.facts["stage_matrix"][category_of(cluster, clause.programme)]
    if cluster.type not in by_type:
        raise Unsound(cluster.profile.file.path)
    found: Mapping[str, list[int]] = by_type[cluster.type]
    return found


def _open_stages(cluster: Cluster, clause: Clause) -> tuple[dict[str, list[Item]], list[Missing]]:
    """Return the recommended stages that no item aims at, with their items, and what leaves others undecided."""
    written = cluster.assessment.items
    by_stage: dict[tuple[str, int | None], list[Item]] = defaultdict(list)
    for item in clause.programme.cluster_items.values():
        by_stage[item.aspect, item.level].append(item)
    open_stages: dict[str, list[Item]] = {}
    unknown: list[Missing] = []
    for aspect, levels in _recommended(cluster, clause).items():
        for level in levels:
            items = by_stage[aspect, level]
            lacking: list[Missing] = []
            if any(_is_aimed_at(cluster, item, written.get(item.id), lacking) for item in items):
                continue
            if lacking:
                unknown.extend(lacking)
            else:
                open_stages[f"{aspect}{level}"] = items
    return open_stages, unknown


def _is_aimed_at(cluster: Cluster, item: Item, line: ClusterItem | None, lacking: list[Missing]) -> bool:
    if line is None:
        lacking.append(Missing(_of_items(cluster).at(item.id), item.id, "missing"))
        return False
    has = line.target.maybe(Condition.has)
    if has is None:
        lacking.append(Condition.has.missing(line.target))
    return bool(has)


def _is_new(line: ClusterItem) -> bool:
    initial, target = line.initial, line.target
    if not target.has:
        return False
    if not initial.has:
        return True
    counts = initial.maybe(Condition.count), target.maybe(Condition.count)
    return counts != (None, None) and target.count > initial.count


def _of_items(cluster: Cluster) -> Place:
    return cluster.assessment.place(Assessment.items)


def _named(cluster: Cluster, clause: Clause) -> str:
    stages = "、".join(
        f"{aspect}{level}" for aspect, levels in _recommended(cluster, clause).items() for level in levels
    )
    return f"{cluster.category} 類{cluster.type}建議的 {stages} "


def _in_words(stage: str, items: list[Item]) -> str:
    names = "、".join(item.called for item in items[:3]) + ("等" if len(items) > 3 else "")
    return f"建議達成的 {stage} 沒有一項目標為有（{names}）"
