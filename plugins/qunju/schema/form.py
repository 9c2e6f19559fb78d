"""The schemas of every file of a proposal, ready for use."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import jsonschema_rs

from qunju.schema.annotation import EACH, FieldSchema, Json, child_of, fields_of, resolve
from qunju.schema.formats import FORMATS
from qunju.source.place import Place, is_private
from qunju.source.shape import ANY, Shape

FILES = ("cluster", "proposer", "plan", "canvas", "assessment", "schedule", "budget", "documents", "progress")
"""The files of which a proposal has one each; beside them stands one `member` file for each company."""

MEMBER = "member"
PRIVATE_FILES = ("proposer", MEMBER, "documents", "progress")
"""The files that have a twin for personal data under private/."""

HANDED_IN = frozenset({None, "draft", "submission"})
"""The stages at which the fields of a proposal that is handed in are due."""


class ConfigurationError(Exception):
    """The repository's own schemas or programme data are broken; not a fault of a proposal."""


class Validator(Protocol):
    """The part of jsonschema-rs that is used."""

    def is_valid(self, instance: Any, /) -> bool: ...
    def iter_errors(self, instance: Any, /) -> Any: ...


@dataclass(frozen=True)
class FileSchema:
    """The schema of one kind of file."""

    name: str
    private: bool
    json: Json

    @cached_property
    def shape(self) -> Shape:
        """What the reader types scalars by."""
        return _shape(self.json, self.json)

    @cached_property
    def validator(self) -> Validator:
        """The fast judge: it says whether a document is well formed."""
        validator: Validator = jsonschema_rs.validator_for(
            dict(self.json), validate_formats=True, formats=dict(FORMATS)
        )
        return validator

    @cached_property
    def fields(self) -> tuple[FieldSchema, ...]:
        """Every field, outer before inner."""
        return tuple(fields_of(self.json))

    @cached_property
    def later(self) -> tuple[FieldSchema, ...]:
        """The fields that are filled in after a proposal was handed in."""
        return tuple(field for field in self.fields if field.due not in HANDED_IN)

    @cached_property
    def references(self) -> tuple[FieldSchema, ...]:
        """The fields whose value names something else: an identifier or a file."""
        return tuple(field for field in self.fields if "x-ref" in field.schema or "x-file" in field.schema)


@dataclass(frozen=True, eq=False)
class Form:
    """Every schema of the proposal format: what is committed, and what stays under private/."""

    committed: Mapping[str, FileSchema]
    private: Mapping[str, FileSchema]

    def schema(self, name: str, *, private: bool) -> FileSchema:
        """Return the schema of a kind of file."""
        return (self.private if private else self.committed)[name]

    @cached_property
    def demands(self) -> Mapping[str, tuple[tuple[FileSchema, FieldSchema], ...]]:
        """For each clause, the fields that it wants filled in."""
        found: dict[str, list[tuple[FileSchema, FieldSchema]]] = {}
        for schema in (*self.committed.values(), *self.private.values()):
            for field in schema.fields:
                for clause in field.clauses:
                    found.setdefault(clause, []).append((schema, field))
        return {clause: tuple(fields) for clause, fields in found.items()}

    @cached_property
    def vocabularies(self) -> Mapping[str, tuple[tuple[FileSchema, FieldSchema], ...]]:
        """For each clause, the fields whose words it judges."""
        found: dict[str, list[tuple[FileSchema, FieldSchema]]] = {}
        for schema in (*self.committed.values(), *self.private.values()):
            for field in schema.fields:
                if "x-vocabulary" in field.schema:
                    found.setdefault(field.schema["x-vocabulary"]["clause"], []).append((schema, field))
        return {clause: tuple(fields) for clause, fields in found.items()}

    def label(self, place: Place) -> str:
        """Return the form's words for a field at a place; for a whole file, its name."""
        label = place.path.rpartition("/")[2]
        for field in self.way(place):
            label = str(field.schema.get("title", label))
        return label

    def field(self, place: Place) -> FieldSchema | None:
        """Return the field that stands at a place, or None where a file of that kind has none there."""
        way = list(self.way(place))
        return way[-1] if way and len(way) == len(place.pointer) else None

    def title(self, path: str) -> str:
        """Return what a file of a proposal is called on the form."""
        return str(self.schema_of(path).json.get("title", path.rpartition("/")[2]))

    def way(self, place: Place) -> Iterator[FieldSchema]:
        """Yield the fields on the way to a place, outermost first, as far as the schema knows them."""
        root = self.schema_of(place.path).json
        here: Json = root
        path: tuple[str, ...] = ()
        for key in place.pointer:
            below = child_of(here, key, root)
            if below is None:
                return
            path = (*path, str(key) if key in here.get("properties", {}) else EACH)
            yield FieldSchema(path, below)
            here = below

    def schema_of(self, path: str) -> FileSchema:
        """Return the schema of a file of a proposal."""
        *folders, name = path.split("/")
        kind = MEMBER if len(folders) > 3 and folders[-1] == "members" else name.removesuffix(".yml")
        return self.schema(kind, private=is_private(path))


def load_form(folder: Path) -> Form:
    """Read the schemas of a repository; raise `ConfigurationError` where one is missing or broken."""
    return Form(
        committed={name: _load(folder / f"{name}.schema.json", name, private=False) for name in (*FILES, MEMBER)},
        private={name: _load(folder / "private" / f"{name}.schema.json", name, private=True) for name in PRIVATE_FILES},
    )


def _load(path: Path, name: str, *, private: bool) -> FileSchema:
    try:
        return FileSchema(name, private, json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"無法讀取結構定義 {path}：{error}") from error


def _shape(schema: Json, root: Json) -> Shape:
    schema = resolve(schema, root)
    kind = schema.get("type", "any")
    if kind == "object":
        others = next(iter(schema.get("patternProperties", {}).values()), schema.get("additionalProperties"))
        return Shape(
            "object",
            properties={name: _shape(child, root) for name, child in schema.get("properties", {}).items()},
            others=_shape(others, root) if isinstance(others, Mapping) else None,
        )
    if kind == "array":
        return Shape("array", items=_shape(schema.get("items", {}), root))
    return Shape(kind) if kind in ("string", "integer", "number", "boolean") else ANY
