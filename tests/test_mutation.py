"""Every field of the demonstration proposals is changed in turn: each change is noticed, or excused with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from tests.mutation import NOTICED, Bench, Change, Mutation, kinds
from tests.repository import DEMONSTRATIONS

REASONS = Path(__file__).with_name("mutation.yml")


class Excuse(NamedTuple):
    """Why changes of one sort of field bring no finding there: `pattern` is its path, `*` for any part of it."""

    pattern: str
    changes: tuple[Change, ...]
    why: str

    def covers(self, mutation: Mutation) -> bool:
        """Tell whether it speaks of a change."""
        return mutation.change in self.changes and fnmatchcase(mutation.field, self.pattern)


@cache
def excuses() -> tuple[Excuse, ...]:
    return tuple(_excuses())


def _excuses() -> Iterator[Excuse]:
    for entry in yaml.safe_load(REASONS.read_text(encoding="utf-8")):
        for pattern in entry["fields"]:
            changes = tuple(Change(name) for name in entry["changes"])
            yield Excuse(pattern, changes, entry["why"])


@pytest.mark.slow
@pytest.mark.parametrize(("base", "kind"), list(product(DEMONSTRATIONS, kinds())))
def test_each_change_is_noticed_or_excused(base: str, kind: str) -> None:
    unnoticed = [one for one in Bench(base).mutations(kind) if one.outcome not in NOTICED]
    unexcused = [one for one in unnoticed if not any(excuse.covers(one) for excuse in excuses())]
    assert [_told(one) for one in unexcused] == []


@pytest.mark.slow
def test_each_excuse_is_needed() -> None:
    benches = [Bench(base) for base in DEMONSTRATIONS]
    idle = [excuse for excuse in excuses() if not any(_is_needed(excuse, bench) for bench in benches)]
    assert [f"{excuse.pattern}: {excuse.why}" for excuse in idle] == []


def _is_needed(excuse: Excuse, bench: Bench) -> bool:
    kind = excuse.pattern.partition(".")[0]

    def concerns(field: str, change: Change) -> bool:
        return change in excuse.changes and fnmatchcase(field, excuse.pattern)

    return any(mutation.outcome not in NOTICED for mutation in bench.mutations(kind, concerns))


def _told(mutation: Mutation) -> str:
    asked = "，要求填寫" if mutation.demanded else ""
    return f"{mutation.field} {mutation.change} {mutation.outcome} {mutation.pointer} {mutation.rules}{asked}"
