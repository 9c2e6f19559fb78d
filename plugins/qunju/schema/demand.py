"""Fields that must have content, looked up together: what holds several of them is entered once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from qunju.schema.annotation import ABSENT, EACH, FieldSchema, Found, Json
from qunju.source.place import Pointer

_NOTHING: Json = {}


class Lacking(NamedTuple):
    """A demanded field without content; `rank` is the demand's place among the others."""

    rank: int
    field: FieldSchema
    found: Found


class Demands:
    """Demanded fields of a kind of file, as a tree of the keys that lead to them.

    Every proposal is asked for hundreds of fields of hundreds of elements, so what has content is passed by without
    saying where it stands.
    """

    def __init__(self, fields: Iterable[tuple[int, FieldSchema]], depth: int = 0) -> None:
        """Take the fields with their ranks; `depth` is how many keys led here."""
        self.here: list[tuple[int, FieldSchema]] = []
        self.below: list[tuple[int, FieldSchema, Pointer]] = []
        """Every field from here on, with the key that leads here and those after it, as far as they are one."""
        branches: dict[str, list[tuple[int, FieldSchema]]] = {}
        for rank, field in fields:
            rest = field.path[depth - 1 :] if depth else field.path
            self.below.append((rank, field, rest[: rest.index(EACH)] if EACH in rest else rest))
            if len(field.path) == depth:
                self.here.append((rank, field))
            else:
                branches.setdefault(field.path[depth], []).append((rank, field))
        self.branches = [(key, Demands(some, depth + 1)) for key, some in branches.items()]
        self.may_be_empty = all("x-empty" in field.schema for _, field in self.here)

    def lacking(self, values: Json) -> list[Lacking]:
        """Return each demanded field of a document that has no content."""
        search = _Search(values)
        search.look(self, values, (), _NOTHING)
        return search.lacking


class _Search:
    """One walk through a document."""

    def __init__(self, root: Json) -> None:
        self.root = root
        self.lacking: list[Lacking] = []

    def look(self, demands: Demands, value: Any, pointer: Pointer, holder: Json) -> None:
        """Look at a value and below it; `holder` is the mapping that holds it."""
        for rank, field in demands.here:
            if not is_filled(value, may_be_empty="x-empty" in field.schema):
                self.note(rank, field, Found(pointer, value, holder))
        inside = value if isinstance(value, dict) else _NOTHING
        for key, branch in demands.branches:
            if key == EACH:
                for name, child, its_holder in _elements(value, holder):
                    self.look(branch, child, (*pointer, name), its_holder)
                continue
            child = inside.get(key, ABSENT)
            if child is ABSENT:
                for rank, field, rest in branch.below:
                    self.note(rank, field, Found((*pointer, *rest), ABSENT, inside))
            elif branch.branches or not is_filled(child, may_be_empty=branch.may_be_empty):
                self.look(branch, child, (*pointer, key), inside)

    def note(self, rank: int, field: FieldSchema, found: Found) -> None:
        """Note a field without content if it is demanded."""
        if "x-when" not in field.schema or is_demanded(found, field, self.root):
            self.lacking.append(Lacking(rank, field, found))


def _elements(value: Any, holder: Json) -> Iterable[tuple[str | int, Any, Json]]:
    if isinstance(value, dict):
        return [(name, child, value) for name, child in value.items()]
    return [(index, child, holder) for index, child in enumerate(value)] if isinstance(value, list) else ()


def is_filled(value: Any, *, may_be_empty: bool) -> bool:
    """Tell whether a field has content; a blank text has none, an empty list only where that is an answer.

    A list of nothing but blank texts is as good as empty.
    """
    if isinstance(value, str):
        return value != "" and not value.isspace()
    if value is ABSENT or value is None:
        return False
    if isinstance(value, list):
        return may_be_empty or any(not isinstance(one, str) or one.strip() for one in value)
    return may_be_empty or not isinstance(value, dict) or len(value) > 0


def is_demanded(found: Found, field: FieldSchema, values: Mapping[str, Any]) -> bool:
    """Tell whether the condition under which a field is demanded (x-when) holds; an open condition does not demand.

    Of several choices one is enough.
    """
    conditions: Mapping[str, list[Any]] = field.schema.get("x-when", _NOTHING)
    return all(_meets(_related(name, found, values), allowed) for name, allowed in conditions.items())


def _meets(value: Any, allowed: list[Any]) -> bool:
    return any(choice in allowed for choice in value) if isinstance(value, list) else value in allowed


def _related(name: str, found: Found, values: Mapping[str, Any]) -> Any:
    """Return the value of a field named from another's place: a sibling, or `../` for one level up."""
    if "/" not in name:
        return found.holder.get(name)
    steps = name.split("/")
    here: Any = values
    for key in found.pointer[: len(found.pointer) - 1 - steps.count("..")]:
        here = here[key]
    return here.get(steps[-1]) if isinstance(here, dict) else None
