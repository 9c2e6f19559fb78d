"""Deleting a field never turns a verdict into `pass` unless every way to fill it in passes."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from tests.mangling import Pointer, value_at
from tests.memory import demonstration, verdicts, with_values
from tests.repository import DEMONSTRATIONS, library

from qunju.model.cluster import Cluster
from qunju.model.record import File
from qunju.regulation.verdict import Status
from qunju.schema.annotation import EACH, Json, children_of

STATED = "a total may be stated, and then it is checked; unstated it is computed"
TICKED = "a box to tick: empty is an answer"
JUSTIFIED = {
    ("cluster.summary.budget_total", "BUD-01"): STATED,
    ("cluster.summary.budget_total", "BUD-16"): STATED,
    ("cluster.summary.member_count", "XRF-08"): STATED,
    ("cluster.summary.member_count", "TXT-05"): STATED,
    ("budget.period.start", "SCH-06"): STATED,
    ("budget.period.end", "SCH-06"): STATED,
    ("schedule.rows.*.total", "WRK-01"): STATED,
    ("schedule.rows.*.total", "WRK-02"): STATED,
    ("schedule.rows.*.total", "WRK-06"): STATED,
    ("schedule.rows.*.total", "WRK-09"): STATED,
    ("schedule.rows.*.total", "WRK-11"): STATED,
    ("schedule.rows.*.total", "KPI-08"): STATED,
    ("schedule.rows.*.total", "KPI-09"): STATED,
    ("proposer.staff.*.unpaid", "BUD-17"): TICKED,
    ("proposer.staff.*.unpaid", "BUD-18"): TICKED,
    ("proposer.staff.*.unpaid", "MAN-08"): TICKED,
    ("documents.tax_proof.tax_exempt", "DOC-20"): TICKED,
    ("proposer.gov_history.*.force_majeure", "PRP-10"): TICKED,
    ("cluster.continues.roster.*.ubn", "FMT-01"): "a former member may have been without registration",
    ("cluster.continues.roster.*.ubn", "MEM-12"): "without a number the name tells who it is",
    ("member.registered_address", "PDP-10"): "what is not in the repository is not exposed",
    ("member.operating_address", "PDP-10"): "what is not in the repository is not exposed",
}
MANY_DATES = ("2019-06-01", "2021-06-01", "2022-06-15", "2024-01-01")
MANY_MOMENTS = ("2022-02-28T00:00:00+08:00", "2022-03-18T00:00:00+08:00", "2023-01-01T00:00:00+08:00")
MANY_NAMES = ("daolang-rice", "tiema-bike", "pi", "external-advisor", "external", "proposer", "K1", "BW1", "C-O01")


@pytest.mark.slow
def test_deleting_a_field_never_earns_a_pass() -> None:
    found: dict[tuple[str, str], str] = {}
    for base in DEMONSTRATIONS:
        cluster = demonstration(base)
        for kind, files in cluster.files.items():
            for file, pointer, field in fields_to_try(kind, files):
                path = f"{kind}.{'.'.join(generic(pointer))}"
                found |= {(path, rule): words for rule, words in earned(cluster, kind, file, pointer, field)}
    assert {key: words for key, words in found.items() if key not in JUSTIFIED} == {}
    assert set(found) == set(JUSTIFIED), "an exception is no longer needed"


def fields_to_try(kind: str, files: tuple[File, ...]) -> Iterator[tuple[File, Pointer, Json]]:
    """Yield one field of each sort: of a company, an item or an element of a list the first that has it."""
    schema = library().form.committed[kind].json
    seen: set[tuple[str, ...]] = set()
    for file in files:
        for pointer, path, field in fields_of(file.values, schema, schema):
            if path not in seen:
                seen.add(path)
                yield file, pointer, field


def generic(pointer: Pointer) -> Iterator[str]:
    """Yield the keys of a pointer, `*` for elements of lists, rows and people."""
    for index, key in enumerate(pointer):
        yield "*" if isinstance(key, int) or pointer[index - 1 : index] in (("rows",), ("staff",)) else str(key)


def earned(cluster: Cluster, kind: str, file: File, pointer: Pointer, field: Json) -> Iterator[tuple[str, str]]:
    """Yield the rules that pass without the field, and do not with some content of it."""
    without = with_values(cluster, kind, file, edited(file.values, pointer))
    if without is None:
        return
    passed = {rule for rule, verdict in verdicts(without).items() if verdict.status is Status.PASS}
    for content in contents(value_at(file.values, pointer), field):
        filled = with_values(cluster, kind, file, edited(file.values, pointer, content))
        told = verdicts(filled) if filled is not None and passed else {}
        for rule in passed & set(told):
            if told[rule].status in (Status.FAIL, Status.UNDETERMINED):
                yield rule, f"{content!r}: {told[rule].message}"


def edited(values: Mapping[str, Any], pointer: Pointer, *content: Any) -> dict[str, Any]:
    """Return values with other content of a field, or without it."""
    result: dict[str, Any] = copy.deepcopy(dict(values))
    holder = value_at(result, pointer[:-1])
    if content:
        holder[pointer[-1]] = content[0]
    else:
        del holder[pointer[-1]]
    return result


def fields_of(
    values: Any, schema: Json, root: Json, pointer: Pointer = (), path: tuple[str, ...] = ()
) -> Iterator[Any]:
    """Yield each field that is there: pointer, path and schema. In a path stands `EACH` for what is one of many.

    The basic items and the staff are told apart: rules ask different things of each.
    """
    below = dict(children_of(schema, root))
    children = values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else ()
    for key, value in children:
        child = below.get(str(key), below.get(EACH))
        if child is not None:
            apart = str(key) in below or str(key).startswith("BW") or path[-1:] == ("staff",)
            here = (*path, str(key) if apart else EACH)
            if str(key) in below:
                yield (*pointer, key), here, child
            yield from fields_of(value, child, root, (*pointer, key), here)


def contents(old: Any, schema: Json) -> Iterator[Any]:
    """Yield what else a field could hold."""
    match schema.get("type"):
        case "boolean":
            yield not old
        case "integer" | "number":
            yield from (0, 1, old * 2, old // 2 if isinstance(old, int) else old / 2, 10**9)
        case "array":
            yield from ([], old[:1], old[:-1], old * 2)
        case "object":
            yield from ({}, *({key: old[key]} for key in list(old)[:3]))
        case _:
            yield from texts(schema)


def texts(schema: Json) -> Iterator[str]:
    yield from schema.get("enum", ())
    if "x-vocabulary" in schema:
        yield from library().rulebooks["111"].programme.vocabulary(schema["x-vocabulary"]["of"])[:12]
    if "x-ref" in schema:
        yield from MANY_NAMES
    elif schema.get("format") == "date":
        yield from MANY_DATES
    elif "T" in schema.get("pattern", ""):
        yield from MANY_MOMENTS
    else:
        yield from ("無", "12345678", "x" * 500)
