"""The report for a program: JSON, version 1, written as a stream."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from decimal import Decimal
from typing import Any, TextIO

from qunju.check.examination import ClusterReport
from qunju.check.location import Located, Location
from qunju.check.pipeline import Check
from qunju.regulation.verdict import Quantity
from qunju.report.digest import Totals, rule_texts
from qunju.source.personal import redact

VERSION = 1


def write_json(check: Check, out: TextIO) -> Totals:
    """Write the report as the check proceeds, and return its sums."""
    totals = Totals()
    rules = {name: asdict(text) for name, text in rule_texts(check.library).items()}
    totals.add(check.repository)
    out.write(f'{{"version": {VERSION}, "rules": {_dump(rules)},\n')
    out.write(f' "repository": {_dump(verdict_objects(check.repository))},\n "clusters": [')
    for index, report in enumerate(check.clusters()):
        totals.add_cluster(report)
        out.write(f"{',' if index else ''}\n{_dump(cluster_object(report))}")
    out.write(f'\n ], "summary": {_dump(asdict(totals))}}}\n')
    return totals


def cluster_object(report: ClusterReport) -> dict[str, Any]:
    """Return a cluster's report as JSON has it."""
    return {
        "id": report.id,
        "category": report.category,
        "stage": report.stage,
        "verdicts": verdict_objects(report.verdicts),
    }


def verdict_objects(verdicts: Iterable[Located]) -> list[dict[str, Any]]:
    """Return verdicts as JSON has them."""
    return [_verdict(located) for located in verdicts]


def _verdict(located: Located) -> dict[str, Any]:
    verdict = located.verdict
    return {
        "rule": verdict.rule,
        "status": verdict.status.value,
        "severity": verdict.severity.value if verdict.severity else None,
        "reason": verdict.reason.value if verdict.reason else None,
        "message": redact(verdict.message),
        "remedy": redact(verdict.remedy),
        "notes": [
            {"severity": note.level.value, "message": redact(note.message), "locations": location_objects(places)}
            for note, places in zip(verdict.notes, located.note_locations, strict=True)
        ],
        "measured": quantity_object(verdict.measured),
        "limit": quantity_object(verdict.limit),
        "gap": quantity_object(verdict.gap),
        "locations": location_objects(located.locations),
    }


def quantity_object(quantity: Quantity | None) -> dict[str, Any] | None:
    """Return a measured value as JSON has it."""
    if quantity is None:
        return None
    value = quantity.value
    # JSON knows one kind of number; the exact text stands beside it.
    told = float(value) if isinstance(value, Decimal) else redact(value) if isinstance(value, str) else value
    return {"value": told, "unit": quantity.unit, "text": redact(quantity.text)}


def location_objects(locations: Iterable[Location]) -> list[dict[str, Any]]:
    """Return places as JSON has them."""
    return [{"path": location.path, "line": location.line, "column": location.column} for location in locations]


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
