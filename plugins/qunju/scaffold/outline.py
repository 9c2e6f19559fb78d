"""Which fields a new file has: those to fill in, those to have at hand, and those that do not concern the proposal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from qunju.schema.annotation import EACH, FieldSchema, Json, children_of
from qunju.schema.legend import Legend, conditions_of


class Use(Enum):
    """What a new file does with a field."""

    WANTED = "wanted"
    """It stands there, empty or with its value."""
    SPARE = "spare"
    """It stands there as a comment, ready to be used."""
    NONE = "none"
    """It is left out."""


@dataclass(frozen=True)
class Outline:
    """The fields of one file for a proposal of a category; `given` holds what is known already, by path."""

    root: Json
    legend: Legend
    category: str | None
    given: Mapping[tuple[str, ...], Any] = field(default_factory=dict)

    def knowing(self, more: Mapping[tuple[str, ...], Any]) -> Outline:
        """Return the outline for one element, of which more is known."""
        return replace(self, given={**self.given, **more})

    def children(self, of: FieldSchema) -> tuple[FieldSchema, ...]:
        """Return the fields directly below one; below a list or a keyed mapping that is its element."""
        return tuple(FieldSchema((*of.path, name), schema) for name, schema in children_of(of.schema, self.root))

    def element(self, of: FieldSchema) -> FieldSchema | None:
        """Return the element of a list or keyed mapping; None for anything else."""
        return next((child for child in self.children(of) if child.path[-1] == EACH), None)

    def use(self, of: FieldSchema) -> Use:
        """Tell what becomes of a field."""
        if of.path in self.given:
            return Use.WANTED
        if self._is_ruled_out(of):
            return Use.NONE
        element = self.element(of)
        if of.schema["type"] == "object" and element is None:
            children = self.children(of)
            return _together([*map(self.use, children), *map(self.use_inside, children)])
        if self.use_inside(of) is Use.NONE:
            return Use.NONE
        return Use.WANTED if self._is_demanded(of) else Use.SPARE

    def use_inside(self, of: FieldSchema) -> Use:
        """Tell what becomes of the fields of a list's or keyed mapping's elements."""
        element = self.element(of)
        return Use.SPARE if element is None else _together([self.use(child) for child in self.children(element)])

    def _is_ruled_out(self, of: FieldSchema) -> bool:
        """Tell whether only proposals of the other category, or elements of another kind, are asked for the field."""
        clauses = [self.legend.year.clauses.get(name) for name in of.clauses]
        if clauses and all(clause is not None and not self._concerns(clause.categories) for clause in clauses):
            return True
        for name, allowed in conditions_of(of).items():
            path = self.legend.related(name, of).path
            if path in self.given and self.given[path] not in allowed:
                return True
        return False

    def _concerns(self, categories: tuple[str, ...]) -> bool:
        return self.category is None or self.category in categories

    def _is_demanded(self, of: FieldSchema) -> bool:
        """Tell whether the field must be filled in some day, as far as that hangs on other fields that must be."""
        related = (self.legend.related(name, of) for name in conditions_of(of))
        return of.due is not None and all(self.use(other) is Use.WANTED for other in related)


def _together(uses: Sequence[Use]) -> Use:
    """Return the use of what groups fields: wanted if one of them is; left out if one is and none is wanted."""
    return next((use for use in (Use.WANTED, Use.NONE) if use in uses), Use.SPARE)
