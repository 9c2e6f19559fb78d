"""The schemas that editors use: the structure of the format together with the words of one year.

They are plain JSON Schema with the few additions that yaml-language-server understands: `markdownDescription` for what
it shows on hover, `enumDescriptions` for what a choice means, `defaultSnippets` for a whole item. Since an empty value
is a field not filled in, they allow null wherever a field may be left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import PurePosixPath
from typing import Any, Final

from qunju.schema.annotation import EACH, FieldSchema, Json, resolve
from qunju.schema.form import FileSchema, Form
from qunju.schema.legend import ITEM_TABLES, Choice, Legend, Year, vocabulary_of

EDITOR: Final = "editor"
"""The folder, beside a year's programme.yml, that holds its composed schemas."""

_LABELLED: Final = frozenset({"allocations", "accounts"})
"""Vocabularies whose words may carry a label of one's own after a slash: 其他/標籤."""

SHORT: Final = 4
"""An element of no more fields than this is shown with all of them, a longer one with those that are demanded."""

_HEAD: Final = frozenset({"$schema", "$id", "$defs", "title", "description", "type", "enum", "examples"})
"""Keywords that do not pass over as they are."""


def editor_files(form: Form, year: Year) -> Iterator[tuple[PurePosixPath, str]]:
    """Yield path (from the editor folder) and text of every composed schema."""
    for schema in (*form.committed.values(), *form.private.values()):
        composed = _Composer(schema.json, Legend.of(schema, form, year)).document()
        yield editor_path(schema), json.dumps(composed, ensure_ascii=False, indent=2) + "\n"


def editor_path(schema: FileSchema) -> PurePosixPath:
    """Return where a file's composed schema stands, from the editor folder."""
    return PurePosixPath("private" if schema.private else "", f"{schema.name}.schema.json")


class _Composer:
    """One file's schema being composed."""

    def __init__(self, root: Json, legend: Legend) -> None:
        self._root = root
        self._legend = legend
        self._definitions: dict[str, Any] = {}

    def document(self) -> dict[str, Any]:
        root, year = self._root, self._legend.year
        for name, definition in root.get("$defs", {}).items():
            self._definitions[name] = self._node(definition, (), optional=False) | self._snippets(definition)
        body = self._node(root, (), optional=False)
        head = {
            "$schema": root["$schema"],
            "$id": root["$id"].replace(":schema:", f":editor:{year.year}:"),
            "title": f"{root['title']}（{year.year} 年度）",
        }
        definitions = {"$defs": self._definitions} if self._definitions else {}
        return head | {key: value for key, value in body.items() if key not in head} | definitions

    def _node(self, schema: Json, path: tuple[str, ...], *, optional: bool) -> dict[str, Any]:
        if "$ref" in schema:
            return dict(schema)
        choices = self._legend.choices(schema)
        composed = self._head(FieldSchema(path, schema), choices)
        composed["type"] = [schema["type"], "null"] if optional else schema["type"]
        if schema["type"] == "string" and choices:
            composed |= _choose(choices, labelled=vocabulary_of(schema) in _LABELLED, optional=optional)
        elif "examples" in schema:
            composed["examples"] = schema["examples"]
        for key, value in schema.items():
            if key not in _HEAD and not key.startswith("x-"):
                composed[key] = self._keyword(key, value, schema, path)
        if "propertyNames" in schema:
            composed |= self._entry(schema)
        return self._with_items(composed, choices) if "patternProperties" in schema and choices else composed

    def _head(self, field: FieldSchema, choices: tuple[Choice, ...]) -> dict[str, Any]:
        legend, schema = self._legend, field.schema
        head = {key: schema[key] for key in ("title", "description") if key in schema}
        facts = {
            "必填": legend.demand(field),
            "公開與否": legend.visibility(field),
            "依據": "、".join(legend.clauses(field)),
        }
        lines = [f"- **{name}**：{words}" for name, words in facts.items() if words]
        if vocabulary_of(schema) in _LABELLED:
            # The choices of an enum are listed on hover without our doing, those of a pattern are not.
            lines.extend(f"- `{choice.value}`：{choice.meaning or choice.value}" for choice in choices)
        if lines:
            told = [schema["description"]] if "description" in schema else []
            head["markdownDescription"] = "\n\n".join([*told, "\n".join(lines)])
        return head

    def _keyword(self, key: str, value: Any, schema: Json, path: tuple[str, ...]) -> Any:
        if key == "properties":
            required = schema.get("required", ())
            return {
                name: self._node(child, (*path, name), optional=name not in required) for name, child in value.items()
            }
        if key == "patternProperties":
            return {pattern: self._entry_of(child, path) for pattern, child in value.items()}
        if key == "additionalProperties" and isinstance(value, Mapping):
            return self._entry_of(value, path)
        if key == "items":
            return self._element(value, path, optional=False)
        return value

    def _entry_of(self, schema: Json, path: tuple[str, ...]) -> dict[str, Any]:
        """Compose an entry of a keyed mapping; a group of fields may be empty as yet, as the reader takes it."""
        return self._element(schema, path, optional=schema.get("type") == "object")

    def _element(self, schema: Json, path: tuple[str, ...], *, optional: bool) -> dict[str, Any]:
        """Compose an element of a list or a keyed mapping; a whole one can be inserted at a stroke."""
        composed = self._node(schema, (*path, EACH), optional=optional)
        return composed if "$ref" in schema else composed | self._snippets(schema)

    def _with_items(self, composed: dict[str, Any], choices: tuple[Choice, ...]) -> dict[str, Any]:
        """Spell out the year's self-assessment items, each with its name, in place of the pattern of their ids."""
        (self._definitions["item"],) = composed.pop("patternProperties").values()
        items = {
            choice.value: {
                "title": f"{choice.value} {choice.meaning}",
                "description": item_hint(choice.value, self._legend.year),
                "$ref": "#/$defs/item",
            }
            for choice in choices
        }
        return composed | {"properties": {**composed.get("properties", {}), **items}}

    def _entry(self, schema: Json) -> dict[str, Any]:
        """Return what inserts an entry of a keyed mapping, under an identifier that is given as an example."""
        snippets = self._snippets(schema["additionalProperties"]).get("defaultSnippets", ())
        key = schema["propertyNames"].get("examples", ("",))[-1]
        whole = [
            entry | {"label": f"{key}: {entry['label']}", "body": {key: entry["body"]}} for entry in snippets if key
        ]
        return {"defaultSnippets": whole} if whole else {}

    def _snippets(self, schema: Json) -> dict[str, Any]:
        """Return what inserts a whole element: the fields that are demanded of it, or all of them."""
        if schema["type"] != "object" or not schema.get("properties"):
            return {}
        body = _body(schema, self._root, count(1))
        return {"defaultSnippets": [{"label": schema["title"], "description": schema["description"], "body": body}]}


def item_hint(name: str, year: Year) -> str:
    """Return what a self-assessment item asks for, by its id."""
    entry = next(year.facts[table][name] for table in ITEM_TABLES if name in year.facts[table])
    asked = f"，有的話寫{entry['detail']}" if "detail" in entry else ""
    return f"{entry['name']}{asked}"


def _choose(choices: tuple[Choice, ...], *, labelled: bool, optional: bool) -> dict[str, Any]:
    values: list[str | None] = [choice.value for choice in choices]
    meanings = [choice.meaning or choice.value for choice in choices]
    if labelled:
        stems = "|".join(re.escape(choice.value) for choice in choices)
        return {
            "pattern": f"^({stems})(/[^/]+)?$",
            "patternErrorMessage": f"可填的有：{'、'.join(choice.value for choice in choices)}。",
            "defaultSnippets": [
                {"label": value, "description": meaning, "body": value}
                for value, meaning in zip(values, meanings, strict=True)
            ],
        }
    if optional:
        values.append(None)
        meanings.append("還沒填寫，留空即可")
    return {"enum": values, "enumDescriptions": meanings}


def _body(schema: Json, root: Json, stops: Iterator[int]) -> Any:
    if schema["type"] == "array":
        return [_body(resolve(schema["items"], root), root, stops)]
    if schema["type"] != "object":
        return f"${next(stops)}"
    properties = {name: resolve(child, root) for name, child in schema.get("properties", {}).items()}
    needed = {
        name: child
        for name, child in properties.items()
        if name in schema.get("required", ()) or ("x-due" in child and "x-when" not in child)
    }
    written = needed if needed and len(properties) > SHORT else properties
    return {name: _body(child, root, stops) for name, child in written.items()}
