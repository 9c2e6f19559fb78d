"""The text of a regulation as pages print it: quotes marked, and what only a machine reads left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from qunju.regulation.clause import Clause
from qunju.regulation.passage import Passages, Span
from qunju.views.articles import Piece
from qunju.views.builders.layout import Lines, Paragraph, lay_out

# What the source writes for a machine: tags, bold, the bullet of a list, and the syntax of its one flow chart.
_MARKUP: Final = re.compile(
    r"(?P<box><input[^>]*>)"
    r"|(?P<break></p>\s*<p>|<br/?>|</?(?:ul|ol|li)[^>]*>)"
    r"|(?P<hidden></?(?:p|pre)>|\*\*|^\s*- |\n|graph TD)"
    r"|-- (?P<label>\S+) --> [A-Z](?=\[\"|\{)"
    r"|(?P<node>(?:(?<=[ \]}])|^)[A-Z](?=\[\"|\{| --))"
    r"|(?P<shape>\[\"|\"\]|\{|\}|-->)",
    re.MULTILINE,
)
_ITEM: Final = re.compile(r" (?=[1-9]\. ?[^0-9 ]|※)")


class Source:
    """The text of one regulation, laid out once for every page that prints some of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.passages = Passages(text)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Its parts in their order."""
        return tuple(lay_out(self.text))

    @cached_property
    def _rows(self) -> dict[int, Lines]:
        return {
            number: row
            for paragraph in self.paragraphs
            for row in paragraph.rows
            for number in range(row.first, row.last + 1)
        }

    def rows_of(self, clause: Clause) -> Iterator[Lines]:
        """Yield what a clause stands on, the passage that it quotes first."""
        span = self.passages.span(clause)
        lines = (*(() if span is None else (self.passages.line_of(span.start),)), clause.line, *clause.also)
        yield from dict.fromkeys(self._rows[line] for line in lines if line in self._rows)


class Print:
    """A text with some of its passages marked."""

    def __init__(self, text: str, spans: Iterable[Span]) -> None:
        self._text = text
        self._quoted = _merged(spans)

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """Cut a stretch of the text where quotes begin and end, and leave out what only a machine reads."""
        breaks = False
        for run in self._runs(start, end):
            if run is None:
                breaks = True
                continue
            for span, quoted in self._cut(run):
                text = self._text[span.start : span.end].replace("\n", "")
                yield Piece(text if run.shown is None else run.shown, quoted, breaks)
                breaks = False

    def _runs(self, start: int, end: int) -> Iterator[_Run | None]:
        """Yield what is shown of a stretch; None where a line breaks."""
        at = start
        for found in _MARKUP.finditer(self._text, start, end):
            yield from self._items(at, found.start())
            at = found.end()
            if found["box"]:
                yield _Run(found.start(), found.end(), "□")
            elif found["break"] or found["node"]:
                yield None
            elif found["label"]:
                yield None
                yield _Run(found.start(), found.end(), f"{found['label']}：")
        yield from self._items(at, end)

    def _items(self, start: int, end: int) -> Iterator[_Run | None]:
        """Break before each item of a list that the source runs together in one cell."""
        at = start
        for found in _ITEM.finditer(self._text, start, end):
            if self._text[at : found.start()].strip():
                yield _Run(at, found.start())
                yield None
            at = found.end()
        if self._text[at:end].strip():
            yield _Run(at, end)

    def _cut(self, run: _Run) -> Iterator[tuple[Span, bool]]:
        at = run.start
        first = max(bisect_right(self._quoted, Span(at, len(self._text))) - 1, 0)
        for quote in self._quoted[first:]:
            if quote.start >= run.end:
                break
            if quote.end <= at:
                continue
            if quote.start > at:
                yield Span(at, quote.start), False
            at = min(quote.end, run.end)
            yield Span(max(quote.start, run.start), at), True
        if at < run.end:
            yield Span(at, run.end), False


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of the text, shown as it is or as something else."""

    start: int
    end: int
    shown: str | None = None


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Return what is quoted at all, in order: many clauses stand on one sentence."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
