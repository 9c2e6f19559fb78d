"""The reference part of the handbook: every field of the format and every clause of a year, from their sources."""

from dataclasses import dataclass

from qunju.views.articles import Piece
from qunju.views.common import Link


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that may be written, and what it means where the value alone does not say."""

    value: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class FieldNote:
    """One field. `keys` lead to it as they are written in the file; a `group` only holds other fields."""

    anchor: str
    keys: str
    title: str
    about: str
    kind: str
    depth: int
    group: bool = False
    visibility: str = ""
    visibility_text: str = ""
    demand: str = ""
    clauses: tuple[Link, ...] = ()
    examples: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldSection:
    """Fields that stand together in a file: those of its top level, or all below one of its keys, the `head`."""

    anchor: str
    title: str
    fields: tuple[FieldNote, ...]
    head: FieldNote | None = None


@dataclass(frozen=True, slots=True)
class FileNote:
    """One file of a proposal in a list of them."""

    page: Link
    title: str
    about: str
    fields: int
    personal: bool
    """Whether a part of it stands under private/."""


@dataclass(frozen=True, slots=True)
class FilePage:
    """Every field of one file; `personal` are those of its twin under private/."""

    name: str
    title: str
    about: str
    trail: tuple[Link, ...]
    files: tuple[Link, ...]
    sections: tuple[FieldSection, ...]
    personal_name: str = ""
    personal_about: str = ""
    personal: tuple[FieldSection, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldIndex:
    """The page that leads to the fields of each file."""

    year: int
    trail: tuple[Link, ...]
    files: tuple[FileNote, ...]

    @property
    def total(self) -> int:
        """How many fields the format has."""
        return sum(file.fields for file in self.files)


@dataclass(frozen=True, slots=True)
class Decision:
    """How an ambiguous passage of the regulation is read, and why."""

    id: str
    conflict: str
    reading: str
    why: str
    page: str
    flag: str = ""
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the regulation, cut into the cells of its table row, what the clause quotes marked."""

    number: int
    cells: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class YearLimit:
    """What a clause of the same id demands in one of the years."""

    year: int
    title: str
    limit: str


@dataclass(frozen=True, slots=True)
class StageWeight:
    """How much a failure weighs at one stage, for each category of the clause; empty before it is due."""

    stage: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What a situation changes: the titles that lead to a field, what it is changed to, and its path in the files."""

    field: str
    value: str
    path: str


@dataclass(frozen=True, slots=True)
class Example:
    """A situation of a clause, taken from its tests, and the verdict that they demand; `message` is what it says."""

    text: str
    base: str
    changes: tuple[Change, ...]
    status: str
    verdict: str
    severity: str = ""
    reason: str = ""
    measured: str = ""
    gap: str = ""
    message: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One clause. `summary` and `details` are its formula's docstring; `lines` are the ones it stands on."""

    id: str
    title: str
    quote: str
    section: str
    lines: tuple[Line, ...]
    categories: tuple[str, ...]
    derived: bool
    check: str
    kind: str
    years: tuple[YearLimit, ...]
    stages: tuple[StageWeight, ...]
    method: str = ""
    remedy: str = ""
    look_at: str = ""
    reason: str = ""
    needs: tuple[str, ...] = ()
    early: str = ""
    fields: tuple[Link, ...] = ()
    uses: tuple[Link, ...] = ()
    used_by: tuple[Link, ...] = ()
    decision: Decision | None = None
    formula: str = ""
    summary: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True)
class RulePage:
    """One clause with its examples: one that passes, one that does not, and every situation."""

    rule: Rule
    year: int
    trail: tuple[Link, ...]
    siblings: tuple[Link, ...]
    articles: Link
    before: Link | None
    after: Link | None
    examples: tuple[Example, ...]
    passing: Example | None
    failing: Example | None


@dataclass(frozen=True, slots=True)
class RuleNote:
    """One clause in a list of them."""

    id: str
    title: str
    page: str
    quote: str
    check: str
    kind: str
    situations: int


@dataclass(frozen=True, slots=True)
class ChapterNote:
    """One chapter of clauses in a list of them."""

    page: Link
    key: str
    rules: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ChapterPage:
    """The clauses of one chapter, each leading to its page."""

    key: str
    title: str
    year: int
    trail: tuple[Link, ...]
    chapters: tuple[Link, ...]
    rules: tuple[RuleNote, ...]


@dataclass(frozen=True, slots=True)
class RuleIndex:
    """The page that leads to every clause of a year; `checks` counts them by the way they are checked."""

    year: int
    source: str
    trail: tuple[Link, ...]
    chapters: tuple[ChapterNote, ...]
    checks: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """How many clauses the year has."""
        return sum(len(chapter.rules) for chapter in self.chapters)
