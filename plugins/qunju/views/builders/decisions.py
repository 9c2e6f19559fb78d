"""How the ambiguous passages of a year are read, with the clauses that follow each reading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qunju.regulation.programme import Programme
from qunju.views.articles import DecisionNote, DecisionsPage
from qunju.views.common import Link


def decisions_page(programme: Programme) -> DecisionsPage:
    """Return the page of every decision; `flag` names the switch of the year that chooses the other reading."""
    return DecisionsPage(
        year=programme.year,
        trail=(Link("使用手冊", "../"), Link("規範對照", "../regulation/")),
        decisions=tuple(_note(name, entry, programme) for name, entry in programme.decisions.items()),
    )


def _note(name: str, entry: Mapping[str, Any], programme: Programme) -> DecisionNote:
    flag = entry.get("flag", "")
    rules = [clause for clause in programme.clauses.values() if clause.decision == name]
    return DecisionNote(
        id=name,
        conflict=entry["conflict"],
        reading=entry["reading"],
        why=entry["why"],
        places=tuple(Link(f"{place['section']}（第 {place['line']} 行）", "") for place in entry["places"]),
        rules=tuple(Link(f"{clause.id} {clause.title}", f"../rules/{clause.id.lower()}/") for clause in rules),
        flag=programme.setting(flag) if flag else "",
        otherwise=entry.get("otherwise", ""),
    )
