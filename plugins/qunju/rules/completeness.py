"""Whether what a clause demands is filled in: one formula for all, since the demands stand in the schemas."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Literal

from qunju.model.cluster import Cluster
from qunju.model.record import File, Missing, Unsound
from qunju.regulation.clause import Clause
from qunju.regulation.programme import Programme
from qunju.regulation.verdict import Verdict
from qunju.schema.annotation import FieldSchema, Json, find
from qunju.schema.demand import Demands, Lacking, is_demanded
from qunju.schema.form import FileSchema


def filled(cluster: Cluster, clause: Clause) -> Verdict:
    """Every field that the schemas mark with this clause (x-clause) and that is due (x-due) has content."""
    lacking = lacking_fields(cluster, clause, briefly=True)
    return clause.unknown(*lacking) if lacking else clause.passes(f"{clause.title}：應填欄位皆已填寫。")


def lacking_fields(cluster: Cluster, clause: Clause, *, briefly: bool = False) -> tuple[Missing | Unsound, ...]:
    """Return each demanded field that is empty, that stands in a closed private/, or whose file has faults of form.

    Of a closed file people are told no more than that it is closed: `briefly` names one field of each. Some clauses are
    asked again by others, so what is lacking to the cluster asked about last is kept.
    """
    told = _told(cluster)
    question = clause.id, briefly
    if question not in told:
        told[question] = tuple(_lacking(cluster, clause, briefly=briefly))
    return told[question]


@lru_cache(maxsize=1)
def _told(cluster: Cluster) -> dict[tuple[str, bool], tuple[Missing | Unsound, ...]]:  # noqa: ARG001
    return {}


def _lacking(cluster: Cluster, clause: Clause, *, briefly: bool) -> Iterator[Missing | Unsound]:
    for schema, fields, demands in _due(clause.programme, clause.id, cluster.stage):
        lacking: list[tuple[Lacking, File]] = []
        for file in cluster.files_of(schema.name):
            if not file.sound:
                yield Unsound(file.path)
            elif schema.private and not file.private_loaded:
                closed = _closed(file.values, fields)
                lacking += [(each, file) for each in (islice(closed, 1) if briefly else closed)]
            else:
                lacking += [(each, file) for each in demands.lacking(file.values)]
        # Field by field, as the form has them, and file by file only within a field.
        lacking.sort(key=lambda one: one[0].rank)
        for (_, field, found), file in lacking:
            reason: Literal["missing", "private"] = (
                "private" if schema.private and not file.private_loaded else "missing"
            )
            yield Missing(file.place(found.pointer, personal=schema.private), field.path[-1], reason)


def _closed(values: Json, fields: tuple[FieldSchema, ...]) -> Iterator[Lacking]:
    """Yield the demanded fields of a file that is not read: nobody is told more, so of each one place is enough."""
    for rank, field in enumerate(fields):
        demanded = (found for found in find(values, field.path) if is_demanded(found, field, values))
        if found := next(demanded, None):
            yield Lacking(rank, field, found)


@lru_cache(maxsize=4096)
def _due(
    programme: Programme, clause: str, stage: str
) -> tuple[tuple[FileSchema, tuple[FieldSchema, ...], Demands], ...]:
    """Return what a clause demands at a stage, by kind of file, the same for every cluster; a draft is shown all."""
    handed_in = programme.has_reached(stage, "submission")
    found: dict[tuple[str, bool], tuple[FileSchema, list[FieldSchema]]] = {}
    for schema, field in programme.form.demands.get(clause, ()):
        if not handed_in or field.due is None or programme.has_reached(stage, field.due):
            found.setdefault((schema.name, schema.private), (schema, []))[1].append(field)
    return tuple((schema, tuple(fields), Demands(enumerate(fields))) for schema, fields in found.values())
