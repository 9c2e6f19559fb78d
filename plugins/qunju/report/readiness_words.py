"""The sentences that every rendering of a readiness list says: the answer, the days, who has to look."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from qunju.check.outlook import SUBMISSION, Deadline
from qunju.regulation.verdict import Reason
from qunju.report.readiness import Readiness, Task

_FEW_RULES: Final = 6
TASK_WORDS: Final = {
    Reason.PERSON: "要由人判斷",
    Reason.UNRENDERED: "要看產出的文件",
    Reason.PRIVATE: "要讀 private/ 才知道（在自己的電腦上加 --private）",
}


def question(found: Readiness) -> str:
    """Return what a reader wants to know first."""
    return "可以送件嗎？" if found.subject.aim == SUBMISSION else f"達到「{found.aim}」的要求了嗎？"


def answer(found: Readiness) -> str:
    """Return the answer in one sentence, and that it comes too late where it does."""
    overdue = "".join(f"{one.title}{days(one, found)}。" for one in found.deadlines[:1] if _is_over(one, found))
    return f"{_answer(found)}{overdue}"


def some(rules: Sequence[str]) -> str:
    """Return the names of clauses; of many, the first and how many they are."""
    more = f"等 {len(rules)} 條" if len(rules) > _FEW_RULES else ""
    return "、".join(rules[:_FEW_RULES]) + more


def afterthought(found: Readiness) -> str:
    """Return what a reader should know who has done everything on the list; empty where there is nothing to do."""
    if found.is_ready:
        return ""
    return "改完、填完請再執行一次：有些條文要等這些資料齊了才算得出來，可能還會列出新的項目。"


def _is_over(deadline: Deadline, found: Readiness) -> bool:
    handed_in = deadline.stage == SUBMISSION and found.subject.handed_in is not None
    return deadline.days_left(found.today) < 0 and not handed_in


def _answer(found: Readiness) -> str:
    left = "、".join(_left(found))
    if found.is_ready:
        words = "可以" if found.subject.aim == SUBMISSION else "達到了"
        return f"{words}：程式能判定的都符合，必填的也都填了" + (f"；還有 {left}。" if left else "。")
    obstacles = "，".join(_obstacles(found))
    return f"還不行：{obstacles}" + (f"；另有 {left}。" if left else "。")


def heading(found: Readiness) -> str:
    """Return what the proposal is, and by which milestone it is judged."""
    subject = found.subject
    parts = [f"{subject.category} 類"] if subject.category else []
    parts.append(f"目前階段：{found.claim}" if found.claim else "目前階段不明")
    parts.append(f"以下依「{found.aim}」的要求判定（看別的階段請加 --stage）")
    return "｜".join(parts)


def days(deadline: Deadline, found: Readiness) -> str:
    """Return how far away a deadline is."""
    handed_in = found.subject.handed_in
    if deadline.stage == SUBMISSION and handed_in is not None:
        return f"已於 {handed_in} 送出"
    left = deadline.days_left(found.today)
    if left < 0:
        return f"已過 {-left} 天"
    if left == 0:
        return "就是今天"
    return f"還有 {left} 天"


def by_reason(tasks: Iterable[Task]) -> Iterator[tuple[Reason, list[Task]]]:
    """Yield what is left to a person, by why it is."""
    listed = list(tasks)
    for reason in TASK_WORDS:
        some = [task for task in listed if task.reason is reason]
        if some:
            yield reason, some


def as_of(today: datetime.date) -> str:
    """Return from which day the days are counted."""
    return f"以 {today} 計"


def _obstacles(found: Readiness) -> Iterator[str]:
    if found.faults:
        files = len({issue.path for issue in found.faults})
        yield f"先改正 {len(found.faults)} 處格式錯誤（{files} 個檔案）"
    if found.wrong:
        yield f"要改正 {found.wrong} 項"
    if found.required:
        files = len({gap.place.path for gap in found.required})
        yield f"要補 {len(found.required)} 欄（{files} 個檔案）"


def _left(found: Readiness) -> Iterator[str]:
    counts = found.counts
    optional = len(found.gaps) - len(found.required)
    watched = counts["person"] + counts["unrendered"]
    if found.mild:
        yield f"{found.mild} 項未達但不是錯誤"
    if optional:
        yield f"{optional} 欄填了才能判定"
    if watched:
        yield f"{watched} 項要由人看"
    closed = counts["private"] + sum(task.reason is Reason.PRIVATE for task in found.tasks)
    if closed:
        yield f"{closed} 項要讀 private/ 才知道"
