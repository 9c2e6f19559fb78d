"""Fields of a schema by the path that leads to them, with what the schema says of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from qunju.source.place import Pointer

Json: TypeAlias = Mapping[str, Any]

EACH: Final = "*"
"""In a path: every element of a list, or every value of a mapping keyed by identifiers."""


class Absent:
    """The value of a field that is not filled in."""


ABSENT: Final = Absent()


@dataclass(frozen=True, slots=True)
class FieldSchema:
    """One field: the keys that lead to it (`EACH` for elements) and its schema."""

    path: tuple[str, ...]
    schema: Json

    @property
    def title(self) -> str:
        """The form's own words for the field."""
        return str(self.schema.get("title", self.path[-1]))

    @property
    def visibility(self) -> str:
        """`public`, `internal` or `personal`; what is not marked counts as personal."""
        return str(self.schema.get("x-visibility", "personal"))

    @property
    def due(self) -> str | None:
        """The stage from which the field must be filled in."""
        return self.schema.get("x-due")

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that demand the field."""
        return tuple(self.schema.get("x-clause", ()))


@dataclass(frozen=True, slots=True)
class Found:
    """A field as it stands in a document: where, its value or `ABSENT`, and the mapping that holds it."""

    pointer: Pointer
    value: Any
    holder: Json


def fields_of(schema: Json) -> Iterator[FieldSchema]:
    """Yield every field of a schema, outer before inner."""
    yield from _below(schema, (), schema)


def find(values: Any, path: tuple[str, ...]) -> Iterator[Found]:
    """Yield each occurrence of a field in a document.

    Where a part on the way is absent the field is absent once, at its full path; an empty list has no occurrence.
    """
    yield from _find(values, path, 0, (), {})


def resolve(schema: Json, root: Json) -> Json:
    """Return a schema with a reference to the file's own definitions replaced by what it names."""
    reference = schema.get("$ref")
    if reference is None:
        return schema
    target: Json = root
    for part in str(reference).removeprefix("#/").split("/"):
        target = target[part]
    return {**target, **{key: value for key, value in schema.items() if key != "$ref"}}


def children_of(schema: Json, root: Json) -> Iterator[tuple[str, Json]]:
    """Yield the names and resolved schemas directly below a resolved schema."""
    for name, child in schema.get("properties", {}).items():
        yield name, resolve(child, root)
    others = [*schema.get("patternProperties", {}).values(), schema.get("additionalProperties"), schema.get("items")]
    for child in others:
        if isinstance(child, Mapping):
            yield EACH, resolve(child, root)


def _below(schema: Json, path: tuple[str, ...], root: Json) -> Iterator[FieldSchema]:
    for name, child in children_of(schema, root):
        here = (*path, name)
        if name != EACH or any(key.startswith("x-") for key in child):
            yield FieldSchema(here, child)
        yield from _below(child, here, root)


def _find(value: Any, path: tuple[str, ...], step: int, pointer: Pointer, holder: Json) -> Iterator[Found]:
    """Follow a path from a step on: key by key in a loop, and once more for every element where it branches."""
    for index in range(step, len(path)):
        key = path[index]
        if key == EACH:
            yield from _find_each(value, path, index + 1, pointer, holder)
            return
        holder = value if isinstance(value, Mapping) else {}
        value = holder.get(key, ABSENT)
        if value is ABSENT:
            rest = path[index:]
            yield Found((*pointer, *(rest[: rest.index(EACH)] if EACH in rest else rest)), ABSENT, holder)
            return
        pointer = (*pointer, key)
    yield Found(pointer, value, holder)


def _find_each(value: Any, path: tuple[str, ...], step: int, pointer: Pointer, holder: Json) -> Iterator[Found]:
    if isinstance(value, Mapping):
        for name, child in value.items():
            yield from _find(child, path, step, (*pointer, name), value)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _find(child, path, step, (*pointer, index), holder)
