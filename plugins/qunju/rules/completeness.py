"""Whether what a clause demands is filled in: one formula for all, since the demands stand in the schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from qunju.model.cluster import Cluster
from qunju.model.record import File, Missing, Unsound
from qunju.regulation.clause import Clause
from qunju.regulation.programme import Programme
from qunju.regulation.verdict import Verdict
from qunju.schema.annotation import ABSENT, FieldSchema, Found, find, values_at
from qunju.schema.form import FileSchema


def filled(cluster: Cluster, clause: Clause) -> Verdict:
    """Every field that the schemas mark with this clause (x-clause) and that is due (x-due) has content."""
    lacking = list(lacking_fields(cluster, clause, briefly=True))
    return clause.unknown(*lacking) if lacking else clause.passes(f"{clause.title}：應填欄位皆已填寫。")


def lacking_fields(cluster: Cluster, clause: Clause, *, briefly: bool = False) -> Iterator[Missing | Unsound]:
    """Yield each demanded field that is empty, that stands in a closed private/, or whose file has faults of form.

    Of a closed file people are told no more than that it is closed: `briefly` yields one field of each.
    """
    closed: set[str] = set()
    for schema, field in _demands(clause.programme, clause.id, cluster.stage):
        for file in cluster.files_of(schema.name):
            if not file.sound:
                yield Unsound(file.path)
            elif not (schema.private and file.path in closed):
                for missing in _lacking_in(file, field, personal=schema.private):
                    yield missing
                    if briefly and missing.reason == "private":
                        closed.add(file.path)


@lru_cache(maxsize=4096)
def _demands(programme: Programme, clause: str, stage: str) -> tuple[tuple[FileSchema, FieldSchema], ...]:
    """Return the fields that a clause demands at a stage, the same for every cluster; a draft is shown them all."""
    handed_in = programme.has_reached(stage, "submission")
    return tuple(
        (schema, field)
        for schema, field in programme.form.demands.get(clause, ())
        if not (handed_in and field.due is not None and not programme.has_reached(stage, field.due))
    )


def _lacking_in(file: File, field: FieldSchema, *, personal: bool) -> Iterator[Missing]:
    if personal and not file.private_loaded:
        # Nobody is told more than that the file is closed, so one is as good as all.
        demanded = (found for found in find(file.values, field.path) if is_demanded(found, field, file.values))
        if found := next(demanded, None):
            yield Missing(file.place(found.pointer, personal=True), field.path[-1], "private")
        return
    may_be_empty = "x-empty" in field.schema
    for value in values_at(file.values, field.path):
        if not is_filled(value, may_be_empty=may_be_empty):
            break
    else:
        return
    for found in find(file.values, field.path):
        if not is_filled(found.value, may_be_empty=may_be_empty) and is_demanded(found, field, file.values):
            yield Missing(file.place(found.pointer, personal=personal), field.path[-1], "missing")


def is_filled(value: Any, *, may_be_empty: bool) -> bool:
    """Tell whether a field has content; a blank text has none, an empty list only where that is an answer."""
    if value is ABSENT or value is None:
        return False
    if isinstance(value, str):
        return bool(value.strip())
    return may_be_empty or not isinstance(value, list | dict) or len(value) > 0


def is_demanded(found: Found, field: FieldSchema, values: Mapping[str, Any]) -> bool:
    """Tell whether the condition under which a field is demanded (x-when) holds; an open condition does not demand.

    Of several choices one is enough.
    """
    conditions: Mapping[str, list[Any]] | None = field.schema.get("x-when")
    return conditions is None or all(
        _meets(_related(name, found, values), allowed) for name, allowed in conditions.items()
    )


def _meets(value: Any, allowed: list[Any]) -> bool:
    return any(choice in allowed for choice in value) if isinstance(value, list) else value in allowed


def _related(name: str, found: Found, values: Mapping[str, Any]) -> Any:
    """Return the value of a field named from another's place: a sibling, or `../` for one level up."""
    steps = name.split("/")
    up = steps.count("..")
    if not up:
        return found.holder.get(name)
    here: Any = values
    for key in found.pointer[: len(found.pointer) - 1 - up]:
        here = here[key]
    return here.get(steps[-1]) if isinstance(here, dict) else None
