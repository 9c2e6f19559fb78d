"""The model declares every field of the schemas, with the same privacy and a fitting type, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from qunju.model.assessment import Assessment
from qunju.model.budget import Budget
from qunju.model.canvas import Canvas
from qunju.model.documents import Documents
from qunju.model.member import Member, MemberItem, SelfAssessment
from qunju.model.plan import Plan
from qunju.model.profile import Profile
from qunju.model.progress import Progress
from qunju.model.proposer import Proposer
from qunju.model.record import (
    Amounts,
    Date,
    Field,
    Flag,
    Integer,
    Integers,
    Keyed,
    Moment,
    Number,
    Part,
    Parts,
    Record,
    Text,
    Texts,
)
from qunju.model.schedule import Schedule
from qunju.schema.annotation import Json, resolve
from qunju.schema.form import Form, load_form

ROOT = Path(__file__).resolve().parent.parent
RECORDS: dict[str, type[Record]] = {
    "cluster": Profile,
    "proposer": Proposer,
    "member": Member,
    "plan": Plan,
    "canvas": Canvas,
    "assessment": Assessment,
    "schedule": Schedule,
    "budget": Budget,
    "documents": Documents,
    "progress": Progress,
}
LEAVES: dict[type[Field[Any]], str] = {Integer: "integer", Flag: "boolean", Number: "number", Text: "string"}
LISTS: dict[type[Field[Any]], str] = {Texts: "string", Integers: "integer"}


@dataclass
class Node:
    """A property of a file's schema, the committed and the private one taken together."""

    type: str
    date: bool = False
    homes: set[str] = field(default_factory=set)
    properties: dict[str, Node] = field(default_factory=dict)
    each: Node | None = None

    def join(self, other: Node) -> Node:
        assert self.type == other.type
        self.homes |= other.homes
        for name, node in other.properties.items():
            self.properties[name] = self.properties[name].join(node) if name in self.properties else node
        if other.each is not None:
            self.each = self.each.join(other.each) if self.each is not None else other.each
        return self

    @property
    def children(self) -> list[Node]:
        return [*self.properties.values(), *([self.each] if self.each else [])]


def read_schema(schema: Json, root: Json, home: str) -> Node:
    schema = resolve(schema, root)
    each = [*schema.get("patternProperties", {}).values(), schema.get("additionalProperties"), schema.get("items")]
    inner = [read_schema(child, root, home) for child in each if isinstance(child, dict)]
    return Node(
        schema["type"],
        schema.get("format") == "date",
        {home},
        {name: read_schema(child, root, home) for name, child in schema.get("properties", {}).items()},
        inner[0] if inner else None,
    )


def differences(kind: type[Record], node: Node, path: str) -> Iterator[str]:
    """Yield what a record and its part of the schema disagree about."""
    declared = {member.key: member for member in kind.model_fields()}
    yield from (f"{path}.{key}: not in the schema" for key in declared.keys() - node.properties.keys())
    yield from (f"{path}.{key}: not in the model" for key in node.properties.keys() - declared.keys())
    for key in declared.keys() & node.properties.keys():
        yield from differences_of_field(declared[key], node.properties[key], f"{path}.{key}")
    if kind is SelfAssessment:
        assert node.each is not None
        yield from differences(MemberItem, node.each, f"{path}.*")


def differences_of_field(member: Field[Any], node: Node, path: str) -> Iterator[str]:
    personal = node.homes == {"private"}
    grouped = isinstance(member, Part | Keyed)
    if not grouped and member.personal != personal:
        yield f"{path}: personal in {'the model' if member.personal else 'the schema'} only"
    if not fits(member, node):
        yield f"{path}: {type(member).__name__} for {node.type}"
    elif isinstance(member, Part):
        yield from differences(member.kind, node, path)
    elif isinstance(member, Parts | Keyed):
        for child in node.children:
            yield from differences(member.kind, child, f"{path}.*")


def fits(member: Field[Any], node: Node) -> bool:
    inner = {child.type for child in node.children}
    match member:
        case Part():
            return node.type == "object" and bool(node.properties)
        case Keyed():
            return node.type == "object" and inner == {"object"}
        case Parts():
            return node.type == "array" and inner == {"object"}
        case Amounts():
            return node.type == "object" and inner == {"integer"}
        case Date():
            return node.type == "string" and node.date
        case Moment():
            return node.type == "string" and not node.date
        case Texts() | Integers():
            return node.type == "array" and inner == {LISTS[type(member)]}
        case _:
            leaf = next(name for kind, name in LEAVES.items() if isinstance(member, kind))
            return node.type == leaf and not node.date


@pytest.fixture(scope="module")
def form() -> Form:
    return load_form(ROOT / "schema")


@pytest.mark.parametrize("name", RECORDS)
def test_model_and_schema_agree(name: str, form: Form) -> None:
    committed = form.committed[name].json
    node = read_schema(committed, committed, "committed")
    if name in form.private:
        private = form.private[name].json
        node = node.join(read_schema(private, private, "private"))
    assert sorted(differences(RECORDS[name], node, name)) == []


def test_every_file_of_the_form_has_a_record(form: Form) -> None:
    assert RECORDS.keys() == form.committed.keys()
