"""`qunju rules`: list every clause of a programme year."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from qunju.check.rulebook import load_library
from qunju.cli import EXIT_OK, find_root
from qunju.cli.schema import find_year
from qunju.regulation.clause import Clause
from qunju.regulation.limit import Limit, MomentLimit


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "rules", help="列出規範的每一條", description="列出某年度規範的每一條，及其判定方式。"
    )
    parser.add_argument("--year", metavar="YEAR", help="年度，例如 111（預設最近一個可檢查的年度）")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="輸出格式（預設 text）")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the clauses of a year, the latest unless another is asked for."""
    root = find_root()
    year = find_year(root, options.year) if options.year else load_library(root).latest.programme
    clauses = year.clauses.values()
    if options.format == "json":
        json.dump([_object(clause) for clause in clauses], sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        for clause in clauses:
            print(f"{clause.id}　{clause.check_title}　{clause.title}（{clause.section}）")
    return EXIT_OK


def _object(clause: Clause) -> dict[str, Any]:
    return {
        "id": clause.id,
        "title": clause.title,
        "check": clause.check,
        "section": clause.section,
        "quote": clause.quote,
        "categories": list(clause.categories),
        "severity": {category: dict(levels) for category, levels in clause.severity.items()},
        "limit": _limit(clause.limit),
        "decision": clause.decision,
    }


def _limit(limit: Limit | MomentLimit | None) -> dict[str, Any] | None:
    if limit is None:
        return None
    if isinstance(limit, MomentLimit):
        return {limit.relation: limit.bound}
    bound = limit.bound if isinstance(limit.bound, int) else float(limit.bound)
    return {limit.relation: bound, "unit": limit.unit}
