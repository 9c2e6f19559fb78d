"""What every report says of a check: the texts behind each rule, what to act on, and the sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from qunju.check.examination import ClusterReport
from qunju.check.location import Located, Location
from qunju.check.pipeline import Check
from qunju.check.rulebook import Library
from qunju.regulation.verdict import Level, Reason, Status, Verdict
from qunju.schema.finding import TITLES as FORM_TITLES
from qunju.schema.references import FILE_PATH
from qunju.source.fault import TITLES as SOURCE_TITLES
from qunju.source.personal import redact
from qunju.source.printable import printable

FORM_SECTION = "檔案格式"
REASON_WORDS = {
    Reason.MISSING: "尚未填寫",
    Reason.PRIVATE: "要讀 private/ 才知道（在自己的電腦上加 --private）",
    Reason.UNSOUND: "等檔案的格式改正",
    Reason.PERSON: "要由人來看",
    Reason.UNRENDERED: "要看產出的文件",
}
_LEVELS = tuple(Level)
_OF_FILES = {*SOURCE_TITLES, *FORM_TITLES} - {FILE_PATH}
"""The rules by which a file can be read and judged at all."""


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a rule is called and where it comes from."""

    title: str
    section: str
    quote: str


RuleTexts: TypeAlias = Mapping[str, RuleText]


def rule_texts(library: Library, year: str | None = None) -> RuleTexts:
    """Return the text behind every rule that a verdict may name: as one year has it, or as the latest has it."""
    texts = {name: RuleText(title, FORM_SECTION, "") for name, title in {**SOURCE_TITLES, **FORM_TITLES}.items()}
    for name, rulebook in library.rulebooks.items():
        if year in (None, name):
            for clause in rulebook.programme.clauses.values():
                texts[clause.id] = RuleText(clause.title, clause.section, clause.quote)
    return texts


@dataclass(slots=True)
class Totals:
    """Sums over a check: clusters without an error count as passed; notes count with their own level."""

    clusters: int = 0
    passed: int = 0
    errors: int = 0
    warnings: int = 0
    undetermined: int = 0

    def add_cluster(self, report: ClusterReport) -> None:
        """Count a cluster and its verdicts."""
        before = self.errors
        self.add(report.verdicts)
        self.clusters += 1
        self.passed += self.errors == before

    def add(self, verdicts: Iterable[Located]) -> None:
        """Count verdicts."""
        for located in verdicts:
            verdict = located.verdict
            levels = [verdict.severity, *(note.level for note in verdict.notes)]
            self.errors += levels.count(Level.ERROR)
            self.warnings += levels.count(Level.WARNING)
            self.undetermined += verdict.status is Status.UNDETERMINED

    @property
    def line(self) -> str:
        """The closing line."""
        counts = f"錯誤 {self.errors}、警告 {self.warnings}、尚無法判定 {self.undetermined}"
        if self.clusters == 0:
            return f"沒有檢查任何提案。{counts}。"
        return f"共檢查 {self.clusters} 案，{self.passed} 案沒有錯誤。{counts}。"


@dataclass(frozen=True, slots=True)
class Issue:
    """Something a reader should act on: a failed clause, a missing field that is due, or a note, by its index.

    `lacking` are the clauses that wait for the same missing field, where there are several; `missing` words it for all.
    `alike` are the other clauses that fail for the same: a number that does not agree with what it is counted from, or
    the same words of the same places.
    """

    level: Level
    located: Located
    note: int | None = None
    lacking: tuple[str, ...] = ()
    missing: str = ""
    alike: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The verdict that the issue comes from."""
        return self.located.verdict

    @property
    def rule(self) -> str:
        """The rule that says so."""
        return self.verdict.rule

    @property
    def rules(self) -> tuple[str, ...]:
        """Every rule that says so."""
        return self.lacking or (self.rule, *self.alike)

    @property
    def message(self) -> str:
        """What is the matter, in one line and without personal data."""
        if self.lacking:
            return f"{tellable(self.missing).rstrip('。')}，{len(self.lacking)} 條因此無法判定。"
        return tellable(self.verdict.message if self.note is None else self.verdict.notes[self.note].message)

    @property
    def remedy(self) -> str:
        """How to mend it, without personal data; a note has none."""
        return tellable(self.verdict.remedy) if self.note is None else ""

    def basis(self, texts: RuleTexts) -> str:
        """The section and the words of the regulation; empty for faults of form."""
        text = texts[self.rule]
        return f"{text.section}：「{text.quote}」" if text.quote and not self.lacking else ""

    @property
    def figures(self) -> tuple[tuple[str, str], ...]:
        """Measured value, limit and gap with their labels, as far as the message does not tell them already."""
        verdict = self.verdict
        if verdict.measured is None or verdict.limit is None or self.note is not None:
            return ()
        named = (("實際", verdict.measured), ("規定", verdict.limit), ("差距", verdict.gap))
        texts = ((label, quantity.text) for label, quantity in named if quantity is not None)
        return tuple((label, tellable(text)) for label, text in texts if text not in verdict.message)

    @property
    def path(self) -> str:
        """The file where to look first; empty where no place is known."""
        places = self.locations
        return places[0].path if places else ""

    @property
    def locations(self) -> tuple[Location, ...]:
        """Where it stands."""
        return self.located.locations if self.note is None else self.located.note_locations[self.note]

    @property
    def weight(self) -> tuple[int, int]:
        """How bad it is, the worst least: by level, then faults of reading and form, failures, gaps and notes.

        A file that was not put there yet keeps nothing else from being judged.
        """
        if self.note is not None:
            kind = 3
        elif self.verdict.status is Status.UNDETERMINED:
            kind = 2
        else:
            kind = 0 if self.rule in _OF_FILES else 1
        return _LEVELS.index(self.level), kind

    @property
    def order(self) -> tuple[str, int, int, int]:
        """Where it goes in a report: by file, then the worst first, then from top to bottom."""
        first = self.locations[0] if self.locations else Location("")
        return first.path, _LEVELS.index(self.level), first.line or 0, first.column or 0


def issues_of(verdicts: Iterable[Located], texts: RuleTexts) -> list[Issue]:
    """Return what a reader should act on, in the order of the rules.

    One empty field may keep many clauses waiting (19 for a budget without lines); that is one issue. So is a stated
    number that does not agree with the counted one, however many clauses demand that it should; and so is what several
    clauses say in the same words of the same place.
    """
    issues: list[Issue] = []
    waiting: dict[tuple[str, tuple[Location, ...]], list[Issue]] = {}
    stated: dict[tuple[Any, ...], list[Issue]] = {}
    for located in verdicts:
        verdict = located.verdict
        if verdict.severity is not None:
            issue = Issue(verdict.severity, located)
            issues.append(issue)
            text = texts[verdict.rule]
            words = verdict.message.removeprefix(f"{text.title}：")
            if verdict.reason is Reason.MISSING:
                waiting.setdefault((words, located.locations), []).append(issue)
            elif verdict.measured and verdict.gap and not verdict.limit and not verdict.notes:
                figures = (verdict.measured.value, verdict.gap.value, verdict.gap.unit)
                stated.setdefault((verdict.severity, located.locations, *figures), []).append(issue)
            elif verdict.status is Status.FAIL and text.quote and located.locations and not verdict.notes:
                same = stated.setdefault((verdict.severity, located.locations, words), [])
                same.extend([] if any(other.rule == issue.rule for other in same) else [issue])
        issues.extend(Issue(note.level, located, index) for index, note in enumerate(verdict.notes))
    gathered: dict[int, Issue | None] = {
        id(issue): None for same in (*waiting.values(), *stated.values()) for issue in same[1:]
    }
    for (words, _), same in waiting.items():
        if len(same) > 1:
            gathered[id(same[0])] = replace(same[0], lacking=tuple(issue.rule for issue in same), missing=words)
    for same in stated.values():
        if len(same) > 1:
            gathered[id(same[0])] = replace(same[0], alike=tuple(issue.rule for issue in same[1:]))
    return [kept for issue in issues if (kept := gathered.get(id(issue), issue)) is not None]


def cluster_label(report: ClusterReport, check: Check) -> str:
    """Return category and stage as a reader names them."""
    if report.category is None or report.stage is None:
        return ""
    programme = check.library.rulebooks[report.id.partition("/")[0]].programme
    return f"（{report.category} 類，階段：{programme.stage_title(report.stage)}）"


def open_questions(verdicts: Iterable[Located]) -> Iterator[tuple[str, list[str]]]:
    """Yield, for each reason, which clauses cannot be decided yet; errors among them are issues."""
    open_verdicts = [
        located.verdict
        for located in verdicts
        if located.verdict.status is Status.UNDETERMINED and located.verdict.severity is None
    ]
    for reason, words in REASON_WORDS.items():
        rules = [verdict.rule for verdict in open_verdicts if verdict.reason is reason]
        if rules:
            yield f"尚無法判定 {len(rules)} 條，{words}", rules


def tellable(text: str) -> str:
    """Return a message as it may be told: in one line, without personal data, with nothing that steers a terminal."""
    return printable(redact(text))
