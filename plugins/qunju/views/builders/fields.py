"""The schemas to the field reference: every property with what it asks for, who sees it and who demands it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from qunju.regulation.programme import Programme
from qunju.schema.annotation import EACH, FieldSchema, Json, children_of, resolve
from qunju.schema.form import FILES, MEMBER, FileSchema, Form
from qunju.schema.legend import Legend
from qunju.views.common import Link
from qunju.views.reference import Choice, FieldIndex, FieldNote, FieldSection, FileNote, FilePage

FIRST: Final = ("cluster", "proposer", MEMBER)
PAGES: Final = (*FIRST, *(name for name in FILES if name not in FIRST))
"""The files in the order in which one writes them."""

_HANDBOOK = "使用手冊"
_KINDS = {"string": "文字", "integer": "整數", "number": "數字", "boolean": "true 或 false"}


def field_index(form: Form, programme: Programme) -> FieldIndex:
    """Return the page that leads to each file."""
    return FieldIndex(programme.year, (Link(_HANDBOOK, "../"),), tuple(_file_note(name, form) for name in PAGES))


def file_page(name: str, form: Form, programme: Programme) -> FilePage:
    """Return the page of one file, its twin under private/ included."""
    schema, twin = form.committed[name], form.private.get(name)
    return FilePage(
        name=_file_name(schema),
        title=schema.json["title"],
        about=_about(schema),
        trail=(Link(_HANDBOOK, "../../"), Link("欄位對照", "../")),
        files=tuple(Link(form.committed[other].json["title"], f"../{other}/") for other in PAGES),
        sections=tuple(_sections(schema, Legend.of(schema, form, programme))),
        personal_name=_file_name(twin) if twin else "",
        personal_about=_about(twin) if twin else "",
        personal=tuple(_sections(twin, Legend.of(twin, form, programme))) if twin else (),
    )


def anchor_of(field: FieldSchema, *, private: bool) -> str:
    """Return where a field stands on the page of its file: `summary.goal`, `private.staff.name`."""
    return ".".join((*(["private"] if private else []), *(key for key in field.path if key != EACH), *_each(field)))


def _each(field: FieldSchema) -> list[str]:
    """Return what tells an element of a list from the list."""
    return ["each"] if field.path[-1] == EACH else []


def _file_note(name: str, form: Form) -> FileNote:
    schema, twin = form.committed[name], form.private.get(name)
    count = len(schema.fields) + (len(twin.fields) if twin else 0)
    page = Link(_file_name(schema), f"{name}/")
    return FileNote(page, schema.json["title"], _about(schema), count, twin is not None)


def _file_name(schema: FileSchema) -> str:
    name = "members/<識別字>.yml" if schema.name == MEMBER else f"{schema.name}.yml"
    return f"private/{name}" if schema.private else name


def _about(schema: FileSchema) -> str:
    """Return what a file is for; its name stands beside it and need not open the sentence."""
    return str(schema.json["description"]).removeprefix(f"{_file_name(schema)}：")


def _sections(schema: FileSchema, legend: Legend) -> Iterator[FieldSection]:
    """Cut a file into its plain fields, which come first, and one section for each key that holds others."""
    groups = {field.path[:end] for field in schema.fields for end in range(1, len(field.path))}
    top: list[FieldNote] = []
    sections: list[FieldSection] = []
    for _, fields in groupby(schema.fields, key=lambda field: field.path[0]):
        head, *below = [_note(field, schema, legend, group=field.path in groups) for field in fields]
        if below:
            sections.append(FieldSection(head.anchor, head.title, tuple(below), head))
        else:
            top.append(head)
    if top:
        yield FieldSection("private.top" if schema.private else "top", "最上層的欄位", tuple(top))
    yield from sections


def _note(field: FieldSchema, schema: FileSchema, legend: Legend, *, group: bool) -> FieldNote:
    choices = tuple(Choice(choice.value, choice.meaning) for choice in legend.choices(field.schema))
    return FieldNote(
        anchor=anchor_of(field, private=schema.private),
        keys=_keys(field.path, schema.json),
        title=field.title,
        about=field.schema.get("description", ""),
        kind=_kind(field.schema, schema.json, legend),
        depth=sum(key != EACH for key in field.path) - 1,
        group=group,
        visibility=field.schema.get("x-visibility", ""),
        visibility_text=legend.visibility(field),
        demand=legend.demand(field),
        clauses=tuple(_clause_link(words, legend) for words in legend.clauses(field)),
        examples=() if choices else tuple(_example(value) for value in field.schema.get("examples", ())),
        choices=choices,
    )


def _keys(path: tuple[str, ...], root: Json) -> str:
    """Return the keys as they are written one below the other: `staff.<識別字>.duty`, `gov_history[].year`."""
    text, here = "", root
    for key in path:
        if key != EACH:
            text += f".{key}" if text else key
        elif here["type"] == "array":
            text += "[]"
        else:
            text += ".<項目代號>" if "patternProperties" in here else ".<識別字>"
        here = dict(children_of(here, root))[key]
    return text


def _kind(schema: Json, root: Json, legend: Legend) -> str:
    kind = schema["type"]
    if kind == "array":
        items = resolve(schema["items"], root)
        return "清單，一筆一組欄位" if items["type"] == "object" else f"清單，一行一個{_kind(items, root, legend)}"
    if kind == "object":
        keyed = "patternProperties" in schema or isinstance(schema.get("additionalProperties"), dict)
        return "一筆一個識別字，底下一組欄位" if keyed else "一組欄位"
    if "x-markdown" in schema:
        return "長文，可用 Markdown"
    if schema.get("format") == "date":
        return "日期，西元年-月-日"
    if "x-file" in schema:
        return "檔案路徑"
    if "x-ref" in schema:
        return "識別字"
    return "選項" if legend.choices(schema) else _KINDS[kind]


def _clause_link(words: str, legend: Legend) -> Link:
    """Return the way to a clause; one that the year does not have leads nowhere."""
    name = words.partition(" ")[0]
    return Link(words, f"../../rules/{name.lower()}/" if name in legend.year.clauses else "")


def chapter_of(clause: str) -> str:
    """Return the chapter of a clause: MEM for MEM-07."""
    return clause.partition("-")[0]


def _example(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "、".join(_example(item) for item in value)
    if isinstance(value, dict):
        return "，".join(f"{key}: {_example(item)}" for key, item in value.items())
    return str(value)
