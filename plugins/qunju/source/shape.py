"""What a file is expected to hold, as far as the reader needs it to type a scalar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["object", "array", "string", "integer", "number", "boolean", "any"]


@dataclass(frozen=True, slots=True)
class Shape:
    """The type that a value should have, and the shapes of what it contains.

    `others` is the shape of the values of a mapping keyed by free identifiers; None where every key is known.
    """

    kind: Kind = "any"
    properties: Mapping[str, Shape] = field(default_factory=dict)
    others: Shape | None = None
    items: Shape | None = None


ANY = Shape()
