"""One clause on one cluster: whether it is due, what its formula says, and how much that weighs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from qunju.check.rulebook import Formula
from qunju.model.cluster import Cluster
from qunju.model.portfolio import Portfolio, Summary
from qunju.model.profile import Profile
from qunju.model.record import Missing, Unsound
from qunju.regulation.clause import Clause
from qunju.regulation.verdict import Level, Reason, Status, Verdict

OUT_OF_SCOPE: Final = "out_of_scope"
FIRST_STAGE_OF_DEMANDS: Final = "submission"


def judge(clause: Clause, formula: Formula | None, cluster: Cluster, stage: str) -> Verdict:
    """Return the verdict of one clause on one cluster."""
    if clause.check == OUT_OF_SCOPE:
        return clause.not_applicable(Reason.SCOPE, clause.reason)
    sound = cluster.profile.file.sound
    category = cluster.profile.maybe(Profile.category) if sound else None
    known = clause.programme.vocabulary("categories")
    if not sound or (category not in known and len(clause.categories) < len(known)):
        return _without_profile(clause)
    if category is not None and category in known and category not in clause.categories:
        return clause.not_applicable(Reason.CATEGORY)
    weighed = category if category in known else clause.categories[0]
    level = clause.level(weighed, stage)
    if level is None:
        if clause.early_if is None or not _is_recorded(cluster, clause.early_if):
            return clause.not_applicable(Reason.STAGE)
        level = clause.first_level(weighed)
    if formula is None:
        return clause.ask_person()
    return _weigh(_apply(clause, formula, cluster), level, clause, stage)


def judge_summary(clause: Clause, formula: Formula, summary: Summary | None, portfolio: Portfolio) -> Verdict:
    """Return the verdict of a clause over all clusters on one of them."""
    if summary is None or summary.category not in clause.programme.vocabulary("categories"):
        return _without_profile(clause)
    if summary.category not in clause.categories:
        return clause.not_applicable(Reason.CATEGORY)
    level = clause.level(summary.category, summary.stage)
    if level is None:
        return clause.not_applicable(Reason.STAGE)
    return _weigh(formula(summary, portfolio, clause), level, clause, summary.stage)


def _without_profile(clause: Clause) -> Verdict:
    message = f"{clause.title}：cluster.yml 有誤，改正後才能判定。"
    return clause.undetermined(Reason.UNSOUND, message, remedy="請先改正 cluster.yml，再檢查一次。")


def _apply(clause: Clause, formula: Formula, cluster: Cluster) -> Verdict:
    try:
        return formula(cluster, clause)
    except (Missing, Unsound) as cause:
        return clause.unknown(cause)


def _weigh(verdict: Verdict, level: Level | None, clause: Clause, stage: str) -> Verdict:
    if verdict.status is Status.FAIL:
        return replace(verdict, severity=level)
    demanded = verdict.reason is Reason.MISSING and clause.programme.has_reached(stage, FIRST_STAGE_OF_DEMANDS)
    if verdict.status is Status.UNDETERMINED and demanded and level is Level.ERROR:
        return replace(verdict, severity=Level.ERROR)
    return verdict


def _is_recorded(cluster: Cluster, path: str) -> bool:
    """Tell whether a field, named by file and keys, is filled in."""
    kind, *keys = path.split(".")
    files = cluster.files.get(kind, ())
    value: Any = files[0].values if files else None
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value is not None
