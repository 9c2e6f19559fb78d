"""Demonstration proposals in memory, to be changed and judged without any file on disk."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Any

from tests.repository import DEMONSTRATIONS, ROOT, library

from qunju.check.examination import Examiner
from qunju.check.judge import judge
from qunju.model.cluster import Cluster, build
from qunju.model.record import File
from qunju.regulation.verdict import Verdict

YEAR = "111"


@cache
def demonstration(base: str) -> Cluster:
    """Read a demonstration proposal (A or B) once."""
    return Examiner(ROOT, library()).open(*DEMONSTRATIONS[base].split("/")).cluster


def with_values(cluster: Cluster, kind: str, file: File, values: Mapping[str, Any]) -> Cluster | None:
    """Return a cluster with other values in a file; None where they are not well formed."""
    if not library().form.committed[kind].validator.is_valid(values):
        return None
    files = tuple(replace(one, values=values) if one is file else one for one in cluster.files[kind])
    return replace(cluster, files=MappingProxyType({**cluster.files, kind: files}))


def with_file(cluster: Cluster, kind: str, **fields: Any) -> Cluster:
    """Return a cluster with other fields at the top level of a file."""
    file = cluster.files[kind][0]
    values = {**file.values, **fields}
    changed = with_values(cluster, kind, file, values)
    assert changed is not None, [str(error) for error in library().form.committed[kind].validator.iter_errors(values)]
    return changed


def with_members(cluster: Cluster, members: Mapping[str, Mapping[str, Any]]) -> Cluster:
    """Return a cluster with these companies instead of its own."""
    folder = f"proposals/{cluster.id}"
    files = tuple(
        File(f"{folder}/members/{name}.yml", f"{folder}/private/members/{name}.yml", values, True, False)
        for name, values in members.items()
    )
    return build(cluster.id, {**cluster.files, "member": files}, cluster.media, cluster.judged_at)


def values_of(cluster: Cluster, kind: str) -> dict[str, Any]:
    """Return the values of a file, free to be changed."""
    return copy.deepcopy(dict(cluster.files[kind][0].values))


def verdict(cluster: Cluster, rule: str, stage: str | None = None) -> Verdict:
    """Judge a cluster by one clause, at its own stage or another."""
    rules = library().rulebooks[YEAR].cluster_rules
    clause, formula = next(pair for pair in rules if pair[0].id == rule)
    at = replace(cluster, judged_at=stage) if stage else cluster
    return judge(clause, formula, at, at.stage)


def verdicts(cluster: Cluster) -> dict[str, Verdict]:
    """Judge a cluster by every clause that needs no other cluster."""
    rules = library().rulebooks[YEAR].cluster_rules
    return {clause.id: judge(clause, formula, cluster, cluster.stage) for clause, formula in rules}
