"""The directions in which the packages may depend on each other, and the ties between clauses and formulas."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.repository import ROOT, library

import qunju
import qunju.rules

PACKAGE = Path(qunju.__file__).parent
LAYERS = ("source", "schema", "model", "regulation", "rules", "check", "report", "views", "scaffold", "site", "cli")
"""Each may import itself and those before it."""

NOT_ALLOWED = {
    "views": {"rules", "check", "report"},  # views know what a proposal says, not how it was judged
    "scaffold": {"check", "report", "views"},
    "cli": {"site"},
}


def _modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _layer(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if parts[0] == "qunju" and len(parts) > 1 else None


@pytest.mark.parametrize("path", _modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_what_comes_before_it(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if own == "__init__":
        return
    assert own in LAYERS, f"{own} has no place in the order"
    for name in _imports(path):
        layer = _layer(name)
        if layer is not None and layer != own:
            assert LAYERS.index(layer) < LAYERS.index(own), f"{own} may not import {name}"
            assert layer not in NOT_ALLOWED.get(own, set()), f"{own} may not import {name}"


@pytest.mark.parametrize("path", _modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_outside_libraries_stay_where_they_belong(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0]
    homes = {"yaml": {"source"}, "mkdocs": {"site"}, "jsonschema": {"schema"}, "markdown": {"views"}, "nh3": {"views"}}
    for name in _imports(path):
        home = homes.get(name.split(".")[0])
        assert home is None or own in home, f"{own} imports {name}"


def test_only_the_command_line_prints() -> None:
    for path in _modules():
        calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
        prints = any(isinstance(call.func, ast.Name) and call.func.id == "print" for call in calls)
        assert not prints or path.relative_to(PACKAGE).parts[0] == "cli", path


def _named_formulas() -> set[str]:
    names: set[str] = set()
    for rulebook in library().rulebooks.values():
        for clause in rulebook.programme.clauses.values():
            if clause.formula:
                names.add(clause.formula)
            names.update(variant["formula"] for variant in clause.variants.values() if "formula" in variant)
    return names


def _public_formulas() -> Iterator[tuple[str, str]]:
    for found in pkgutil.iter_modules(qunju.rules.__path__):
        module = importlib.import_module(f"qunju.rules.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                yield found.name, name


def test_every_formula_that_a_clause_names_exists() -> None:
    public = {f"{module}.{name}" for module, name in _public_formulas()}
    assert _named_formulas() <= public


def test_no_public_function_of_the_rules_is_unused() -> None:
    """Unused means: named by no clause, and imported by no other module of the rules."""
    imported: set[str] = set()
    for path in (PACKAGE / "rules").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qunju.rules."):
                imported.update(f"{(node.module or '').rsplit('.', 1)[1]}.{alias.name}" for alias in node.names)
    unused = {f"{module}.{name}" for module, name in _public_formulas()} - _named_formulas() - imported
    assert not unused


def test_every_formula_says_what_it_computes() -> None:
    for module, name in _public_formulas():
        function = getattr(importlib.import_module(f"qunju.rules.{module}"), name)
        assert inspect.getdoc(function), f"{module}.{name}"


def test_every_quote_is_in_the_regulation() -> None:
    for rulebook in library().rulebooks.values():
        text = "".join(rulebook.programme.text.split())
        for clause in rulebook.programme.clauses.values():
            assert "".join(clause.quote.split()) in text, clause.id


def test_every_line_that_a_clause_names_begins_its_quote() -> None:
    """The quote starts on the stated line or on one that the clause names beside it."""
    for rulebook in library().rulebooks.values():
        lines = rulebook.programme.text.splitlines()
        for clause in rulebook.programme.clauses.values():
            quote = "".join(clause.quote.split())
            starts = ["".join("".join(lines[line - 1 : line + 8]).split()) for line in (clause.line, *clause.also)]
            assert any(quote in start for start in starts), clause.id


def test_files_stay_short() -> None:
    long = {
        path.name: count for path in _modules() if (count := len(path.read_text(encoding="utf-8").splitlines())) > 330
    }
    assert not long


def test_no_path_of_a_machine_is_shipped() -> None:
    for path in (*_modules(), *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "Makefile"))):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w.])/(?:work|home|root|Users)/", text), path


def test_the_lock_names_no_package_index() -> None:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert "--hash=sha256:" in text
    assert "index-url" not in text
    assert "://" not in text
