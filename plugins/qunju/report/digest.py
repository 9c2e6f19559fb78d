"""What every report says of a check: the texts behind each rule, and the sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qunju.check.examination import ClusterReport
from qunju.check.location import Located, Location
from qunju.check.rulebook import Library
from qunju.regulation.verdict import Level, Status, Verdict
from qunju.schema.finding import TITLES as FORM_TITLES
from qunju.source.fault import TITLES as SOURCE_TITLES

FORM_SECTION = "檔案格式"


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a rule is called and where it comes from."""

    title: str
    section: str
    quote: str


def rule_texts(library: Library) -> Mapping[str, RuleText]:
    """Return the text behind every rule that a verdict may name; of several years the latest."""
    texts = {name: RuleText(title, FORM_SECTION, "") for name, title in {**SOURCE_TITLES, **FORM_TITLES}.items()}
    for rulebook in library.rulebooks.values():
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
        for located in report.verdicts:
            self.add(located.verdict)
        self.clusters += 1
        self.passed += self.errors == before

    def add(self, verdict: Verdict) -> None:
        """Count a verdict."""
        levels = [verdict.severity, *(note.level for note in verdict.notes)]
        self.errors += levels.count(Level.ERROR)
        self.warnings += levels.count(Level.WARNING)
        self.undetermined += verdict.status is Status.UNDETERMINED

    @property
    def line(self) -> str:
        """The closing line."""
        counts = f"錯誤 {self.errors}、警告 {self.warnings}、尚無法判定 {self.undetermined}"
        return f"共檢查 {self.clusters} 案，{self.passed} 案沒有錯誤。{counts}。"


@dataclass(frozen=True, slots=True)
class Issue:
    """Something a reader should act on: a failed clause, a missing field that is due, or a note."""

    rule: str
    level: Level
    message: str
    located: Located
    note: int | None = None

    @property
    def verdict(self) -> Verdict:
        """The verdict that the issue comes from."""
        return self.located.verdict

    @property
    def path(self) -> str:
        """The file where to look first; empty where no place is known."""
        places = self.locations
        return places[0].path if places else ""

    @property
    def locations(self) -> tuple[Location, ...]:
        """Where it stands."""
        return self.located.locations if self.note is None else self.located.note_locations[self.note]


def issues_of(verdicts: tuple[Located, ...]) -> Iterator[Issue]:
    """Yield what a reader should act on, in the order of the rules."""
    for located in verdicts:
        verdict = located.verdict
        if verdict.severity is not None:
            yield Issue(verdict.rule, verdict.severity, verdict.message, located)
        for index, note in enumerate(verdict.notes):
            yield Issue(verdict.rule, note.level, note.message, located, index)
