"""The readiness list as Markdown with boxes to tick, to paste into an issue or a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from qunju.check.location import Location
from qunju.report.digest import Issue
from qunju.report.markdown import escape
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


def write_markdown(found: Readiness, out: TextIO) -> None:
    """Write the list: the answer first, then the chapters."""
    out.writelines(f"{line}\n" for line in _lines(found))


def _lines(found: Readiness) -> Iterator[str]:
    subject = found.subject
    yield f"# {escape(subject.id)}{f'　{escape(subject.name)}' if subject.name else ''}"
    yield ""
    yield escape(heading(found))
    yield ""
    yield f"**{escape(question(found))}** {escape(answer(found))}"
    yield ""
    for deadline in found.deadlines:
        yield f"- {deadline.title} {deadline.text}：**{days(deadline, found)}**（{as_of(found.today)}）"
    yield ""
    yield from _table(found)
    if found.faults:
        yield "## 先改這些：檔案的格式"
        yield ""
        yield from (*_issues(found.faults, box="- [ ] "), "")
    if found.tasks:
        yield from ("## 檔案", "", *_tasks(found.tasks))
    for chapter in found.chapters:
        yield f"## {chapter.key}　{chapter.title}"
        yield ""
        yield from _chapter(chapter, found)
    if afterthought(found):
        yield afterthought(found)


def _table(found: Readiness) -> Iterator[str]:
    columns = [(name, words) for name, words in COUNTED.items() if found.counts[name]]
    yield f"| 章 | {' | '.join(words for _, words in columns)} |"
    yield f"|---|{'---:|' * len(columns)}"
    for title, counts in [*((chapter.title, chapter.counts) for chapter in found.chapters), ("合計", found.counts)]:
        yield f"| {title} | {' | '.join(str(counts[name] or '') for name, _ in columns)} |"
    yield ""


def _chapter(chapter: Chapter, found: Readiness) -> Iterator[str]:
    if chapter.failures:
        yield from ("**要改**", "", *_issues(chapter.failures, box="- [ ] "), "")
    if chapter.gaps or chapter.waiting or chapter.unsound:
        yield from ("**要補**", "", *_gaps(chapter, found), "")
    yield from _tasks(chapter.tasks)
    if chapter.notes:
        yield from ("**附註**", "", *_issues(chapter.notes, box="- "), "")
    if chapter.met:
        yield from (*_met(chapter), "")
    if len(chapter.passed_over) == sum(chapter.counts.values()):
        yield from (f"不適用：{'、'.join(rule for rule, _ in chapter.passed_over)}", "")


def _tasks(tasks: Iterable[Task]) -> Iterator[str]:
    for reason, some_tasks in by_reason(tasks):
        yield from (f"**{TASK_WORDS[reason]}**", "")
        yield from (f"- [ ] {escape(task.words)}（{task.rule}）" for task in some_tasks)
        yield ""


def _issues(issues: Iterable[Issue], *, box: str) -> Iterator[str]:
    for issue in issues:
        yield f"{box}**{issue.level.word}** {escape(issue.message)}（{issue.rule}）"
        places = [_place(location) for location in issue.locations[:SHOWN_PLACES]]
        if len(issue.locations) > SHOWN_PLACES:
            places.append(f"另有 {len(issue.locations) - SHOWN_PLACES} 處")
        if places:
            yield f"  - 位置：{'、'.join(places)}"
        if issue.remedy:
            yield f"  - 修正：{escape(issue.remedy)}"


def _gaps(chapter: Chapter, found: Readiness) -> Iterator[str]:
    for files in by_file(chapter.gaps, found.subject, found.programme.form):
        yield f"- {_files(files)}"
        yield from (f"  - [ ] {_blank(blank)}" for blank in files.blanks)
    if chapter.waiting:
        yield f"- 另有 {len(chapter.waiting)} 條等前面各章所列的欄位：{'、'.join(chapter.waiting)}"
    if chapter.unsound:
        yield f"- 另有 {len(chapter.unsound)} 條等檔案的格式改正：{'、'.join(chapter.unsound)}"


def _files(files: Blanks) -> str:
    if len(files.paths) == 1:
        return f"`{files.paths[0]}` {escape(files.names[0])}"
    return f"{len(files.paths)} 個檔案都缺：{'、'.join(f'`{path}`' for path in files.paths)}"


def _blank(blank: Blank) -> str:
    required = "" if blank.required else "（不影響通過，填了才能判定）"
    hint = f"：{escape(blank.hint)}" if blank.hint else ""
    return f"{escape(blank.words)} `{blank.keys}`{required}（{some(blank.rules)}）{hint}"


def _met(chapter: Chapter) -> Iterator[str]:
    told = [met for met in chapter.met if met.is_told]
    others = [met.rule for met in chapter.met if not met.is_told]
    yield f"<details><summary>符合 {len(chapter.met)} 條</summary>"
    yield ""
    yield from (f"- {escape(met.title)}：{escape(met.message)}（{met.rule}）" for met in told)
    if others:
        yield f"- {'另有 ' if told else ''}{len(others)} 條：{'、'.join(others)}"
    yield ""
    yield "</details>"


def _place(location: Location) -> str:
    position = f":{location.line}:{location.column}" if location.line is not None else ""
    return f"`{location.path}{position}`"
