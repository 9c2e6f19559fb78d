"""What the reference pages of the handbook show: the fields of the format and the clauses of the latest year."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass

from qunju.check.rulebook import Rulebook
from qunju.views.builders.fields import PAGES, field_index, file_page
from qunju.views.builders.rules import chapter_page, chapters, rule_index
from qunju.views.reference import ChapterPage, FieldIndex, FilePage, RuleIndex


@dataclass(frozen=True, slots=True)
class Reference:
    """The pages; those of files and chapters by the name that their address ends in."""

    fields: FieldIndex
    files: Mapping[str, FilePage]
    rules: RuleIndex
    chapters: Mapping[str, ChapterPage]


def reference(rulebook: Rulebook) -> Reference:
    """Return the reference of a year; raise `ConfigurationError` where a clause cannot be explained in full."""
    programme, summaries = rulebook.programme, _summaries(rulebook)
    return Reference(
        fields=field_index(programme.form, programme),
        files={name: file_page(name, programme.form, programme) for name in PAGES},
        rules=rule_index(programme),
        chapters={key.lower(): chapter_page(key, programme, summaries) for key in chapters(programme)},
    )


def _summaries(rulebook: Rulebook) -> dict[str, str]:
    """Return, by clause, the first line of its formula's docstring."""
    pairs = (*rulebook.cluster_rules, *rulebook.portfolio_rules)
    documented = ((clause, inspect.getdoc(formula) or "") for clause, formula in pairs if formula is not None)
    return {clause.id: text.partition("\n")[0] for clause, text in documented}
