"""What the reference pages of the handbook show: the fields of the format and the clauses of the latest year."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qunju.check.rehearsal import Rehearsal
from qunju.check.rulebook import Library, Rulebook
from qunju.regulation.situation import load_bases, load_situations
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


def reference(root: Path, library: Library) -> Reference:
    """Return the reference of the latest year; raise `ConfigurationError` where a clause cannot be explained."""
    proof = proof_of(root, library)
    programme = proof.programme
    return Reference(
        fields=field_index(programme.form, programme),
        files={name: file_page(name, programme.form, programme) for name in PAGES},
        articles=articles_page(programme, proof.source, proof.situations),
        decisions=decisions_page(programme),
        rules=rule_index(programme),
        chapters={key.lower(): chapter_page(key, programme, proof.situations) for key in chapters(programme)},
        clauses={clause.id.lower(): rule_page(clause, proof) for clause in programme.clauses.values()},
    )


def proof_of(root: Path, library: Library) -> Proof:
    """Return what the pages of the latest year's clauses are made of."""
    rulebook = library.rulebooks[max(library.rulebooks)]
    return Proof(
        programme=rulebook.programme,
        years=tuple(library.rulebooks[year].programme for year in sorted(library.rulebooks)),
        source=Source(rulebook.programme.text),
        documented=_docstrings(rulebook),
        situations=load_situations(root),
        play=Rehearsal(root, rulebook, load_bases(root)).verdict,
    )


def _docstrings(rulebook: Rulebook) -> dict[str, str]:
    """Return the docstring of each clause's formula."""
    pairs = (*rulebook.cluster_rules, *rulebook.portfolio_rules)
    return {clause.id: inspect.getdoc(formula) or "" for clause, formula in pairs if formula is not None}
