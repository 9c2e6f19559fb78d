"""The text of a regulation to the page that shows it article by article, beside the clauses that stand on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from qunju.regulation.clause import CHECKS, Clause
from qunju.regulation.passage import Span
from qunju.regulation.programme import Programme
from qunju.regulation.situation import Situation
from qunju.views.articles import ArticlesPage, Block, Count, Row, Standing
from qunju.views.builders.layout import Lines, Paragraph
from qunju.views.builders.printing import Print, Source
from qunju.views.builders.rules import chapters
from qunju.views.common import Link

_HANDBOOK: Final = "使用手冊"


def articles_page(programme: Programme, source: Source, situations: Mapping[str, Sequence[Situation]]) -> ArticlesPage:
    """Return the regulation of a year with its clauses."""
    kinds = tuple(CHECKS)
    text = _Text(programme, source, situations)
    blocks = tuple(text.block(lines) for lines in source.paragraphs)
    return ArticlesPage(
        year=programme.year,
        source=programme.facts["source"]["title"],
        trail=(Link(_HANDBOOK, "../"),),
        kinds=tuple(CHECKS.values()),
        counts=tuple(
            Count(
                Link(programme.facts["chapters"][key], f"../rules/{key.lower()}/"),
                key,
                tuple(Counter(clause.check for clause in clauses)[kind] for kind in kinds),
            )
            for key, clauses in chapters(programme).items()
        ),
        parts=tuple(Link(_words(block), f"#{block.anchor}") for block in blocks if block.level == 2 and block.anchor),
        blocks=blocks,
        situations=sum(map(len, situations.values())),
    )


def _words(block: Block) -> str:
    return "".join(piece.text for row in block.rows for cell in row.cells for piece in cell)


@dataclass(frozen=True, slots=True)
class _Standing:
    """A clause on a line of the text."""

    clause: Clause
    also: bool


class _Text:
    """The text with all that stands on it, found once."""

    def __init__(self, programme: Programme, source: Source, situations: Mapping[str, Sequence[Situation]]) -> None:
        self._situations = situations
        self._on: dict[int, list[_Standing]] = {}
        spans: list[Span] = []
        for clause in programme.clauses.values():
            span = source.passages.span(clause)
            first = clause.line
            if span is not None:
                spans.append(span)
                first = source.passages.line_of(span.start)
            self._on.setdefault(first, []).append(_Standing(clause, also=False))
            for line in {clause.line, *clause.also} - {first}:
                self._on.setdefault(line, []).append(_Standing(clause, also=True))
        self._print = Print(source.text, spans)

    def block(self, paragraph: Paragraph) -> Block:
        """Return a part of the text as the page shows it."""
        rows = tuple(self._row(lines) for lines in paragraph.rows)
        columns = max(len(row.cells) for row in rows)
        return Block(
            kind=paragraph.kind,
            rows=rows,
            level=paragraph.level,
            columns=columns,
            anchor=f"line-{paragraph.first}" if paragraph.kind == "heading" else "",
            header=paragraph.kind == "table" and columns > 1 and len(rows) > 1 and _is_full(rows[0], columns),
        )

    def _row(self, lines: Lines) -> Row:
        found = (one for number in range(lines.first, lines.last + 1) for one in self._on.get(number, ()))
        standing: dict[str, _Standing] = {}
        for one in sorted(found, key=lambda one: one.also):
            standing.setdefault(one.clause.id, one)
        cells = tuple(tuple(self._print.pieces(start, end)) for start, end in lines.cells)
        return Row(cells, tuple(map(self._standing, standing.values())))

    def _standing(self, one: _Standing) -> Standing:
        clause = one.clause
        return Standing(
            id=clause.id,
            title=clause.title,
            check=clause.check_title,
            kind=clause.check,
            page=f"../rules/{clause.id.lower()}/",
            situations=len(self._situations.get(clause.id, ())),
            quote=clause.quote,
            also=one.also,
        )


def _is_full(row: Row, columns: int) -> bool:
    return len(row.cells) == columns and all(any(piece.text.strip() for piece in cell) for cell in row.cells)
