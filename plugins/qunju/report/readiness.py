"""How far a proposal is from its next milestone: the verdicts of a check, put in the order in which one works."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from qunju.check.location import Located, Location
from qunju.check.outlook import Deadline, Subject, deadlines
from qunju.regulation.clause import Clause
from qunju.regulation.programme import Programme
from qunju.regulation.verdict import Level, Quantity, Reason, Status, Verdict
from qunju.report.digest import Issue, RuleTexts, tellable
from qunju.report.margin import margin_of
from qunju.source.place import Place

Locate: TypeAlias = Callable[[Place], Location]

COUNTED: Final = {
    "pass": "符合",
    "fail": "不符",
    "missing": "缺資料",
    "person": "要人看",
    "private": "要讀 private/",
    "unrendered": "要看文件",
    "unsound": "等格式改正",
    "not_applicable": "不適用",
}
"""What becomes of a clause, in the order in which it is told, and what that is called."""

TO_DO: Final = (Reason.PERSON, Reason.UNRENDERED, Reason.PRIVATE)
"""Why something is left to a person, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A field that is not filled in: where, what it is called, and the clauses that wait for it.

    `required` means that the milestone cannot be reached without it; `hint` is what a clause says of it that its name
    does not.
    """

    place: Place
    location: Location
    title: str
    rules: tuple[str, ...]
    required: bool
    hint: str = ""

    @property
    def field(self) -> str:
        """The keys that lead to it inside its file."""
        return ".".join(str(key + 1) if isinstance(key, int) else key for key in self.place.pointer)


@dataclass(frozen=True, slots=True)
class Met:
    """A demand that is met: by how much, where it is one of a number."""

    verdict: Verdict
    title: str
    margin: Quantity | None

    @property
    def rule(self) -> str:
        """The clause."""
        return self.verdict.rule

    @property
    def message(self) -> str:
        """What was found, and how much is left."""
        words = untitled(tellable(self.verdict.message), self.title).rstrip("。")
        return f"{words}，{self.margin.text}" if self.margin else words

    @property
    def is_told(self) -> bool:
        """Whether it has a number that a reader compares with a limit."""
        return self.verdict.measured is not None and self.verdict.limit is not None


@dataclass(frozen=True, slots=True)
class Task:
    """Something that only a person can decide."""

    located: Located
    title: str

    @property
    def rule(self) -> str:
        """The clause."""
        return self.located.verdict.rule

    @property
    def reason(self) -> Reason | None:
        """Why it is left to a person."""
        return self.located.verdict.reason

    @property
    def message(self) -> str:
        """What to look at."""
        return untitled(tellable(self.located.verdict.message), self.title)

    @property
    def words(self) -> str:
        """What it is about, and what to look at where that does not go without saying."""
        return self.title if self.message.startswith("需要 private/") else f"{self.title}：{self.message}"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter of the regulation. A field that several chapters wait for is a gap of the first of them.

    `waiting` are the clauses of this chapter that wait for such fields alone, `unsound` those that wait for a file to
    be mended; `passed_over` are those that do not apply, with the reason.
    """

    key: str
    title: str
    counts: Mapping[str, int]
    failures: tuple[Issue, ...]
    gaps: tuple[Gap, ...]
    waiting: tuple[str, ...]
    unsound: tuple[str, ...]
    met: tuple[Met, ...]
    tasks: tuple[Task, ...]
    notes: tuple[Issue, ...]
    passed_over: tuple[tuple[str, Reason], ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """The whole list. `faults` are of form: they come first, for nothing can be concluded from a file that has one.

    `tasks` are what of the form cannot be told from here.
    """

    subject: Subject
    programme: Programme
    texts: RuleTexts
    today: datetime.date
    root: Path
    faults: tuple[Issue, ...]
    tasks: tuple[Task, ...]
    chapters: tuple[Chapter, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """What became of all clauses."""
        total: Counter[str] = Counter()
        for chapter in self.chapters:
            total.update(chapter.counts)
        return {name: total[name] for name in COUNTED}

    @property
    def wrong(self) -> int:
        """How many things stand in the way and must be changed, faults of form aside."""
        issues = (issue for chapter in self.chapters for issue in (*chapter.failures, *chapter.notes))
        return sum(issue.level is Level.ERROR for issue in issues)

    @property
    def mild(self) -> int:
        """How many demands are not met that weigh less than an error at the milestone."""
        return sum(issue.level is not Level.ERROR for chapter in self.chapters for issue in chapter.failures)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Every field that is wanted."""
        return tuple(gap for chapter in self.chapters for gap in chapter.gaps)

    @property
    def required(self) -> tuple[Gap, ...]:
        """Every field without which the milestone cannot be reached."""
        return tuple(gap for gap in self.gaps if gap.required)

    @property
    def is_ready(self) -> bool:
        """Whether nothing that can be told by a program stands in the way."""
        return not self.faults and not self.wrong and not self.required

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """The days that matter from here on."""
        return deadlines(self.programme, self.subject.category, self.subject.aim)

    @property
    def aim(self) -> str:
        """What the milestone is called that it is judged at."""
        return self.programme.stage_title(self.subject.aim)

    @property
    def claim(self) -> str | None:
        """What the milestone is called that the proposal claims."""
        return None if self.subject.claimed is None else self.programme.stage_title(self.subject.claimed)


def untitled(message: str, title: str) -> str:
    """Return a message without the title of its clause in front."""
    return message.removeprefix(f"{title}：")


def readiness(
    subject: Subject,
    programme: Programme,
    texts: RuleTexts,
    verdicts: Iterable[Located],
    *,
    today: datetime.date,
    root: Path,
    locate: Locate,
) -> Readiness:
    """Put located verdicts of one proposal in order; `locate` finds where a field would stand."""
    by_chapter: dict[str, list[Located]] = {key: [] for key in programme.facts["chapters"]}
    faults: list[Issue] = []
    tasks: list[Task] = []
    for located in verdicts:
        clause = programme.clauses.get(located.verdict.rule)
        if clause is None and located.verdict.reason in TO_DO:
            tasks.append(Task(located, texts[located.verdict.rule].title))
        elif clause is None:
            faults.append(Issue(located.verdict.severity or Level.ERROR, located))
        else:
            by_chapter[clause.id.partition("-")[0]].append(located)
    gaps = _Gaps(programme, locate, (located.verdict for found in by_chapter.values() for located in found))
    return Readiness(
        subject,
        programme,
        texts,
        today,
        root,
        tuple(sorted(faults, key=lambda issue: issue.order)),
        tuple(tasks),
        tuple(
            _chapter(key, programme.facts["chapters"][key], found, gaps, programme)
            for key, found in by_chapter.items()
            if found
        ),
    )


def _chapter(key: str, title: str, found: list[Located], gaps: _Gaps, programme: Programme) -> Chapter:
    failures = [Issue(located.verdict.severity or Level.ADVICE, located) for located in found if _has(located, "fail")]
    notes = [Issue(note.level, located, index) for located in found for index, note in enumerate(located.verdict.notes)]
    lacking = [located.verdict for located in found if _has(located, "missing")]
    own = gaps.take(lacking)
    named = {rule for gap in own for rule in gap.rules}
    kinds = Counter(_kind(located.verdict) for located in found)
    clauses = programme.clauses
    return Chapter(
        key=key,
        title=title,
        counts={name: kinds[name] for name in COUNTED},
        failures=tuple(sorted(failures, key=lambda issue: (issue.weight, issue.rule))),
        gaps=own,
        waiting=tuple(verdict.rule for verdict in lacking if verdict.rule not in named),
        unsound=tuple(located.verdict.rule for located in found if _has(located, "unsound")),
        met=tuple(_met(located.verdict, clauses[located.verdict.rule]) for located in found if _has(located, "pass")),
        tasks=tuple(
            Task(located, clauses[located.verdict.rule].title) for located in found if located.verdict.reason in TO_DO
        ),
        notes=tuple(sorted(notes, key=lambda issue: issue.weight)),
        passed_over=tuple(
            (located.verdict.rule, located.verdict.reason)
            for located in found
            if _has(located, "not_applicable") and located.verdict.reason
        ),
    )


class _Gaps:
    """The fields that are wanted, each told once: in the first chapter that wants it, with all who wait for it."""

    def __init__(self, programme: Programme, locate: Locate, verdicts: Iterable[Verdict]) -> None:
        self._programme = programme
        self._locate = locate
        self._taken: set[Place] = set()
        self._waiting: dict[Place, list[Verdict]] = {}
        for verdict in verdicts:
            if verdict.reason is Reason.MISSING:
                for place in dict.fromkeys(verdict.places):
                    self._waiting.setdefault(place, []).append(verdict)

    def take(self, verdicts: Iterable[Verdict]) -> tuple[Gap, ...]:
        """Return the gaps that some clauses wait for and that no chapter before has told."""
        fresh = [place for place in dict.fromkeys(self._places(verdicts)) if place not in self._taken]
        self._taken.update(fresh)
        gaps = [self._gap(place) for place in fresh]
        return tuple(sorted(gaps, key=lambda gap: (gap.place.path, not gap.required)))

    def _places(self, verdicts: Iterable[Verdict]) -> Iterator[Place]:
        for verdict in verdicts:
            yield from verdict.places

    def _gap(self, place: Place) -> Gap:
        waiting = self._waiting[place]
        # What a clause says of many fields at once is nothing to repeat at each of them.
        hints = (self._hint(verdict) for verdict in waiting if len(verdict.places) == 1)
        return Gap(
            place,
            self._locate(place),
            self._programme.form.label(place),
            tuple(verdict.rule for verdict in waiting),
            required=any(verdict.severity is Level.ERROR for verdict in waiting),
            hint=next((hint for hint in hints if hint), ""),
        )

    def _hint(self, verdict: Verdict) -> str:
        words = untitled(tellable(verdict.message), self._programme.clauses[verdict.rule].title)
        return "" if words.startswith("尚未填寫") else words


def _kind(verdict: Verdict) -> str:
    """Return what became of a clause, as `COUNTED` names it."""
    return str(verdict.reason) if verdict.status is Status.UNDETERMINED else str(verdict.status)


def _has(located: Located, kind: str) -> bool:
    return _kind(located.verdict) == kind


def _met(verdict: Verdict, clause: Clause) -> Met:
    return Met(verdict, clause.title, margin_of(verdict, clause))
