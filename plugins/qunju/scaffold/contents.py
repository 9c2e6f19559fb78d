"""What a programme year gives a new proposal: the basic rows of its schedule, the items of its self-assessments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from qunju.regulation.clause import Clause
from qunju.regulation.limit import Limit
from qunju.regulation.programme import Programme
from qunju.scaffold.outline import Outline, Use
from qunju.scaffold.text import comment, indent, pair
from qunju.scaffold.writer import Writer
from qunju.schema.annotation import EACH, FieldSchema

ROWS = ("rows",)
CLUSTER_ITEMS = ("items",)
MEMBER_ITEMS = ("self_assessment",)


@dataclass(frozen=True)
class Basics:
    """The 基本工作項目 of a category, as rows with what the regulation demands at least."""

    programme: Programme
    category: str
    members: int

    def lines(self, outline: Outline) -> Iterator[str]:
        """Yield the rows, and an indicator as a commented example."""
        rows = FieldSchema(ROWS, outline.root["properties"][ROWS[0]])
        for name, row in self.programme.facts["basic_rows"].items():
            if self.category in row.get("categories", (self.category,)):
                yield f"{name}:"
                yield from indent(self._row(name, row, outline))
                yield ""
        kinds = [word for word in self.programme.vocabulary("row_kinds") if word in self.programme.facts["aspects"]]
        indicator = Writer(outline.knowing({(*ROWS, EACH, "kind"): kinds[0]}))
        yield from comment(indicator.example(rows, "K1"))

    def _row(self, name: str, row: dict[str, Any], outline: Outline) -> Iterator[str]:
        clause = self.programme.clauses[row["clause"]]
        known = {
            "kind": "basic",
            "text": row["name"],
            "total": self._total(clause, row["unit"]),
            "unit": row["unit"],
            "aggregation": row.get("aggregation", "sum"),
        }
        if "direction" in row:
            known["direction"] = row["direction"]
        told = outline.knowing({(*ROWS, EACH, key): value for key, value in known.items()})
        element = FieldSchema((*ROWS, EACH), outline.root["properties"][ROWS[0]]["additionalProperties"])
        for child in told.children(element):
            key = child.path[-1]
            # The schema says of some fields in words that one row alone has them.
            if told.use(child) is Use.WANTED or f"只有 {name} 填" in child.schema["description"]:
                note = (
                    f"  # 規範：{clause.limit.quantity.text}（{clause.id}）" if key == "total" and clause.limit else ""
                )
                yield pair(key, known.get(key)) + note

    def _total(self, clause: Clause, unit: str) -> int | None:
        """Return the least that a clause asks for, in the row's unit: a share of the members where that is no share."""
        limit = clause.limit
        if not isinstance(limit, Limit):
            return None
        return int(limit.distance(0, self.members if limit.is_share and unit != limit.unit else None))


def cluster_items(programme: Programme) -> Iterator[str]:
    """Yield every item of the cluster's self-assessment, to be answered."""
    for name, item, heading in _by_aspect(programme, "cluster_items"):
        if heading:
            yield from heading
            yield from comment([f"情境擇一：{'、'.join(programme.facts['scenarios'][item['aspect']])}"])
        hint = item.get("detail", "")
        yield f"{name}:  # {item['name']}{f'（{hint}）' if hint else ''}"
        count = " count: ," if "數" in hint else ""
        years = " years: ," if "years" in item else ""
        listed = " list: ," if "level" not in item else ""
        for side in ("initial", "target"):
            yield f"  {side}: {{has: ,{count}{years}{listed} detail: ''}}"
        yield "  scenario:"


def member_items(programme: Programme) -> Iterator[str]:
    """Yield every item of a member's self-assessment as a comment: only what a company has is written."""
    for name, item, heading in _by_aspect(programme, "member_items"):
        yield from heading
        hint = f"（{item['detail']}）" if "detail" in item else ""
        yield from comment([f"{name}: {{detail: ''}}  # {item['name']}{hint}"])


def _by_aspect(programme: Programme, table: str) -> Iterator[tuple[str, dict[str, Any], list[str]]]:
    """Yield id and entry of each item, with a heading in front of the first of an aspect."""
    before = None
    for name, item in programme.facts[table].items():
        aspect = item["aspect"]
        title = f"── {programme.facts['aspects'][aspect]['name']}（{aspect}）──"
        heading = [*([""] if before else []), *comment([title])] if aspect != before else []
        yield name, item, heading
        before = aspect
