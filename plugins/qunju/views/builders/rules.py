"""The clauses of a year to the lists that lead to each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from qunju.regulation.clause import Clause
from qunju.regulation.programme import Programme
from qunju.regulation.situation import Situation
from qunju.schema.form import ConfigurationError
from qunju.views.builders.fields import chapter_of
from qunju.views.common import Link
from qunju.views.reference import ChapterNote, ChapterPage, RuleIndex, RuleNote

Situations: TypeAlias = Mapping[str, Sequence[Situation]]

_HANDBOOK: Final = "使用手冊"


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
                tuple(Link(f"{clause.id} {clause.title}", f"{clause.id.lower()}/") for clause in clauses),
            )
            for key, clauses in chapters(programme).items()
        ),
        checks=tuple(Counter(clause.check_title for clause in programme.clauses.values()).items()),
    )


def chapter_page(key: str, programme: Programme, situations: Situations) -> ChapterPage:
    """Return the page that leads to each clause of a chapter."""
    titles = programme.facts["chapters"]
    by_chapter = chapters(programme)
    return ChapterPage(
        key=key,
        title=titles[key],
        year=programme.year,
        trail=(Link(_HANDBOOK, "../../"), Link("規則對照", "../")),
        chapters=tuple(Link(f"{other} {titles[other]}", f"../{other.lower()}/") for other in by_chapter),
        rules=tuple(
            RuleNote(
                id=clause.id,
                title=clause.title,
                page=_page(clause.id),
                quote=clause.quote,
                check=clause.check_title,
                kind=clause.check,
                situations=len(situations.get(clause.id, ())),
            )
            for clause in by_chapter[key]
        ),
    )


def chapters(programme: Programme) -> Mapping[str, tuple[Clause, ...]]:
    """Return the clauses by chapter, both in the order of the year; a chapter without a name is refused."""
    found: dict[str, list[Clause]] = {key: [] for key in programme.facts["chapters"]}
    for clause in programme.clauses.values():
        if chapter_of(clause.id) not in found:
            raise ConfigurationError(f"programme.yml 的 chapters 沒有 {chapter_of(clause.id)}（{clause.id}）。")
        found[chapter_of(clause.id)].append(clause)
    return {key: tuple(clauses) for key, clauses in found.items() if clauses}


def _page(clause: str) -> str:
    """Return the way from the page of a chapter, or of a clause, to that of a clause."""
    return f"../{clause.lower()}/"
