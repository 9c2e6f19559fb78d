"""Chapter SCH: the checkpoints, the coaching period and the table of planned progress (預定進度)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from qunju.model.budget import Period
from qunju.model.cluster import Cluster
from qunju.model.progress import Award
from qunju.model.record import Field
from qunju.model.schedule import Checkpoint, Row, Schedule
from qunju.regulation.clause import Clause
from qunju.regulation.length import length_of
from qunju.regulation.limit import amount
from qunju.regulation.verdict import Reason, Verdict
from qunju.source.place import Place


def mid_checkpoint(cluster: Cluster, clause: Clause) -> Verdict:
    """Day and percentages stated for the midterm checkpoint (期中查核點) are the programme's own.

    Nothing need be stated: then the programme's hold. The day does not move though it is a Sunday.
    """
    return _checkpoint(clause, cluster.schedule.checkpoints.mid, "mid")


def final_checkpoint(cluster: Cluster, clause: Clause) -> Verdict:
    """Day and percentages stated for the final checkpoint (期末查核點) are the programme's own.

    Nothing need be stated: then the programme's hold.
    """
    return _checkpoint(clause, cluster.schedule.checkpoints.final, "final")


def percentages(cluster: Cluster, clause: Clause) -> Verdict:
    """The row of percentages (預定完成工作進度百分比), if it is stated, is that of the checkpoints."""
    mid, final = (clause.programme.facts["checkpoints"][name] for name in ("mid", "final"))
    fixed = (mid["planned_pct"], final["planned_pct"], final["cumulative_pct"])
    stated = cluster.schedule.maybe(Schedule.progress_row)
    if not stated:
        return clause.passes(f"{clause.title}：由年度設定帶入，為 {_percentages(fixed)}。")
    if stated == fixed:
        return clause.passes(f"{clause.title}：{_percentages(stated)}。")
    place = cluster.schedule.place(Schedule.progress_row)
    index = next((index for index, (one, other) in enumerate(zip(stated, fixed, strict=False)) if one != other), None)
    return clause.fails(
        f"{clause.title}：您寫的是 {_percentages(stated)}，規定為 {_percentages(fixed)}。",
        place if index is None else place.at(index),
    )


def pages_of_table(cluster: Cluster, clause: Clause) -> Verdict:
    """How many pages the table of planned progress takes (進度表頁數), which only the produced document tells (CON-39).

    Words that fill more pages than allowed even when set as tightly as can be read are too many however it is printed.
    """
    rows = cluster.schedule.rows
    limit, page = clause.number_limit, clause.programme.fact("lengths.page")
    texts = [text for row in rows.values() for text in (row.maybe(Row.text) or "", *(row.maybe(Row.evidence) or ()))]
    # A text has never more 字 than signs: what few rows exceed need not be counted.
    if not limit.holds(-(-sum(map(len, texts)) // page)):
        characters = sum(map(length_of, texts))
        pages = -(-characters // page)
        if not limit.holds(pages):
            verdict = clause.compare_value(pages, cluster.schedule.place(Schedule.rows))
            words = f"{len(rows)} 列共 {amount(characters, '字')}，排得再密也要 {pages} 頁"
            return replace(verdict, message=f"{clause.title}：{words}，規定{limit.quantity.text}。")
    words = f"{clause.title}：共 {len(rows)} 列，印出來有幾頁，須看產出的文件（規定{limit.quantity.text}）。"
    return clause.undetermined(Reason.UNRENDERED, words)


def coaching_period(cluster: Cluster, clause: Clause) -> Verdict:
    """The period of the budget is the coaching period (輔導期間): from the announcement to the programme's last day.

    執行單位 records the day of the announcement; until then the first day is open, a wrong last day all the same wrong
    (CON-32).
    """
    period, award = cluster.budget.period, cluster.progress.award
    announced = award.maybe(Award.announce_date)
    wrong = list(_wrong_days(period, announced, _last_day(clause)))
    if wrong:
        return _fail(clause, wrong)
    start, end = period.start, period.end
    if announced is None:
        raise Award.announce_date.missing(award)
    return clause.passes(f"{clause.title}：{start} 至 {end}。")


def budget_period(cluster: Cluster, clause: Clause) -> Verdict:
    """The three tables of the budget have one period (經費表期間), which ends on the programme's last day.

    What is not stated is computed. The first day is the announcement's, which nobody knows before it: until then the
    period is open, and not wrong (CON-32).
    """
    period, award = cluster.budget.period, cluster.progress.award
    announced, last = award.maybe(Award.announce_date), _last_day(clause)
    wrong = list(_wrong_days(period, announced, last))
    if wrong:
        return _fail(clause, wrong)
    if announced is not None:
        return clause.passes(f"{clause.title}：三張經費表都是 {announced} 至 {last}。")
    if clause.programme.has_reached(cluster.stage, "contract"):
        raise Award.announce_date.missing(award)
    return clause.ask_person(f"{clause.title}：迄日 {last}；起日是入選公告日，公告後才能核對。")


def evidence_listed(cluster: Cluster, clause: Clause) -> Verdict:
    """Every row of the table says what evidence there will be (查核點佐證與說明資料), basic work items included."""
    rows = cluster.schedule.rows.values()
    if not rows:
        raise Schedule.rows.missing(cluster.schedule)
    return clause.for_all(
        rows,
        lambda row: any(item.strip() for item in row.evidence),
        lambda row: f"{row.id} 沒有列出佐證",
        place=lambda row: row.place(Row.evidence),
    )


def _checkpoint(clause: Clause, stated: Checkpoint, name: str) -> Verdict:
    """Compare what is stated of a checkpoint with the programme's facts."""
    facts = clause.programme.facts["checkpoints"][name]
    day, planned, cumulative = facts["date"], facts["planned_pct"], facts["cumulative_pct"]
    wrong: list[tuple[str, Place]] = []
    date = stated.maybe(Checkpoint.date)
    if date is not None and date != datetime.date.fromisoformat(day):
        wrong.append((f"查核日期您寫 {date}，規定為 {day}", stated.place(Checkpoint.date)))
    per_cent: tuple[tuple[str, Field[int], int], ...] = (
        ("預計達成率", Checkpoint.planned_pct, planned),
        ("累計達成率", Checkpoint.cumulative_pct, cumulative),
    )
    for title, field, fixed in per_cent:
        value = stated.maybe(field)
        if value is not None and value != fixed:
            words = f"{title}您寫 {value}%，規定為 {fixed}%，差 {abs(value - fixed)}%"
            wrong.append((words, stated.place(field)))
    if wrong:
        return _fail(clause, wrong)
    return clause.passes(f"{clause.title}：{day}，預計達成率 {planned}%，累計達成率 {cumulative}%。")


def _percentages(values: tuple[int, ...]) -> str:
    return "／".join(f"{value}%" for value in values)


def _last_day(clause: Clause) -> datetime.date:
    return datetime.date.fromisoformat(clause.moment_limit.bound)


def _wrong_days(period: Period, announced: datetime.date | None, last: datetime.date) -> Iterator[tuple[str, Place]]:
    """Yield what is wrong with a period as far as it is stated, and where."""
    start, end = period.maybe(Period.start), period.maybe(Period.end)
    if start is not None and announced is not None and start != announced:
        yield f"起日您寫 {start}，入選公告日是 {announced}", period.place(Period.start)
    if end is not None and end != last:
        way = "晚" if end > last else "早"
        yield f"迄日您寫 {end}，規定為 {last}，{way}了 {abs((end - last).days)} 日", period.place(Period.end)


def _fail(clause: Clause, wrong: list[tuple[str, Place]]) -> Verdict:
    words = "；".join(words for words, _ in wrong)
    return clause.fails(f"{clause.title}：{words}。", *(place for _, place in wrong))
