"""Reading what may be absent: a page shows what there is, and a proposal in the making lacks much."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from markupsafe import Markup

from qunju.model.record import Field, R, Record
from qunju.views.prose import inline, prose

T = TypeVar("T")


def line(record: Record, field: Field[str]) -> str:
    """Return a text on one line, or nothing."""
    return inline(record.maybe(field) or "")


def narrative(record: Record, field: Field[str]) -> Markup:
    """Return a narrative text as safe HTML, or nothing."""
    return prose(record.maybe(field) or "")


def lines(record: Record, field: Field[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the texts of a list, each on one line."""
    return tuple(inline(text) for text in record.maybe(field) or ())


def keyed(record: Record, field: Field[Mapping[str, R]]) -> Mapping[str, R]:
    """Return the groups of a mapping, or none."""
    return record.maybe(field) or {}


def listed(record: Record, field: Field[tuple[R, ...]]) -> tuple[R, ...]:
    """Return the groups of a list, or none."""
    return record.maybe(field) or ()
