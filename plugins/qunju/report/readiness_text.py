"""The readiness list for a person at a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from wcwidth import wcswidth

from qunju.check.location import Location
from qunju.report.digest import Issue, tellable
from qunju.report.excerpt import Excerpts
from qunju.report.readiness import COUNTED, Chapter, Readiness, Task
from qunju.report.readiness_files import Blank, Blanks, by_file
from qunju.report.readiness_words import (
    TASK_WORDS,
    afterthought,
    answer,
    as_of,
    by_reason,
    days,
    heading,
    question,
    some,
)

SHOWN_PLACES: Final = 5
SHOWN_FILES: Final = 8
WIDTH: Final = 92
_OPTIONAL: Final = "（不影響通過，填了才能判定）"


def write_text(found: Readiness, out: TextIO) -> None:
    """Write the list: the answer first, then the chapters."""
    out.writelines(f"{line}\n" for line in _lines(found, Excerpts(found.root)))


def _lines(found: Readiness, excerpts: Excerpts) -> Iterator[str]:
    yield found.subject.id + (f"　{tellable(found.subject.name)}" if found.subject.name else "")
    yield heading(found)
    yield ""
    yield from _wrapped("", f"{question(found)}{answer(found)}")
    yield ""
    for deadline in found.deadlines:
        yield f"{deadline.title}　{deadline.text}　{days(deadline, found)}"
    if found.deadlines:
        yield f"（{as_of(found.today)}）"
        yield ""
    yield from _table(found)
    if found.faults:
        yield "先改這些：檔案的格式"
        yield ""
        yield from _indented(_issues(found.faults, excerpts))
    if found.tasks:
        yield from ("檔案", "", *_indented(_tasks(found.tasks)), "")
    for chapter in found.chapters:
        yield f"{chapter.key}　{chapter.title}　{_counts(chapter)}"
        yield ""
        yield from _indented(_chapter(chapter, found, excerpts))
    if afterthought(found):
        yield afterthought(found)


def _table(found: Readiness) -> Iterator[str]:
    """Draw the counts of all chapters, without the columns in which nothing stands."""
    columns = [(name, words) for name, words in COUNTED.items() if found.counts[name]]
    width = max(wcswidth(chapter.title) for chapter in found.chapters)
    yield " " * width + "".join(f"  {words}" for _, words in columns)
    rows = [*((chapter.title, chapter.counts) for chapter in found.chapters), ("合計", found.counts)]
    for title, counts in rows:
        cells = (str(counts[name] or "·").rjust(wcswidth(words) + 2) for name, words in columns)
        yield f"{title}{' ' * (width - wcswidth(title))}{''.join(cells)}"
    yield ""


def _counts(chapter: Chapter) -> str:
    return "、".join(f"{words} {chapter.counts[name]}" for name, words in COUNTED.items() if chapter.counts[name])


def _chapter(chapter: Chapter, found: Readiness, excerpts: Excerpts) -> Iterator[str]:
    if chapter.failures:
        yield "要改"
        yield from _indented(_issues(chapter.failures, excerpts))
    if chapter.gaps or chapter.waiting or chapter.unsound:
        yield "要補"
        yield from _indented(_gaps(chapter, found))
    if chapter.tasks:
        yield from _tasks(chapter.tasks)
        yield ""
    if chapter.notes:
        yield "附註"
        yield from _indented(_issues(chapter.notes, excerpts))
    if chapter.met:
        yield from _met(chapter)
        yield ""
    if not (chapter.failures or chapter.gaps or chapter.waiting or chapter.tasks or chapter.met or chapter.unsound):
        yield from (*_passed_over(chapter), "")


def _issues(issues: Iterable[Issue], excerpts: Excerpts) -> Iterator[str]:
    for issue in issues:
        yield from _wrapped(f"{issue.level.word}　", f"{issue.message}　[{issue.rule}]")
        for location in issue.locations[:SHOWN_PLACES]:
            yield f"  → {location.path}{_position(location)}"
            if not issue.verdict.sensitive and location is issue.locations[0]:
                yield from (f"    {line}" for line in excerpts.lines(location, key_only=issue.verdict.at_key))
        if len(issue.locations) > SHOWN_PLACES:
            yield f"  → 另有 {len(issue.locations) - SHOWN_PLACES} 處"
        if issue.figures:
            yield "  " + "　".join(f"{label} {text}" for label, text in issue.figures)
        if issue.remedy:
            yield from _wrapped("  修正　", issue.remedy)
        yield ""


def _gaps(chapter: Chapter, found: Readiness) -> Iterator[str]:
    for files in by_file(chapter.gaps, found.subject, found.programme.form):
        yield from _wrapped("", _files(files))
        yield from (f"  {line}" for blank in files.blanks for line in _blank(blank, alone=len(files.paths) == 1))
        yield ""
    if chapter.waiting:
        yield from _wrapped(f"另有 {len(chapter.waiting)} 條等前面各章所列的欄位：", "、".join(chapter.waiting))
        yield ""
    if chapter.unsound:
        yield from _wrapped(f"另有 {len(chapter.unsound)} 條等檔案的格式改正：", "、".join(chapter.unsound))
        yield ""


def _files(files: Blanks) -> str:
    if len(files.paths) == 1:
        return f"{files.paths[0]}　{files.names[0]}"
    folder = files.paths[0].rpartition("/")[0]
    listed = "、".join(path.rpartition("/")[2].removesuffix(".yml") for path in files.paths[:SHOWN_FILES])
    more = "等" if len(files.paths) > SHOWN_FILES else ""
    return f"{folder}/　{len(files.paths)} 個檔案都缺（{listed}{more}）"


def _blank(blank: Blank, *, alone: bool) -> Iterator[str]:
    # Of a file that is not there, and of several files at once, no line can be told.
    line = f"{blank.location.line}:{blank.location.column}" if alone and blank.location.line else ""
    required = "" if blank.required else _OPTIONAL
    where = f"　第 {line} 附近" if line else ""
    yield from _wrapped("□ ", f"{blank.words}　{blank.keys}{where}{required}　[{some(blank.rules)}]")
    if blank.hint:
        yield from _wrapped("    ", blank.hint)


def _tasks(tasks: Iterable[Task]) -> Iterator[str]:
    for reason, some_tasks in by_reason(tasks):
        yield TASK_WORDS[reason]
        for task in some_tasks:
            yield from _wrapped("  □ ", f"{task.words}　[{task.rule}]")


def _met(chapter: Chapter) -> Iterator[str]:
    told = [met for met in chapter.met if met.is_told]
    others = [met.rule for met in chapter.met if not met.is_told]
    yield "符合"
    for met in told:
        yield from _wrapped("  ", f"{met.title}：{met.message}　[{met.rule}]")
    if others:
        yield from _wrapped("  ", f"{'另有 ' if told else ''}{len(others)} 條：{'、'.join(others)}")


def _passed_over(chapter: Chapter) -> Iterator[str]:
    yield from _wrapped("不適用　", "、".join(rule for rule, _ in chapter.passed_over))


def _position(location: Location) -> str:
    return f":{location.line}:{location.column}" if location.line is not None else ""


def _indented(lines: Iterable[str]) -> Iterator[str]:
    yield from (f"  {line}" if line else "" for line in lines)


def _wrapped(lead: str, text: str) -> Iterator[str]:
    """Break a text where a terminal's line ends; the lines that follow are indented like the text of the first."""
    width = WIDTH - wcswidth(lead)
    parts = _parts(text, width)
    yield f"{lead}{parts[0]}"
    yield from (f"{' ' * wcswidth(lead)}{part}" for part in parts[1:])


def _parts(text: str, width: int) -> list[str]:
    """Cut a text into pieces of a width, never inside a word of Latin letters or a number, nor before a full stop."""
    parts, line, used = [], "", 0
    for word in _WORD.findall(text):
        size = wcswidth(word)
        if used + size > width and line and word not in _CLOSING:
            parts.append(line.rstrip())
            line, used = "", 0
        if line or not word.isspace():
            line, used = line + word, used + size
    return [*parts, line.rstrip()]


_CLOSING: Final = frozenset("，。、；：）」』】！？")
_WORD: Final = re.compile(r"[!-~]+|[^!-~]")
