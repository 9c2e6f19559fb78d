"""Demands on how a document is printed: only the produced document can show whether they are met."""

from __future__ import annotations

from qunju.model.cluster import Cluster
from qunju.regulation.clause import Clause
from qunju.regulation.verdict import Reason, Verdict


def awaits_document(cluster: Cluster, clause: Clause) -> Verdict:  # noqa: ARG001 - a formula is given the cluster
    """What a produced document shows (產出文件), committed files do not: what to compare is told, no verdict given."""
    return clause.undetermined(Reason.UNRENDERED, f"{clause.title}：{clause.look_at}")
