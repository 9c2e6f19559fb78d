"""A field in words: what an editor shows of it, and what the comments of a new proposal say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Protocol

from qunju.schema.annotation import EACH, FieldSchema, Json, children_of
from qunju.schema.form import FileSchema, Form

ITEM_TABLES: Final = ("member_items", "cluster_items")
"""The vocabularies that are tables of self-assessment items; a reference (x-ref) may name one too."""

_MANY: Final = 3
"""Of a condition that holds for more values than this, those for which it does not are named, if they are fewer."""

_VISIBILITY: Final = {
    "public": "公開資料",
    "internal": "內部資料，不公開",
    "personal": "個人資料，只放在 private/",
}


class Titled(Protocol):
    """What has a title: a clause."""

    @property
    def title(self) -> str: ...
    @property
    def categories(self) -> tuple[str, ...]: ...


class Year(Protocol):
    """The part of a programme year that words are taken from."""

    @property
    def year(self) -> int: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...
    @property
    def clauses(self) -> Mapping[str, Titled]: ...
    def vocabulary(self, name: str, /) -> tuple[str, ...]: ...
    def stage_title(self, stage: str, /) -> str: ...


class Choice(NamedTuple):
    """A value that may be chosen, and what it means where the value alone does not say."""

    value: str
    meaning: str = ""


@dataclass(frozen=True)
class Legend:
    """The words for the fields of one file; `roots` are its schema and that of its twin, if it has one."""

    year: Year
    roots: tuple[Json, ...]

    @classmethod
    def of(cls, schema: FileSchema, form: Form, year: Year) -> Legend:
        """Return the legend of a file: a condition may name a field of its twin on the other side of private/."""
        others = form.committed if schema.private else form.private
        twin = (others[schema.name].json,) if schema.name in others else ()
        return cls(year, (schema.json, *twin))

    def choices(self, schema: Json) -> tuple[Choice, ...]:
        """Return what may be written, where that is a list: codes of the format or words of the year."""
        if "enum" in schema:
            titles = schema.get("x-enum-titles", {})
            return tuple(Choice(value, _unless_same(titles.get(value, ""), value)) for value in schema["enum"])
        vocabulary = vocabulary_of(schema)
        if vocabulary is None:
            return ()
        return tuple(Choice(word, self._meaning(word, vocabulary)) for word in self.year.vocabulary(vocabulary))

    def demand(self, field: FieldSchema) -> str:
        """Return from when a field must be filled in and under which condition; empty where it never must."""
        if field.due is None:
            return ""
        conditions = [self._condition(name, allowed, field) for name, allowed in conditions_of(field).items()]
        when = "且".join(conditions) + "時，" if conditions else ""
        return f"{when}{self.year.stage_title(field.due)}起必填"

    def visibility(self, field: FieldSchema) -> str:
        """Return who may see a field; empty for what only groups others."""
        return _VISIBILITY.get(field.schema.get("x-visibility", ""), "")

    def clauses(self, field: FieldSchema) -> Iterator[str]:
        """Yield the clauses that demand a field or judge its words, each with its title."""
        judge = field.schema.get("x-vocabulary", {}).get("clause")
        for name in dict.fromkeys([*field.clauses, *([judge] if judge else [])]):
            yield f"{name} {self.year.clauses[name].title}" if name in self.year.clauses else name

    def related(self, name: str, field: FieldSchema) -> FieldSchema:
        """Return the field that a condition (x-when) names: a sibling, or `../` for one level up."""
        steps = name.split("/")
        path = (*field.path[: len(field.path) - 1 - steps.count("..")], steps[-1])
        return FieldSchema(path, next(found for root in self.roots if (found := _at(path, root)) is not None))

    def _condition(self, name: str, allowed: Sequence[Any], field: FieldSchema) -> str:
        other = self.related(name, field)
        # A code means nothing to the reader, but a word of the form is its own meaning.
        choices = self.choices(other.schema)
        meanings = {choice.value: choice.meaning for choice in choices if choice.value.isascii()}
        filled = [value for value in allowed if value not in (None, "")]
        others = [choice.value for choice in choices if choice.value not in filled]
        if 0 < len(others) < len(filled) > _MANY:
            return f"「{other.title}」不是{_listed(others, meanings)}"
        words = [*([f"為{_listed(filled, meanings)}"] if filled else []), *(["空白"] if None in allowed else [])]
        return f"「{other.title}」{'或'.join(words)}"

    def _meaning(self, word: str, vocabulary: str) -> str:
        """Return what the year's facts say of a word: its title, its items, or its definition."""
        facts = self.year.facts
        titles = facts["titles"].get(vocabulary, {})
        if word in titles:
            return _unless_same(titles[word], word)
        if vocabulary == "types":
            return str(facts["type_goals"].get(word, ""))
        if vocabulary == "scenarios":
            return next(
                f"{facts['aspects'][aspect]['name']}：{table[word]}"
                for aspect, table in facts["scenarios"].items()
                if word in table
            )
        entry = facts.get(vocabulary, {})
        return _described(entry[word], word) if isinstance(entry, Mapping) and word in entry else ""


def vocabulary_of(schema: Json) -> str | None:
    """Return the name of the vocabulary that a field's value, or a mapping's keys, come from."""
    if "x-vocabulary" in schema:
        return str(schema["x-vocabulary"]["of"])
    reference = schema.get("x-ref")
    return str(reference) if reference in ITEM_TABLES else None


def conditions_of(field: FieldSchema) -> Mapping[str, Sequence[Any]]:
    """Return the values of other fields under which a field is demanded."""
    conditions: Mapping[str, Sequence[Any]] = field.schema.get("x-when", {})
    return conditions


def _at(path: tuple[str, ...], root: Json) -> Json | None:
    here: Json | None = root
    for key in path:
        below = dict(children_of(here, root)) if here is not None else {}
        here = below.get(key, below.get(EACH))
    return here


def _listed(values: Sequence[Any], meanings: Mapping[str, str]) -> str:
    """List values, set off from the Chinese around them with spaces where they are not Chinese themselves."""
    words = (str(value).lower() if isinstance(value, bool) else meanings.get(value) or str(value) for value in values)
    listed = "、".join(words)
    return f"{' ' if listed[0].isascii() else ''}{listed}{' ' if listed[-1].isascii() else ''}"


def _described(entry: Mapping[str, Any], word: str) -> str:
    if "items" in entry:
        return "；".join(f"{item}（{'、'.join(units)}）" for item, units in entry["items"].items())
    return _unless_same(entry.get("name", entry.get("title", "")), word)


def _unless_same(meaning: str, word: str) -> str:
    return "" if meaning == word else meaning
