"""The clauses of a year to the rule reference; what a formula says of itself is handed in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from qunju.regulation.clause import Clause
from qunju.regulation.programme import Programme
from qunju.schema.annotation import FieldSchema
from qunju.schema.form import ConfigurationError, FileSchema
from qunju.views.builders.fields import anchor_of, chapter_of
from qunju.views.common import Link
from qunju.views.reference import ChapterNote, ChapterPage, Decision, Line, Rule, RuleIndex, Weight

_HANDBOOK = "使用手冊"
_UNJUDGED: Final = "out_of_scope"
_NEEDS = {
    "private": "要讀 private/ 的個人資料，請在自己的電腦加 --private 檢查",
    "rendered": "要看產出的文件",
    "repository": "要與其他提案比對",
    "external": "要查外部資料",
}
_BOX = re.compile(r"<input [^>]*>")


def rule_index(programme: Programme) -> RuleIndex:
    """Return the page that leads to every clause."""
    return RuleIndex(
        year=programme.year,
        source=programme.facts["source"]["title"],
        trail=(Link(_HANDBOOK, "../"),),
        chapters=tuple(
            ChapterNote(
                Link(programme.facts["chapters"][key], f"{key.lower()}/"),
                key,
                tuple(Link(f"{clause.id} {clause.title}", f"{key.lower()}/#{clause.id}") for clause in clauses),
            )
            for key, clauses in chapters(programme).items()
        ),
        checks=tuple(Counter(clause.check_title for clause in programme.clauses.values()).items()),
    )


def chapter_page(key: str, programme: Programme, summaries: Mapping[str, str]) -> ChapterPage:
    """Return the page of one chapter; `summaries` are the first lines of the formulas' docstrings, by clause.

    Raises `ConfigurationError` for a clause whose page would lack what a reader looks for.
    """
    titles = programme.facts["chapters"]
    by_chapter = chapters(programme)
    return ChapterPage(
        key=key,
        title=titles[key],
        year=programme.year,
        trail=(Link(_HANDBOOK, "../../"), Link("規則對照", "../")),
        chapters=tuple(Link(f"{other} {titles[other]}", f"../{other.lower()}/") for other in by_chapter),
        rules=tuple(_rule(clause, programme, summaries.get(clause.id, "")) for clause in by_chapter[key]),
    )


def chapters(programme: Programme) -> Mapping[str, tuple[Clause, ...]]:
    """Return the clauses by chapter, both in the order of the year; a chapter without a name is refused."""
    found: dict[str, list[Clause]] = {key: [] for key in programme.facts["chapters"]}
    for clause in programme.clauses.values():
        if chapter_of(clause.id) not in found:
            raise ConfigurationError(f"programme.yml 的 chapters 沒有 {chapter_of(clause.id)}（{clause.id}）。")
        found[chapter_of(clause.id)].append(clause)
    return {key: tuple(clauses) for key, clauses in found.items() if clauses}


def _rule(clause: Clause, programme: Programme, summary: str) -> Rule:
    _refuse_incomplete(clause, summary)
    return Rule(
        id=clause.id,
        title=clause.title,
        quote=clause.quote,
        section=clause.section,
        lines=tuple(_lines(clause, programme)),
        categories="、".join(f"{category} 類" for category in clause.categories),
        derived=clause.derived,
        check=clause.check_title,
        weights=tuple(_weights(clause)),
        limit=clause.limit.quantity.text if clause.limit else "",
        remedy=clause.remedy,
        look_at=clause.look_at,
        reason=clause.reason,
        needs=tuple(_NEEDS[need] for need in clause.needs),
        early=clause.early_if or "",
        fields=tuple(_fields(clause, programme)),
        uses=tuple(Link(name, f"../{chapter_of(name).lower()}/#{name}") for name in clause.uses),
        decision=_decision(clause.decision, programme) if clause.decision else None,
        formula=clause.formula or "",
        summary=summary,
    )


def _refuse_incomplete(clause: Clause, summary: str) -> None:
    wanted = {"quote": clause.quote}
    if clause.check != _UNJUDGED:
        wanted["remedy"] = clause.remedy
    if clause.formula:
        wanted[f"{clause.formula} 的 docstring"] = summary
    lacking = [name for name, text in wanted.items() if not text.strip()]
    if lacking:
        raise ConfigurationError(f"規則 {clause.id} 缺 {'、'.join(lacking)}，無法列入規則對照。")


def _lines(clause: Clause, programme: Programme) -> Iterator[Line]:
    text = programme.text.splitlines()
    for number in (clause.line, *clause.also):
        cells = (_BOX.sub("□", cell).strip() for cell in text[number - 1].split("\t"))
        yield Line(number, tuple(cell for cell in cells if cell))


def _weights(clause: Clause) -> Iterator[Weight]:
    """Yield the weights, once for categories that share them."""
    by_text: dict[str, list[str]] = {}
    for category in clause.categories:
        by_text.setdefault(clause.weight(category), []).append(category)
    for text, categories in by_text.items():
        yield Weight("、".join(f"{category} 類" for category in categories), text)


def _fields(clause: Clause, programme: Programme) -> Iterator[Link]:
    """Yield the fields that a clause wants filled in or whose words it judges."""
    form = programme.form
    pairs: list[tuple[FileSchema, FieldSchema]] = [
        *form.demands.get(clause.id, ()),
        *form.vocabularies.get(clause.id, ()),
    ]
    for schema, field in pairs:
        page = f"../../fields/{schema.name}/#{anchor_of(field, private=schema.private)}"
        yield Link(f"{schema.json['title']}：{field.title}", page)


def _decision(name: str, programme: Programme) -> Decision:
    entry = programme.decisions[name]
    return Decision(name, entry["conflict"], entry["reading"], entry["why"], entry.get("otherwise", ""))
