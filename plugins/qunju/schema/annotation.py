"""Fields of a schema by the path that leads to them, with what the schema says of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeAlias

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


class Found(NamedTuple):
    """A field as it stands in a document: where, its value or `ABSENT`, and the mapping that holds it."""

    pointer: Pointer
    value: Any
    holder: Json


def fields_of(schema: Json) -> Iterator[FieldSchema]:
    """Yield every field of a schema, outer before inner."""
    yield from _below(schema, (), schema)


def find(values: Any, path: tuple[str, ...]) -> list[Found]:
    """Return each occurrence of a field in a document.

    Where a part on the way is absent the field is absent once, at its full path; an empty list has no occurrence.
    """
    found: list[Found] = []
    _follow(values, path, (), {}, found)
    return found


def values_at(value: Any, path: tuple[str, ...]) -> list[Any]:
    """Return the value of each occurrence of a field, or `ABSENT`: what `find` finds, for a fraction of the time.

    Hardly any field has something to tell, and only then it matters where it stands.
    """
    values = [value]
    for key in path:
        if key == EACH:
            values = [child for each in values for child in _elements(each)]
        else:
            values = [each.get(key, ABSENT) if each.__class__ is dict else ABSENT for each in values]
    return values


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
    for child in _of_others(schema):
        yield EACH, resolve(child, root)


def is_leaf(field: FieldSchema, root: Json) -> bool:
    """Tell whether a field holds a value, or a list of values, and not further fields."""
    if field.schema["type"] == "object":
        return False
    return not any(list(children_of(child, root)) for _, child in children_of(field.schema, root))


def child_of(schema: Json, key: str | int, root: Json) -> Json | None:
    """Return the resolved schema of one value below a resolved schema, or None where there can be none."""
    child = schema.get("properties", {}).get(key) or next(_of_others(schema), None)
    return None if child is None else resolve(child, root)


def _below(schema: Json, path: tuple[str, ...], root: Json) -> Iterator[FieldSchema]:
    for name, child in children_of(schema, root):
        here = (*path, name)
        if name != EACH or any(key.startswith("x-") for key in child):
            yield FieldSchema(here, child)
        yield from _below(child, here, root)


def _of_others(schema: Json) -> Iterator[Json]:
    """Yield the schema of elements, and of values whose keys are free."""
    others = [*schema.get("patternProperties", {}).values(), schema.get("additionalProperties"), schema.get("items")]
    yield from (child for child in others if isinstance(child, dict))


def _follow(value: Any, path: tuple[str, ...], pointer: Pointer, holder: Json, found: list[Found]) -> None:
    """Follow a path key by key, and once more for every element where it branches."""
    for index, key in enumerate(path):
        if key == EACH:
            here, rest = (*pointer, *path[:index]), path[index + 1 :]
            if isinstance(value, dict):
                for name, child in value.items():
                    _follow(child, rest, (*here, name), value, found)
            elif isinstance(value, list):
                for number, child in enumerate(value):
                    _follow(child, rest, (*here, number), holder, found)
            return
        holder = value if isinstance(value, dict) else {}
        value = holder.get(key, ABSENT)
        if value is ABSENT:
            found.append(Found((*pointer, *(path[: path.index(EACH)] if EACH in path else path)), ABSENT, holder))
            return
    found.append(Found((*pointer, *path), value, holder))


def _elements(value: Any) -> Iterable[Any]:
    """Return the elements of a value; what is absent is so once, whatever is looked for in it."""
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else (ABSENT,) if value is ABSENT else ()
