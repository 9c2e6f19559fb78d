"""The catalogue of 111 年度: which clauses there are, how many of them are decided, and by what each is proven."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from tests.repository import ROOT, library

from qunju.cli import main
from qunju.regulation.clause import Clause
from qunju.regulation.situation import load_situations

CHAPTERS = {
    "PRP": 18,
    "CLS": 9,
    "MEM": 21,
    "WRK": 12,
    "KPI": 14,
    "SCH": 10,
    "EVD": 12,
    "BUD": 28,
    "MAN": 8,
    "DOC": 20,
    "SUB": 12,
    "TXT": 24,
    "SLF": 19,
    "STG": 4,
    "SCR": 6,
    "PDP": 10,
    "OBL": 6,
    "XRF": 12,
    "FMT": 7,
}
"""How many clauses each chapter has, numbered from 01 without a gap."""

LEAST_AUTOMATED = 160
LEAST_JUDGED = 240


def clauses() -> dict[str, Clause]:
    return library().rulebooks["111"].programme.clauses


def test_the_year_has_the_clauses_of_the_regulation() -> None:
    expected = {f"{chapter}-{number:02}" for chapter, count in CHAPTERS.items() for number in range(1, count + 1)}
    assert set(clauses()) == expected
    assert len(expected) == 252


def test_the_chapters_are_named_in_their_order() -> None:
    assert list(library().rulebooks["111"].programme.facts["chapters"]) == list(CHAPTERS)


def test_most_clauses_are_decided_by_the_data() -> None:
    counts = Counter(clause.check for clause in clauses().values())
    assert counts["automated"] >= LEAST_AUTOMATED
    assert counts["automated"] + counts["computed"] + counts["declared"] >= LEAST_JUDGED


def test_the_command_lists_every_clause(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    known = Counter(name for rulebook in library().rulebooks.values() for name in rulebook.programme.clauses)
    assert Counter(entry["id"] for entry in listed) == known


def test_no_situation_is_of_a_clause_that_there_is_not() -> None:
    assert set(load_situations(ROOT)) <= set(clauses())


def test_no_situation_is_told_twice() -> None:
    for rule, situations in load_situations(ROOT).items():
        texts = Counter(situation.text for situation in situations)
        assert not [text for text, count in texts.items() if count > 1], rule
