"""Chapter KPI: the performance indicators that a cluster sets itself (自訂績效指標), rows of schedule.yml."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from qunju.model.answers import every
from qunju.model.cluster import Cluster
from qunju.model.profile import PlanSummary, Profile, Summary
from qunju.model.record import Field, Missing, Record
from qunju.model.schedule import BASIC, Row, Schedule
from qunju.regulation.application import category_of
from qunju.regulation.clause import Clause
from qunju.regulation.limit import Limit, amount
from qunju.regulation.programme import Programme
from qunju.regulation.tally import Tally
from qunju.regulation.verdict import Level, Note, Quantity, Verdict
from qunju.regulation.wording import alias_key, wording_key

_OTHER = "other"


def count_by_aspect(cluster: Cluster, clause: Clause) -> Verdict:
    """How many indicators each of the four aspects has (面向); one of kind 其他 counts for none of them."""
    return _each_aspect(cluster, clause, lambda _: True)


def prior_baselines(cluster: Cluster, clause: Clause) -> Verdict:
    """How many indicators of each aspect build on a result of the year before (前一年基準)."""
    return _each_aspect(cluster, clause, lambda row: row.maybe(Row.prior_baseline) is not None)


def count_of_digital_usage(cluster: Cluster, clause: Clause) -> Verdict:
    """How many indicators count how digital services are tried, used or bought from (數位體驗、使用、消費).

    One of any kind may, 其他 included. What such an indicator counts, and in what, should be said: where it
    is not, that is worth a word.
    """
    rows = _rows(cluster)
    tally = Tally.of(rows, lambda row: every((lambda: row.is_indicator, lambda: row.digital_usage)))
    notes = [
        Note(Level.WARNING, f"{row.id} 是數位使用指標，請填類型（usage_kind）與計量（usage_unit）。", (row.place(),))
        for row in rows
        if row.place() in tally.yes and None in (row.maybe(Row.usage_kind), row.maybe(Row.usage_unit))
    ]
    here = cluster.schedule.place(Schedule.rows)
    return clause.compare(tally, unit=clause.number_limit.unit, places=(here,), notes=notes)


def count_without_overlap(cluster: Cluster, clause: Clause) -> Verdict:
    """How many indicators there are, enough for those of the aspects and the digital ones to be different (不重疊).

    Whether one may serve as both is not said: it may here, and fewer in all than both demands together are a warning
    (CON-15). A demands 4×1+2, B 4×2+2.
    """
    used = [clause.programme.clauses[name] for name in clause.uses]
    category = category_of(cluster, clause.programme)
    per_aspect, digital = (other.number_limit for other in used if category in other.categories)
    aspects = len(clause.programme.facts["aspects"])
    needed = Limit("at_least", aspects * per_aspect.bound + digital.bound, digital.unit)
    tally = Tally.of(_rows(cluster), lambda row: row.is_indicator)
    here = cluster.schedule.place(Schedule.rows)
    verdict = replace(clause, limit=needed).compare(tally, unit=needed.unit, places=(here,))
    if verdict.measured is None:
        return verdict
    sum_ = f"{aspects} 面向×{per_aspect.bound} 項＋數位指標 {digital.bound} 項＝{amount(needed.bound, needed.unit)}"
    gap = f"，{verdict.gap.text}" if verdict.gap else ""
    return replace(verdict, message=f"{clause.title}：績效指標共 {verdict.measured.text}；分開計算需要 {sum_}{gap}。")


def scenario_of_aspect(cluster: Cluster, clause: Clause) -> Verdict:
    """Every indicator names a scenario (情境應用) of its own aspect; one of kind 其他 may name any of the sixteen.

    經管技術 and 經營技術 are the same (CON-06).
    """
    programme = clause.programme
    return _of_each_indicator(
        cluster,
        clause,
        lambda row: alias_key(programme, "scenarios", row.scenario) in _scenarios(row.kind, programme),
        lambda row: f"{row.id} 的情境「{row.scenario}」不是{_scenarios_in_words(row.kind, programme)}",
        Row.scenario,
    )


def measurable(cluster: Cluster, clause: Clause) -> Verdict:
    """Every indicator has numbers for the midterm and the end, and a unit (可衡量).

    One without any number cannot be measured; one that lacks a number or the unit is not filled in yet. The total need
    not be written: it is computed.
    """
    numbers = (Row.mid, Row.final, Row.total)
    return _of_each_indicator(
        cluster,
        clause,
        lambda row: any(row.maybe(number) is not None for number in numbers) and _is_filled_in(row),
        lambda row: f"{row.id} 沒有任何數值",
        Row.mid,
    )


def auditable(cluster: Cluster, clause: Clause) -> Verdict:
    """Every indicator says what evidence there will be for it (可稽核); a list without anything in it says none."""
    return _of_each_indicator(
        cluster,
        clause,
        lambda row: clause.number_limit.holds(sum(bool(item.strip()) for item in row.evidence)),
        lambda row: f"{row.id} 沒有列出佐證",
        Row.evidence,
    )


def benefit_stated(cluster: Cluster, clause: Clause) -> Verdict:
    """Every indicator says what good it will do (呈現效益)."""
    return _of_each_indicator(
        cluster,
        clause,
        lambda row: row.maybe(Row.benefit_note) is not None,
        lambda row: f"{row.id} 沒有效益說明",
        Row.benefit_note,
    )


def summary_matches(cluster: Cluster, clause: Clause) -> Verdict:
    """The indicators stated in the summary (摘要表), if any are, are those of the schedule in its order and words."""
    summary = cluster.profile.summary
    stated = summary.maybe(Summary.kpis)
    if not stated:
        return clause.passes(f"{clause.title}：摘要表的績效指標由進度表產生。")
    rows = cluster.indicators
    here = summary.place(Summary.kpis)
    if len(stated) != len(rows):
        words = f"摘要表寫了 {len(stated)} 項，進度表有 {len(rows)} 項"
        measured = Quantity(len(stated), "項", amount(len(stated), "項"))
        off = abs(len(stated) - len(rows))
        return clause.fails(
            f"{clause.title}：{words}。", here, measured=measured, gap=Quantity(off, "項", f"差 {off} 項")
        )
    for index, (text, row) in enumerate(zip(stated, rows, strict=True)):
        if wording_key(clause.programme, text) != wording_key(clause.programme, row.text):
            words = f"第 {index + 1} 項摘要表寫「{text}」，進度表 {row.id} 是「{row.text}」"
            return clause.fails(f"{clause.title}：{words}。", here.at(index), row.place(Row.text))
    return clause.passes(f"{clause.title}：摘要表的 {len(rows)} 項與進度表一致。")


def theme_and_goal(cluster: Cluster, clause: Clause) -> Verdict:
    """Whether the indicators follow from theme and goal (群聚主題與目標): a person compares them, here side by side."""
    plan = cluster.profile.summary.plan
    lacking = [
        *_lacking(cluster.profile, (Profile.theme,)),
        *_lacking(plan, (PlanSummary.goal,)),
        *_lacking(cluster.schedule, (Schedule.rows,)),
    ]
    if lacking:
        return clause.unknown(*lacking)
    if not cluster.indicators:
        return _without_indicators(clause)
    texts = "、".join(f"「{row.text}」" for row in cluster.indicators)
    return clause.ask_person(
        f"{clause.title}：主題「{cluster.profile.theme}」、目標「{plan.goal}」，績效指標是{texts}；請判斷是否相應。",
        cluster.schedule.place(Schedule.rows),
        cluster.profile.place(Profile.theme),
        plan.place(PlanSummary.goal),
    )


def _rows(cluster: Cluster) -> tuple[Row, ...]:
    return tuple(cluster.schedule.rows.values())


def _each_aspect(cluster: Cluster, clause: Clause, is_counted: Callable[[Row], bool]) -> Verdict:
    """Compare the number of indicators that are counted with the limit, in each aspect by itself.

    A row whose kind is not filled in may make up for what one aspect lacks, and for no more than one.
    """
    limit, rows = clause.number_limit, _rows(cluster)

    def tally_of(aspect: str) -> Tally:
        return Tally.of(rows, lambda row: row.kind == aspect and is_counted(row))

    found = {aspect: tally_of(aspect) for aspect in clause.programme.facts["aspects"]}
    short = {aspect: limit.distance(tally.low) for aspect, tally in found.items() if not limit.holds(tally.low)}
    words = "、".join(
        f"{_aspect(aspect, clause.programme)} {amount(tally.low, limit.unit)}" for aspect, tally in found.items()
    )
    measured = Quantity(min(tally.low for tally in found.values()), limit.unit, words)
    if not short:
        return clause.passes(f"{clause.title}：{words}。", measured=measured)
    unknown, lacking = next(iter(found.values())).unknown, sum(short.values())
    if lacking <= len(unknown):
        return clause.unknown(*unknown)
    missed = "、".join(
        f"{_aspect(aspect, clause.programme)}尚差 {amount(gap, limit.unit)}" for aspect, gap in short.items()
    )
    return clause.fails(
        f"{clause.title}：{words}；每面向{limit.quantity.text}，{missed}。",
        cluster.schedule.place(Schedule.rows),
        measured=measured,
        gap=Quantity(lacking, limit.unit, f"尚差 {amount(lacking, limit.unit)}"),
    )


def _of_each_indicator(
    cluster: Cluster,
    clause: Clause,
    predicate: Callable[[Row], bool],
    wrong: Callable[[Row], str],
    field: Field[object],
) -> Verdict:
    """Demand something of each indicator; a row without a kind may be one. `field` is where it is mended."""
    rows = [row for row in _rows(cluster) if row.maybe(Row.kind) != BASIC]
    if not rows:
        return _without_indicators(clause)
    return clause.for_all(
        rows, lambda row: not row.is_indicator or predicate(row), wrong, place=lambda row: row.place(field)
    )


def _without_indicators(clause: Clause) -> Verdict:
    return clause.not_applicable(message=f"{clause.title}：進度表尚無績效指標。")


def _aspect(kind: str, programme: Programme) -> str:
    return str(programme.facts["titles"]["row_kinds"].get(kind, kind))


def _scenarios(kind: str, programme: Programme) -> set[str]:
    """Return the scenarios that an indicator of a kind may name, as they are compared."""
    names = programme.vocabulary("scenarios") if kind == _OTHER else programme.facts["scenarios"][kind]
    return {alias_key(programme, "scenarios", name) for name in names}


def _scenarios_in_words(kind: str, programme: Programme) -> str:
    if kind == _OTHER:
        return "任一面向的情境"
    return f"{_aspect(kind, programme)}的情境（{'、'.join(programme.facts['scenarios'][kind])}）"


def _is_filled_in(row: Row) -> bool:
    lacking = next(_lacking(row, (Row.unit, Row.mid, Row.final)), None)
    if lacking is not None:
        raise lacking
    return True


def _lacking(record: Record, fields: Iterable[Field[object]]) -> Iterator[Missing]:
    for field in fields:
        try:
            field.of(record)
        except Missing as missing:
            yield missing
