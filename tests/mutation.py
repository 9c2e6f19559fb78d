"""Changes of one field of a demonstration proposal, and whether the checker notices; `python -m tests.mutation` counts.

Each field that is there is deleted, emptied, negated, duplicated or shifted in turn, where its kind allows it. A change
is caught when the mutated proposal has a finding that the proposal itself lacks: at the field, its parent or inside it.
"""

# ruff: noqa: T201  # run as a program it prints its table

from __future__ import annotations

import copy
import datetime
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import product
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeAlias

from tests.mangling import Pointer, value_at
from tests.memory import YEAR, demonstration
from tests.repository import DEMONSTRATIONS, ROOT, library
from tests.test_deletion import fields_of

from qunju.check.dossier import form_verdict, vocabulary_of
from qunju.check.examination import Examiner
from qunju.check.judge import judge, judge_summary
from qunju.model.cluster import Cluster
from qunju.model.portfolio import Portfolio, summarise
from qunju.model.record import File
from qunju.regulation.verdict import Status, Verdict
from qunju.schema.annotation import FieldSchema, Json
from qunju.schema.references import Files, check_references
from qunju.schema.validate import validate
from qunju.source.place import Place

GONE: Final = object()
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(T.*)?")
_FINDING: TypeAlias = tuple[Any, ...]


class Change(StrEnum):
    """What is done to a field."""

    DELETE = "delete"
    EMPTY = "empty"
    NEGATE = "negate"
    DUPLICATE = "duplicate"
    SHIFT = "shift"


class Outcome(StrEnum):
    """What comes of it: a new finding at the field, a clause there that is now undecided, a finding elsewhere, none."""

    CAUGHT = "caught"
    OPEN = "open"
    ELSEWHERE = "elsewhere"
    SILENT = "silent"


NOTICED: Final = (Outcome.CAUGHT, Outcome.OPEN)


class Mutation(NamedTuple):
    """One change of one field: `field` is the path of its sort, with `*` for what is one of many."""

    field: str
    change: Change
    pointer: Pointer
    outcome: Outcome
    demanded: bool
    """Whether a clause wants the field filled in at the proposal's stage, and the change takes that away."""
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Bench:
    """A demonstration proposal in memory, ready to be changed and judged."""

    base: str

    @cached_property
    def cluster(self) -> Cluster:
        return demonstration(self.base)

    @cached_property
    def _findings(self) -> frozenset[_FINDING]:
        return frozenset(self._judged(self.cluster))

    @cached_property
    def _others(self) -> tuple[Any, ...]:
        clusters = (demonstration(base) for base in DEMONSTRATIONS if base != self.base)
        return tuple(summarise(cluster, cluster.stage) for cluster in clusters)

    def mutations(self, kind: str, concerns: Callable[[str, Change], bool] = lambda _, __: True) -> Iterator[Mutation]:
        """Yield every change of every field of one kind of file, or those asked for, and what comes of it."""
        schema = library().form.committed[kind]
        by_path = {field.path: field for field in schema.fields}
        for file in self.cluster.files.get(kind, ()):
            for pointer, path, field in fields_of(file.values, schema.json, schema.json):
                known = by_path.get(_sort(path, by_path))
                name = ".".join((kind, *map(str, path)))
                for change, content in _contents(value_at(file.values, pointer), field):
                    if not concerns(name, change):
                        continue
                    values = _edited(file.values, pointer, change, content)
                    outcome, rules = self._outcome(kind, file, values, pointer)
                    lost = change in (Change.DELETE, Change.EMPTY) and self._is_demanded(known, file, pointer)
                    yield Mutation(name, change, pointer, outcome, lost, rules)

    def _outcome(
        self, kind: str, file: File, values: dict[str, Any], pointer: Pointer
    ) -> tuple[Outcome, tuple[str, ...]]:
        new = [finding for finding in self._with(kind, file, values) if finding not in self._findings]
        rules = tuple(dict.fromkeys(finding[0] for finding in new))
        near = [one for one in new if any(_is_near(place, file.path, pointer) for place in one[-1])]
        if near:
            return (Outcome.CAUGHT if any(one[1] for one in near) else Outcome.OPEN), rules
        return (Outcome.ELSEWHERE if new else Outcome.SILENT), rules

    def _with(self, kind: str, file: File, values: dict[str, Any]) -> Iterator[_FINDING]:
        """Yield the findings of the cluster with other values in one file."""
        form = library().form
        schema = form.committed[kind]
        formal = validate(values, file.path, schema, form)
        changed = replace(file, values=values, sound=not formal)
        files = tuple(changed if one is file else one for one in self.cluster.files[kind])
        cluster = replace(self.cluster, files=MappingProxyType({**self.cluster.files, kind: files}))
        if not formal:
            for name, held in cluster.files.items():
                for one in held:
                    formal.extend(
                        check_references(
                            one.values,
                            one.path,
                            form.committed[name],
                            form,
                            known=_known(cluster),
                            files=Files(cluster.media, None),
                        )
                    )
        yield from (_finding(form_verdict(one)) for one in formal)
        yield from self._judged(cluster)

    def _judged(self, cluster: Cluster) -> Iterator[_FINDING]:
        rulebook = library().rulebooks[YEAR]
        stage = Examiner(ROOT, library()).stage_of(cluster, rulebook)
        verdicts = [judge(clause, formula, cluster, stage) for clause, formula in rulebook.cluster_rules]
        if cluster.profile.file.sound:
            summary = summarise(cluster, stage)
            portfolio = Portfolio(tuple(one for one in (summary, *self._others) if one is not None))
            verdicts.extend(
                judge_summary(clause, formula, summary, portfolio) for clause, formula in rulebook.portfolio_rules
            )
        for verdict in verdicts:
            if verdict.severity is not None or verdict.status is Status.UNDETERMINED:
                yield _finding(verdict)
            yield from ((verdict.rule, note.level, note.message, note.places) for note in verdict.notes)

    def _is_demanded(self, field: FieldSchema | None, file: File, pointer: Pointer) -> bool:
        """Tell whether a clause that is an error at this stage wants the field filled in."""
        if field is None or field.due is None:
            return False
        programme = library().rulebooks[YEAR].programme
        stage, category = self.cluster.stage, str(self.cluster.category)
        weights = [
            clause.level(category, stage)
            for clause in map(programme.clauses.get, field.clauses)
            if clause is not None and category in clause.categories
        ]
        return (
            programme.has_reached(stage, field.due)
            and "error" in weights
            and _applies(field.schema.get("x-when", {}), file.values, pointer)
        )


def kinds() -> tuple[str, ...]:
    """Return the kinds of files."""
    return tuple(library().form.committed)


def _finding(verdict: Verdict) -> _FINDING:
    return verdict.rule, verdict.severity, verdict.message, verdict.places


def _is_near(place: Place, path: str, pointer: Pointer) -> bool:
    """Tell whether a place is a field, its parent, or inside the field."""
    if place.path != path:
        return False
    common = min(len(place.pointer), len(pointer))
    return place.pointer[:common] == pointer[:common] and len(place.pointer) >= len(pointer) - 1


def _sort(path: tuple[str, ...], known: Mapping[tuple[str, ...], Any]) -> tuple[str, ...]:
    """Return the path as the schema has it: basic items and staff, told apart here, are one of many there."""
    if path in known:
        return path
    return next((one for one in known if len(one) == len(path) and _matches(one, path)), path)


def _matches(pattern: tuple[str, ...], path: tuple[str, ...]) -> bool:
    return all(part in ("*", key) for part, key in zip(pattern, path, strict=True))


def _applies(condition: Mapping[str, Collection[Any]], values: Any, pointer: Pointer) -> bool:
    for name, wanted in condition.items():
        steps = name.split("/")
        up = steps.count("..")
        holder = value_at(values, pointer[: len(pointer) - 1 - up])
        for step in steps[up:]:
            holder = holder.get(step) if isinstance(holder, dict) else None
        if holder not in wanted:
            return False
    return True


def _known(cluster: Cluster) -> dict[str, Collection[str]]:
    """Return the identifiers that a name may refer to."""
    values = {kind: files[0].values for kind, files in cluster.files.items() if files}
    members = {file.path.rpartition("/")[2].removesuffix(".yml") for file in cluster.files["member"]}
    personnel = {*values["proposer"].get("personnel", {})}
    return {
        **dict(vocabulary_of(library().rulebooks[YEAR].programme.facts)),
        "members": members,
        "party": {*members, "proposer"},
        "personnel": personnel,
        "lecturer": {*personnel, "external"},
        "staff": {*values["proposer"].get("staff", {})},
        "rows": {*values["schedule"].get("rows", {})},
        "problems": {*values["plan"].get("narrative", {}).get("common_problems", {})},
    }


def _edited(values: Mapping[str, Any], pointer: Pointer, change: Change, content: Any) -> dict[str, Any]:
    result: dict[str, Any] = copy.deepcopy(dict(values))
    holder = value_at(result, pointer[:-1])
    if change is Change.DELETE:
        del holder[pointer[-1]]
    else:
        holder[pointer[-1]] = content
    return result


def _contents(old: Any, schema: Json) -> Iterator[tuple[Change, Any]]:
    """Yield each change that a field's kind allows, and what the field then holds."""
    yield Change.DELETE, GONE
    match old:
        case bool():
            yield Change.NEGATE, not old
        case str():
            yield Change.EMPTY, ""
            shifted = _shifted_text(old, schema)
            if shifted is not None:
                yield Change.SHIFT, shifted
        case list():
            if old:
                yield Change.EMPTY, []
                yield Change.DUPLICATE, [*old, copy.deepcopy(old[-1])]
        case dict():
            if old:
                yield Change.EMPTY, {}
            if old and not schema.get("properties"):
                key = next(reversed(old))
                yield Change.DUPLICATE, {**old, _next_key(key, old): copy.deepcopy(old[key])}
        case None:
            pass
        case _:
            yield Change.NEGATE, -old
            yield Change.SHIFT, old + 1


def _next_key(key: str, held: Collection[str]) -> str:
    """Return a free key of the same form: K9 after K8, wang-2 after wang."""
    stem, number = re.fullmatch(r"(.*?)(\d*)", key).groups()  # type: ignore[union-attr]  # it matches anything
    if number:
        return next(
            f"{stem}{index:0{len(number)}d}" for index in range(1, 1000) if f"{stem}{index:0{len(number)}d}" not in held
        )
    return f"{key}-2"


def _shifted_text(old: str, schema: Json) -> str | None:
    """Return a neighbour of a text that stands for something else: a day, a word of a list, a number; else None."""
    if _MOMENT.fullmatch(old):
        day = datetime.date.fromisoformat(old[:10])
        return day.replace(year=day.year - 2, day=min(day.day, 28)).isoformat() + old[10:]
    words: list[str] = list(schema.get("enum", ()))
    if "x-vocabulary" in schema:
        words = list(library().rulebooks[YEAR].programme.vocabulary(schema["x-vocabulary"]["of"]))
    if old in words and len(words) > 1:
        return words[(words.index(old) + 1) % len(words)]
    if re.fullmatch(r"\d{8}", old):
        return f"{(int(old) + 1) % 10**8:08d}"
    return None


def main() -> None:
    """Print the share of changes that are noticed, by kind of file and by change."""
    counts: Counter[tuple[str, Change, Outcome]] = Counter()
    demanded: Counter[Outcome] = Counter()
    for bench, kind in product(map(Bench, DEMONSTRATIONS), kinds()):
        for mutation in bench.mutations(kind):
            counts[kind, mutation.change, mutation.outcome] += 1
            demanded[mutation.outcome] += mutation.demanded
    for title, index in (("file", 0), ("change", 1)):
        print(f"{title:<12}" + "".join(f"{outcome:>10}" for outcome in Outcome) + f"{'noticed':>10}")
        for key in dict.fromkeys(key[index] for key in counts):
            _print_line(key, _by_outcome({one: count for one, count in counts.items() if one[index] == key}))
        print()
    _print_line("all", _by_outcome(counts))
    _print_line("demanded", demanded)


def _by_outcome(counts: Mapping[tuple[str, Change, Outcome], int]) -> Counter[Outcome]:
    found: Counter[Outcome] = Counter()
    for (*_, outcome), count in counts.items():
        found[outcome] += count
    return found


def _print_line(title: str, counts: Mapping[Outcome, int]) -> None:
    noticed = sum(counts.get(outcome, 0) for outcome in NOTICED)
    columns = "".join(f"{counts.get(outcome, 0):>10}" for outcome in Outcome)
    print(f"{title:<12}{columns}{noticed / sum(counts.values()):>10.1%}")


if __name__ == "__main__":
    main()
