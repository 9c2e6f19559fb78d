"""A programme year: its facts, its clauses and its decisions, read from schema/programmes/<year>/."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import jsonschema_rs

from qunju.model.identity import name_key
from qunju.regulation.clause import Clause
from qunju.regulation.items import Item
from qunju.regulation.limit import RELATIONS, Limit, MomentLimit
from qunju.regulation.verdict import Level
from qunju.schema.form import ConfigurationError, Form
from qunju.source.fault import Unreadable
from qunju.source.reader import read
from qunju.source.shape import ANY
from qunju.source.text import decode

FACTS = "programme.yml"
DECISIONS = "decisions.yml"
COUNTIES = "counties.yml"


@dataclass(frozen=True, eq=False)
class Programme:
    """One year of the programme. `facts` is programme.yml; clauses are read in the order of their chapters."""

    year: int
    folder: Path
    facts: Mapping[str, Any]
    form: Form
    clauses: dict[str, Clause] = field(default_factory=dict)

    @property
    def archived(self) -> bool:
        """Whether the year's rosters are read but its proposals no longer checked."""
        return bool(self.facts.get("archive", False))

    @cached_property
    def stages(self) -> tuple[str, ...]:
        """The milestones, first to last."""
        return tuple(self.facts["stages"])

    def stage_title(self, stage: str) -> str:
        """What a milestone is called."""
        return str(self.facts["stages"][stage])

    @property
    def flags(self) -> Mapping[str, str | bool]:
        """How the year reads its ambiguous passages."""
        flags: Mapping[str, str | bool] = self.facts["flags"]
        return flags

    def setting(self, flag: str) -> str:
        """Return a flag as programme.yml sets it: `strict_definition: false`."""
        value = self.flags[flag]
        return f"{flag}: {str(value).lower() if isinstance(value, bool) else value}"

    def vocabulary(self, name: str) -> tuple[str, ...]:
        """The words the year's form offers for a field: a list of its own, or the keys of a table of the same name."""
        return self._vocabularies[name]

    @cached_property
    def _vocabularies(self) -> Mapping[str, tuple[str, ...]]:
        lists = {**self.facts, **self.facts["vocabularies"]}
        lists["scenarios"] = [scenario for table in self.facts["scenarios"].values() for scenario in table]
        return {name: tuple(words) for name, words in lists.items() if isinstance(words, list | Mapping)}

    def canonical(self, vocabulary: str, word: str) -> str:
        """Return the one wording of several that the form prints for the same thing (經營技術 for 經管技術)."""
        return str(self.facts["aliases"].get(vocabulary, {}).get(word, word))

    def fact(self, path: str) -> Any:
        """Return a fact by its dotted path, as clauses refer to it."""
        value: Any = self.facts
        for key in path.split("."):
            value = value[key]
        return value

    def day(self, path: str) -> datetime.date:
        """Return a fact that is a day."""
        return datetime.date.fromisoformat(self.fact(path))

    def moment(self, path: str) -> datetime.datetime:
        """Return a fact that is a point in time."""
        return datetime.datetime.fromisoformat(self.fact(path))

    def has_reached(self, stage: str, milestone: str) -> bool:
        """Tell whether a stage is at or past a milestone."""
        return self.stages.index(stage) >= self.stages.index(milestone)

    @cached_property
    def member_items(self) -> Mapping[str, Item]:
        """The items of a member's self-assessment, in the order of the form."""
        return {name: Item.of(name, entry) for name, entry in self.facts["member_items"].items()}

    @cached_property
    def cluster_items(self) -> Mapping[str, Item]:
        """The items of the cluster's self-assessment, in the order of the form."""
        return {name: Item.of(name, entry) for name, entry in self.facts["cluster_items"].items()}

    @cached_property
    def wordings(self) -> tuple[tuple[str, str], ...]:
        """Wordings that mean the same, as they are compared: the variant and the usual one (其它, 其他)."""
        return tuple((name_key(one), name_key(other)) for one, other in self.facts["aliases"]["wording"].items())

    @cached_property
    def counties(self) -> Mapping[str, tuple[str, ...]]:
        """The townships of each county."""
        return {name: tuple(towns) for name, towns in _load(self.folder / COUNTIES)["counties"].items()}

    @cached_property
    def decisions(self) -> Mapping[str, Mapping[str, Any]]:
        """The readings chosen where the regulation is ambiguous, by id."""
        return _load(self.folder / DECISIONS)

    @cached_property
    def text(self) -> str:
        """The regulation itself."""
        return (self.folder / "regulation.txt").read_text(encoding="utf-8")


def list_programmes(folder: Path) -> list[str]:
    """Return the years that have a folder."""
    return sorted(item.name for item in folder.iterdir() if (item / FACTS).is_file()) if folder.is_dir() else []


def load_programme(folder: Path, form: Form) -> Programme:
    """Read one year, whose clauses judge proposals of a form; raise `ConfigurationError` where its files are broken."""
    facts = _load(folder / FACTS)
    _validate(facts, _schema(folder.parent / "programme.schema.json"), folder / FACTS)
    programme = Programme(int(facts["year"]), folder, facts, form)
    schema = _schema(folder.parent / "clauses.schema.json")
    for path in sorted((folder / "clauses").glob("*.yml")):
        entries = _load(path)
        _validate(entries, schema, path)
        for name, entry in entries.items():
            if name in programme.clauses:
                raise ConfigurationError(f"{path}：{name} 重複")
            try:
                programme.clauses[name] = _clause(name, _with_variants(entry, programme), programme)
            except (KeyError, ValueError) as error:
                raise ConfigurationError(f"{path}：{name} 有誤：{error!r}") from error
    return programme


def _load(path: Path) -> dict[str, Any]:
    try:
        values, faults = read(decode(path.read_bytes()), ANY)
    except (OSError, Unreadable) as error:
        raise ConfigurationError(f"無法讀取 {path}：{error}") from error
    if faults:
        raise ConfigurationError(f"{path}：{faults[0].message}")
    return values


def _schema(path: Path) -> jsonschema_rs.Draft202012Validator:
    try:
        return jsonschema_rs.Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"無法讀取 {path}：{error}") from error


def _validate(values: Any, schema: jsonschema_rs.Draft202012Validator, path: Path) -> None:
    try:
        schema.validate(values)
    except ValueError as error:
        raise ConfigurationError(f"{path} 不符合規定的結構：{error}") from error


def _with_variants(entry: Mapping[str, Any], programme: Programme) -> dict[str, Any]:
    """Apply what the year's flags replace in a clause."""
    result = dict(entry)
    for condition, replaced in entry.get("variants", {}).items():
        flag, _, value = condition.partition("=")
        if str(programme.flags[flag]).lower() == value.lower():
            result.update(replaced)
    return result


def _clause(name: str, entry: Mapping[str, Any], programme: Programme) -> Clause:
    categories = tuple(entry["categories"])
    severity = entry["severity"]
    by_category = severity if set(severity) <= set(categories) else dict.fromkeys(categories, severity)
    return Clause(
        id=name,
        title=entry["title"],
        section=entry["section"],
        line=entry["line"],
        quote=entry["quote"],
        categories=categories,
        check=entry["check"],
        severity={
            category: {stage: Level(level) for stage, level in levels.items()}
            for category, levels in by_category.items()
        },
        formula=entry.get("formula"),
        limit=_limit(entry.get("limit"), programme),
        remedy=entry.get("remedy", ""),
        programme=programme,
        scope=entry.get("scope", "cluster"),
        early_if=entry.get("early_if"),
        derived=entry.get("derived", False),
        decision=entry.get("decision"),
        needs=tuple(entry.get("needs", ())),
        uses=tuple(entry.get("uses", ())),
        also=tuple(entry.get("also", ())),
        variants=entry.get("variants", {}),
        method=entry.get("method", ""),
        look_at=entry.get("look_at", ""),
        reason=entry.get("reason", ""),
    )


def _limit(entry: Mapping[str, Any] | None, programme: Programme) -> Limit | MomentLimit | None:
    """Return a clause's limit; a bound that is a text names a fact of the year: a number, a day or a point in time."""
    if entry is None:
        return None
    relation = next(key for key in RELATIONS if key in entry)
    bound = entry[relation]
    if isinstance(bound, str):
        bound = programme.fact(bound.removeprefix("programme."))
    if isinstance(bound, str):
        return MomentLimit(relation, bound)
    return Limit(relation, bound, entry.get("unit", ""))
