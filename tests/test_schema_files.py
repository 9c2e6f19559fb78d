"""The schemas themselves: standard, strict, explained in Chinese, and true to the programme year."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from tests.nodejs import modules, node
from tests.repository import ROOT, library

from qunju.check.dossier import EXTERNAL_LECTURER
from qunju.cli import main
from qunju.regulation.programme import Programme
from qunju.schema.annotation import FieldSchema, Json, is_leaf
from qunju.schema.form import FileSchema
from qunju.schema.legend import Legend, conditions_of

SCHEMAS = sorted((ROOT / "schema").glob("*.schema.json")) + sorted((ROOT / "schema/private").glob("*.schema.json"))
PROGRAMME_SCHEMAS = sorted((ROOT / "schema/programmes").glob("*.schema.json"))
EDITOR_SCHEMAS = sorted((ROOT / "schema/programmes").glob("*/editor/**/*.schema.json"))
EDITOR_KEYWORDS = ("markdownDescription", "enumDescriptions", "defaultSnippets", "patternErrorMessage")

FORM = library().form
FILES = [*FORM.committed.values(), *FORM.private.values()]
YEARS = [rulebook.programme for rulebook in library().rulebooks.values()]

KEYWORDS = {
    *("$schema", "$id", "$defs", "$ref", "title", "description", "examples", "type", "enum", "pattern", "format"),
    *("minimum", "maximum", "maxLength", "minLength", "items", "minItems", "maxItems", "uniqueItems"),
    *("properties", "required", "additionalProperties", "patternProperties", "propertyNames", "maxProperties"),
    *("x-visibility", "x-due", "x-clause", "x-when", "x-empty", "x-vocabulary", "x-enum-titles", "x-ref", "x-file"),
    "x-markdown",
}
REFERENCES = {"personnel", "staff", "members", "rows", "problems", "member_items", "cluster_items", "party", "lecturer"}


def name_of(schema: FileSchema | Path) -> str:
    if isinstance(schema, Path):
        return schema.relative_to(ROOT / "schema").as_posix().removesuffix(".schema.json")
    return f"private/{schema.name}" if schema.private else schema.name


def nodes(schema: Json, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Json]]:
    """Yield every subschema with where it stands."""
    yield path, schema
    for key in ("properties", "patternProperties", "$defs"):
        for name, child in schema.get(key, {}).items():
            yield from nodes(child, (*path, name))
    for key in ("items", "additionalProperties", "propertyNames"):
        if isinstance(schema.get(key), dict):
            yield from nodes(schema[key], (*path, key))


def fields(schema: FileSchema) -> Iterator[FieldSchema]:
    """Yield the declared properties of a file."""
    yield from (field for field in schema.fields if field.path[-1] != "*")


@pytest.mark.parametrize("path", [*SCHEMAS, *PROGRAMME_SCHEMAS, *EDITOR_SCHEMAS], ids=name_of)
def test_schema_meets_the_standard(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


@pytest.mark.node
@pytest.mark.parametrize("kind", ["own", "editor"])
def test_schemas_pass_ajv_in_strict_mode(kind: str) -> None:
    paths = EDITOR_SCHEMAS if kind == "editor" else SCHEMAS
    known = " ".join(EDITOR_KEYWORDS) if kind == "editor" else ""
    env = os.environ | {"NODE_PATH": str(modules()), "QUNJU_KEYWORDS": known}
    command = [node(), str(ROOT / "tests/node/strict.cjs"), *map(str, paths)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {}


@pytest.mark.parametrize("schema", FILES, ids=name_of)
def test_schema_uses_no_other_keyword(schema: FileSchema) -> None:
    for path, node_ in nodes(schema.json):
        assert set(node_) <= KEYWORDS, path
        assert isinstance(node_.get("type", ""), str), f"{path}: a union of types"
        assert "\\d" not in node_.get("pattern", ""), f"{path}: \\d takes full-width digits too"
        assert node_.get("format", "date") == "date", path


@pytest.mark.parametrize("schema", FILES, ids=name_of)
def test_unknown_fields_are_refused_everywhere(schema: FileSchema) -> None:
    for path, node_ in nodes(schema.json):
        if node_.get("type") == "object":
            closed = node_.get("additionalProperties")
            assert closed is False or (isinstance(closed, dict) and "propertyNames" in node_), path


@pytest.mark.parametrize("schema", FILES, ids=name_of)
def test_absurd_input_is_bounded(schema: FileSchema) -> None:
    for path, node_ in nodes(schema.json):
        kind = node_.get("type")
        if kind in ("integer", "number"):
            assert {"minimum", "maximum"} <= set(node_), path
        elif kind == "string" and "enum" not in node_ and "format" not in node_:
            assert "maxLength" in node_, path
        elif kind == "array":
            assert "maxItems" in node_, path


@pytest.mark.parametrize("schema", FILES, ids=name_of)
def test_every_field_is_explained_in_chinese(schema: FileSchema) -> None:
    for field in fields(schema):
        assert field.schema.get("title"), field.path
        assert re.search("[一-鿿]", field.schema.get("description", "")), field.path
        if "x-enum-titles" in field.schema:
            assert list(field.schema["x-enum-titles"]) == field.schema["enum"], field.path


@pytest.mark.parametrize("schema", FILES, ids=name_of)
def test_every_value_says_who_may_see_it(schema: FileSchema) -> None:
    for field in fields(schema):
        if is_leaf(field, schema.json):
            said = field.schema.get("x-visibility")
            assert said in (("personal",) if schema.private else ("public", "internal")), field.path


@pytest.mark.parametrize("schema", FILES, ids=name_of)
def test_examples_are_right(schema: FileSchema) -> None:
    checker = FormatChecker(["date"])
    for path, node_ in nodes(schema.json):
        judge = Draft202012Validator({**node_, "$defs": schema.json.get("$defs", {})}, format_checker=checker)
        for example in node_.get("examples", ()):
            assert judge.is_valid(example), (path, example)
            words = node_.get("x-vocabulary", {}).get("of")
            for year in YEARS:
                assert words is None or example in year.vocabulary(words), (path, example)


@pytest.mark.parametrize("year", YEARS, ids=lambda year: str(year.year))
@pytest.mark.parametrize("schema", FILES, ids=name_of)
def test_annotations_name_what_exists(schema: FileSchema, year: Programme) -> None:
    legend = Legend.of(schema, FORM, year)
    for field in schema.fields:
        for name in clauses_of(field):
            chapter = name.partition("-")[0]
            to_come = chapter in year.facts["chapters"] and f"{chapter}-01" not in year.clauses
            assert name in year.clauses or to_come, (field.path, name)
        if "x-vocabulary" in field.schema:
            assert year.vocabulary(field.schema["x-vocabulary"]["of"]), field.path
        assert field.due is None or field.due in year.stages, field.path
        assert (field.due is None) == (not field.clauses), f"{field.path}: x-due and x-clause go together"
        assert field.schema.get("x-ref", "members") in REFERENCES, field.path
        assert field.schema.get("x-file", "media") in ("media", "evidence"), field.path
        for name, allowed in conditions_of(field).items():
            other = legend.related(name, field).schema
            words = [choice.value for choice in legend.choices(other)]
            assert not words or set(allowed) <= {*words, None, ""}, (field.path, name)


def clauses_of(field: FieldSchema) -> list[str]:
    judge: dict[str, Any] = field.schema.get("x-vocabulary", {})
    return [*field.clauses, *([judge["clause"]] if judge else [])]


def test_an_outside_lecturer_is_named_as_the_schema_says() -> None:
    (found,) = (field for field in FORM.committed["progress"].fields if field.schema.get("x-ref") == "lecturer")
    assert EXTERNAL_LECTURER in found.schema["description"]


@pytest.mark.parametrize("year", YEARS, ids=lambda year: str(year.year))
def test_editor_schemas_are_up_to_date(
    year: Programme, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["schema", str(year.year), "--check"]) == 0, capsys.readouterr().out


def test_stale_editor_schemas_are_told_and_renewed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "schema", tmp_path / "schema")
    folder = tmp_path / "schema/programmes/111/editor"
    (folder / "cluster.schema.json").write_text("{}", encoding="utf-8")
    (folder / "retired.schema.json").write_text("{}", encoding="utf-8")
    (folder / "budget.schema.json").unlink()
    monkeypatch.chdir(tmp_path)
    assert main(["schema", "111", "--check"]) == 1
    told = capsys.readouterr().out
    assert all(name in told for name in ("cluster", "retired", "budget"))
    assert main(["schema", "111"]) == 0
    assert main(["schema", "111", "--check"]) == 0
    assert main(["schema", "999"]) == 2
