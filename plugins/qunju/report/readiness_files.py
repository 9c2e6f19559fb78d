"""What is missing, file by file: files that lack the same fields are told once, and so are fields of the same kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from qunju.check.location import Location
from qunju.check.outlook import Subject
from qunju.report.digest import tellable
from qunju.report.readiness import Gap
from qunju.schema.form import Form
from qunju.source.place import Pointer

_FEW = 3
"""Fields of the same kind in one file that are still told one by one."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A field to fill in, or several of the same kind: `field` are the keys of the first, `count` how many they are."""

    title: str
    field: str
    count: int
    location: Location
    rules: tuple[str, ...]
    required: bool
    hint: str

    @property
    def words(self) -> str:
        """What it is called, and how many of its kind there are."""
        return f"{self.title}（{self.count} 處）" if self.count > 1 else self.title

    @property
    def keys(self) -> str:
        """The keys that lead to it."""
        return f"{self.field} 等" if self.count > 1 else self.field


@dataclass(frozen=True, slots=True)
class Blanks:
    """What is missing in one file, or in several files alike; `names` are what the files are called."""

    paths: tuple[str, ...]
    names: tuple[str, ...]
    blanks: tuple[Blank, ...]


def by_file(gaps: Iterable[Gap], subject: Subject, form: Form) -> list[Blanks]:
    """Return what is missing by file, in the order of the files; paths are those inside the proposal's folder."""
    folder = f"proposals/{subject.id}/"
    kinds: dict[tuple[str, Pointer], list[Gap]] = {}
    for gap in gaps:
        path = gap.place.path
        kind = path.rpartition("/")[0] if path.endswith(".yml") and "/members/" in path else path
        kinds.setdefault((kind, gap.place.pointer), []).append(gap)
    alike: dict[tuple[str, ...], list[Gap]] = {}
    for same in kinds.values():
        alike.setdefault(tuple(gap.place.path for gap in same), []).append(_merged(same))
    return [
        Blanks(
            tuple(path.removeprefix(folder) for path in paths),
            tuple(_name(path, subject, form) for path in paths),
            tuple(_blanks(sorted(fields, key=lambda gap: not gap.required), form)),
        )
        for paths, fields in alike.items()
    ]


def _merged(same: list[Gap]) -> Gap:
    """Return one gap for the same field of several files: with every clause that waits for one of them."""
    rules = tuple(dict.fromkeys(rule for gap in same for rule in gap.rules))
    return replace(same[0], rules=rules, required=any(gap.required for gap in same))


def _name(path: str, subject: Subject, form: Form) -> str:
    return tellable(subject.companies.get(path.replace("/private/", "/"), form.title(path)))


def _blanks(gaps: Iterable[Gap], form: Form) -> Iterator[Blank]:
    kinds: dict[tuple[object, ...], list[Gap]] = {}
    for gap in gaps:
        field = form.field(gap.place)
        kinds.setdefault((field.path if field else gap.place.pointer, gap.required, gap.hint), []).append(gap)
    for same in kinds.values():
        for some in [same] if len(same) > _FEW else [[one] for one in same]:
            first = _merged(some)
            yield Blank(first.title, first.field, len(some), first.location, first.rules, first.required, first.hint)
