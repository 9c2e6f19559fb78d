"""A year's clauses with the functions that decide them."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from qunju.regulation.clause import Clause
from qunju.regulation.programme import Programme, list_programmes, load_programme
from qunju.regulation.verdict import Verdict
from qunju.schema.form import ConfigurationError, Form, load_form

Formula: TypeAlias = Callable[..., Verdict]

SCHEMA = "schema"
PROGRAMMES = "programmes"


@dataclass(frozen=True)
class Rulebook:
    """One programme year, ready to judge: the clauses over one cluster, and those over all of them."""

    programme: Programme
    cluster_rules: tuple[tuple[Clause, Formula | None], ...]
    portfolio_rules: tuple[tuple[Clause, Formula], ...]


@dataclass(frozen=True)
class Library:
    """All that a check needs to know before it reads a proposal: the form, and a rulebook for each year."""

    form: Form
    rulebooks: dict[str, Rulebook]

    @property
    def latest(self) -> Rulebook:
        """The latest year, of those whose proposals are checked where there are any."""
        return max(self.rulebooks.values(), key=lambda book: (not book.programme.archived, book.programme.year))


def load_library(root: Path) -> Library:
    """Read schemas and programme years of a repository; raise `ConfigurationError` where they are broken."""
    folder = root / SCHEMA
    years = list_programmes(folder / PROGRAMMES)
    if not years:
        raise ConfigurationError(f"找不到任何年度的規範（{folder / PROGRAMMES}）。")
    form = load_form(folder)
    return Library(form, {year: _rulebook(load_programme(folder / PROGRAMMES / year, form)) for year in years})


def resolve(name: str) -> Formula:
    """Return the function that a clause names, `module.function` in qunju.rules."""
    module, _, function = name.partition(".")
    try:
        formula: Any = getattr(importlib.import_module(f"qunju.rules.{module}"), function)
    except (ImportError, AttributeError) as error:
        raise ConfigurationError(f"找不到判定函式 {name}。") from error
    return formula  # type: ignore[no-any-return]  # what a module holds under a name has no static type


def _rulebook(programme: Programme) -> Rulebook:
    cluster: list[tuple[Clause, Formula | None]] = []
    portfolio: list[tuple[Clause, Formula]] = []
    for clause in programme.clauses.values():
        formula = resolve(clause.formula) if clause.formula else None
        if clause.scope == "portfolio" and formula is not None:
            portfolio.append((clause, formula))
        else:
            cluster.append((clause, formula))
    return Rulebook(programme, tuple(cluster), tuple(portfolio))
