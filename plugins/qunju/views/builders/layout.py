"""The plain text of a regulation to headings, paragraphs and tables, each with the lines and offsets it stands at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_CHAPTER: Final = re.compile(r"[壹貳參叁肆伍陸柒捌玖拾]、")
_ANNEX: Final = re.compile(r"附件[一二三四五六]、")
_PART: Final = re.compile(r"第[一二三四五六]部分")
_ARTICLE: Final = re.compile(r"[一二三四五六七八九十]+、")
_STEPS: Final = (
    (re.compile(r"(?:- )?\([一二三四五六七八九十]+\)"), 1),
    (re.compile(r"[1-9]\. ?"), 2),
    (re.compile(r"- ?\([1-9]\)|\([1-9]\)"), 3),
)
_OPENS: Final = re.compile(
    r"- |\(|[0-9]+\. |※|\*|備註|●|[AB] ?類：|[一二三四五六七八九十壹貳參叁肆伍陸柒捌]、|第.部分|附件|\S{1,8}："
)
_ENDS: Final = ("。", "：", ")", "）", "！")
_SHORT: Final = 30
"""An article of more characters is a provision and not the heading of some."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines that belong together, from 1, and the offsets of their cells."""

    first: int
    last: int
    cells: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading, a text or a table."""

    kind: str
    rows: tuple[Lines, ...]
    level: int = 0

    @property
    def first(self) -> int:
        """The line that it begins on."""
        return self.rows[0].first


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def lay_out(text: str) -> Iterator[Paragraph]:
    """Yield the parts of a text in their order. Within an annex, chapters stand below the parts that it is cut into."""
    part = False
    for group, after in pairwise((*_groups(text), [])):
        if any("\t" in line.text for line in group):
            yield Paragraph("table", tuple(_table(group)))
            continue
        for lines in _paragraphs(group):
            listed = bool(after) and after[0].text.lstrip().startswith("- ")
            level = 0 if len(group) > 1 else _level(lines, part=part, listed=listed)
            part = part or (level > 0 and _PART.match(lines[0].text) is not None)
            where = Lines(lines[0].number, lines[-1].number, ((lines[0].start, lines[-1].end),))
            if level:
                yield Paragraph("heading", (where,), level)
            else:
                yield Paragraph("text", (where,), _step(lines[0].text))


def _groups(text: str) -> Iterator[list[_Line]]:
    """Yield lines between blank ones."""
    group: list[_Line] = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            group.append(_Line(number, start, line.rstrip("\r")))
        elif group:
            yield group
            group = []
        start += len(line) + 1
    if group:
        yield group


def _paragraphs(group: list[_Line]) -> Iterator[list[_Line]]:
    """Put together what the source wraps."""
    lines: list[_Line] = []
    for line in group:
        if lines and (_OPENS.match(line.text.strip()) or lines[-1].text.rstrip().endswith(_ENDS)):
            yield lines
            lines = []
        lines.append(line)
    yield lines


def _level(lines: list[_Line], *, part: bool, listed: bool) -> int:
    """Return the level of a heading, or 0 for what is none; one with a list below is in a table of contents."""
    text = lines[0].text.strip()
    if "。" in text:
        return 0
    if _ANNEX.match(text):
        return 2
    if _PART.match(text):
        return 0 if listed else 3
    if _CHAPTER.match(text):
        return 4 if part else 2
    return (5 if part else 3) if _ARTICLE.match(text) and len(text) <= _SHORT and "：" not in text[:-1] else 0


def _step(text: str) -> int:
    return next((level for pattern, level in _STEPS if pattern.match(text.strip())), 0)


def _table(group: list[_Line]) -> Iterator[Lines]:
    """Yield the rows of a table without the columns that are empty in every row."""
    rows = [list(_cells(line)) for line in group]
    columns = max(map(len, rows))
    kept = [
        column
        for column in range(columns)
        if any(column < len(row) and row[column][0] < row[column][1] for row in rows)
    ]
    for line, row in zip(group, rows, strict=True):
        cells = tuple(row[column] for column in kept if column < len(row))
        filled = [cell for cell in cells if cell[0] < cell[1]]
        yield Lines(line.number, line.number, tuple(filled) if len(filled) == 1 else cells)


def _cells(line: _Line) -> Iterator[tuple[int, int]]:
    at = line.start
    for cell in line.text.split("\t"):
        start = at + len(cell) - len(cell.lstrip())
        yield start, max(start, at + len(cell.rstrip()))
        at += len(cell) + 1
