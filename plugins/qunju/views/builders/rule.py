"""One clause to its page: what it demands, how it is judged, and examples; a clause that cannot be shown is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from qunju.regulation.clause import Clause
from qunju.regulation.programme import Programme
from qunju.regulation.situation import Situation
from qunju.regulation.verdict import Status
from qunju.schema.annotation import FieldSchema
from qunju.schema.form import ConfigurationError, FileSchema
from qunju.views.builders.fields import anchor_of, chapter_of
from qunju.views.builders.printing import Print, Source
from qunju.views.builders.situations import Play, chosen, examples
from qunju.views.common import Link
from qunju.views.reference import Decision, Line, Rule, RulePage, StageWeight, YearLimit

_DECIDED: Final = frozenset({"automated", "computed"})
_JUDGED: Final = _DECIDED | {"declared"}
_UNSEEN: Final = frozenset({"rendered", "external"})
"""What a clause may need that no proposal holds: it cannot be shown to pass, only to be left open."""
_NEEDS: Final = {
    "private": "要讀 private/ 的個人資料，請在自己的電腦加 --private 檢查",
    "rendered": "要看產出的文件",
    "repository": "要與其他提案比對",
    "external": "要查外部資料",
}


@dataclass(frozen=True)
class Proof:
    """What the pages of a year's clauses are made of, beside the clauses.

    `documented` are the docstrings of the formulas by clause; `years` are all programmes, oldest first. Without any
    situations, as where only schemas and proposals are at hand, pages have no examples. `play` gives their verdicts.
    """

    programme: Programme
    years: Sequence[Programme]
    source: Source
    documented: Mapping[str, str]
    situations: Mapping[str, Sequence[Situation]]
    play: Play


def rule_page(clause: Clause, proof: Proof) -> RulePage:
    """Return the page of a clause; raise `ConfigurationError` where it would lack what a reader looks for."""
    refuse_incomplete(clause, proof)
    title = proof.programme.facts["chapters"][chapter_of(clause.id)]
    chapter = [other for other in proof.programme.clauses.values() if chapter_of(other.id) == chapter_of(clause.id)]
    here = chapter.index(clause)
    shown = examples(clause, proof.situations.get(clause.id, ()), proof.play)
    passing, failing = chosen(shown)
    return RulePage(
        rule=_rule(clause, proof),
        year=proof.programme.year,
        trail=(
            Link("使用手冊", "../../"),
            Link("規則對照", "../"),
            Link(title, f"../{chapter_of(clause.id).lower()}/"),
        ),
        siblings=tuple(map(_link, chapter)),
        articles=Link("規範對照", f"../../regulation/#{clause.id}"),
        before=_link(chapter[here - 1]) if here else None,
        after=_link(chapter[here + 1]) if here + 1 < len(chapter) else None,
        examples=shown,
        passing=passing,
        failing=failing,
    )


def refuse_incomplete(clause: Clause, proof: Proof) -> None:
    """Raise `ConfigurationError` for a clause that lacks what its page is to say."""
    lacking = list(_lacking(clause, proof))
    if lacking:
        raise ConfigurationError(f"規則 {clause.id} 缺 {'、'.join(lacking)}，無法列入規則對照。")


def _lacking(clause: Clause, proof: Proof) -> Iterator[str]:
    wanted = {"title": clause.title, "section": clause.section, "quote": clause.quote}
    if clause.check == "out_of_scope":
        wanted["reason"] = clause.reason
    else:
        wanted["remedy"] = clause.remedy
    if clause.check == "manual":
        wanted["look_at"] = clause.look_at
    if clause.check in _JUDGED:
        wanted["method"] = clause.method
    if clause.formula:
        wanted[f"{clause.formula} 的 docstring"] = proof.documented.get(clause.id, "")
    yield from (name for name, text in wanted.items() if not text.strip())
    if proof.source.passages.span(clause) is None:
        yield "與規範一字不差的 quote"
    if clause.check in _DECIDED and proof.situations:
        yield from _unproven(clause, {situation.status for situation in proof.situations.get(clause.id, ())})


def _unproven(clause: Clause, found: AbstractSet[Status]) -> Iterator[str]:
    """Yield which situations a clause lacks that is decided by the data: one that passes and one that does not."""
    if Status.PASS not in found and _UNSEEN.isdisjoint(clause.needs):
        yield "符合的情境"
    if found <= {Status.PASS}:
        yield "不符、缺漏或不適用的情境"


def _rule(clause: Clause, proof: Proof) -> Rule:
    summary, _, details = proof.documented.get(clause.id, "").partition("\n")
    others = proof.programme.clauses
    return Rule(
        id=clause.id,
        title=clause.title,
        quote=clause.quote,
        section=clause.section,
        lines=tuple(_lines(clause, proof.source)),
        categories=clause.categories,
        derived=clause.derived,
        check=clause.check_title,
        kind=clause.check,
        years=tuple(_years(clause, proof.years)),
        stages=tuple(_stages(clause)),
        method=clause.method,
        remedy=clause.remedy,
        look_at=clause.look_at,
        reason=clause.reason,
        needs=tuple(_NEEDS[need] for need in clause.needs),
        early=clause.early_if or "",
        fields=tuple(_fields(clause, proof.programme)),
        uses=tuple(_link(others[name]) for name in clause.uses),
        used_by=tuple(_link(other) for other in others.values() if clause.id in other.uses),
        decision=_decision(clause.decision, proof.programme) if clause.decision else None,
        formula=clause.formula or "",
        summary=summary,
        details=details.strip(),
    )


def _link(clause: Clause) -> Link:
    return Link(f"{clause.id} {clause.title}", f"../{clause.id.lower()}/")


def _lines(clause: Clause, source: Source) -> Iterator[Line]:
    span = source.passages.span(clause)
    printed = Print(source.text, () if span is None else (span,))
    for row in source.rows_of(clause):
        cells = (tuple(printed.pieces(start, end)) for start, end in row.cells)
        yield Line(row.first, tuple(cell for cell in cells if any(piece.text.strip() for piece in cell)))


def _years(clause: Clause, years: Sequence[Programme]) -> Iterator[YearLimit]:
    for programme in years:
        same = programme.clauses.get(clause.id)
        if same is not None:
            yield YearLimit(programme.year, same.title, same.limit.quantity.text if same.limit else "")


def _stages(clause: Clause) -> Iterator[StageWeight]:
    for stage in clause.programme.stages:
        levels = (clause.level(category, stage) for category in clause.categories)
        yield StageWeight(clause.programme.stage_title(stage), tuple(level.word if level else "" for level in levels))


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
    flag = entry.get("flag", "")
    return Decision(
        id=name,
        conflict=entry["conflict"],
        reading=entry["reading"],
        why=entry["why"],
        page=f"../../decisions/#{name}",
        flag=programme.setting(flag) if flag else "",
        otherwise=entry.get("otherwise", ""),
    )
