"""What the reference pages of the handbook show: the fields of the format and the clauses of the latest year."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass

from qunju.check.rulebook import Library, Rulebook
from qunju.regulation.situation import Situation
from qunju.views.articles import ArticlesPage, DecisionsPage
from qunju.views.builders.articles import articles_page
from qunju.views.builders.decisions import decisions_page
from qunju.views.builders.fields import PAGES, field_index, file_page
from qunju.views.builders.printing import Source
from qunju.views.builders.rule import Proof, rule_page
from qunju.views.builders.rules import chapter_page, chapters, rule_index
from qunju.views.reference import ChapterPage, FieldIndex, FilePage, RuleIndex, RulePage


@dataclass(frozen=True, slots=True)
class Reference:
    """The pages; those of files, chapters and clauses by the name that their address ends in."""

    fields: FieldIndex
    files: Mapping[str, FilePage]
    articles: ArticlesPage
    decisions: DecisionsPage
    rules: RuleIndex
    chapters: Mapping[str, ChapterPage]
    clauses: Mapping[str, RulePage]


def reference(library: Library, situations: Mapping[str, tuple[Situation, ...]]) -> Reference:
    """Return the reference of the latest year; raise `ConfigurationError` where a clause cannot be explained."""
    rulebook = library.rulebooks[max(library.rulebooks)]
    proof = proof_of(library, rulebook, situations)
    programme = rulebook.programme
    return Reference(
        fields=field_index(programme.form, programme),
        files={name: file_page(name, programme.form, programme) for name in PAGES},
        articles=articles_page(programme, proof.source, situations),
        decisions=decisions_page(programme),
        rules=rule_index(programme),
        chapters={key.lower(): chapter_page(key, programme, situations) for key in chapters(programme)},
        clauses={clause.id.lower(): rule_page(clause, proof) for clause in programme.clauses.values()},
    )


def proof_of(library: Library, rulebook: Rulebook, situations: Mapping[str, tuple[Situation, ...]]) -> Proof:
    """Return what the pages of a year's clauses are made of."""
    return Proof(
        programme=rulebook.programme,
        years=tuple(library.rulebooks[year].programme for year in sorted(library.rulebooks)),
        source=Source(rulebook.programme.text),
        documented=_docstrings(rulebook),
        situations=situations,
    )


def _docstrings(rulebook: Rulebook) -> dict[str, str]:
    """Return the docstring of each clause's formula."""
    pairs = (*rulebook.cluster_rules, *rulebook.portfolio_rules)
    return {clause.id: inspect.getdoc(formula) or "" for clause, formula in pairs if formula is not None}
