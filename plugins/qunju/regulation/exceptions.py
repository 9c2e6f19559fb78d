"""A demand that holds but for the exceptions found: one known exception fails it, an unknown one leaves it open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from qunju.model.record import Missing, Unsound
from qunju.regulation.clause import Clause
from qunju.regulation.verdict import Note, Quantity, Verdict
from qunju.source.place import Place

Fault: TypeAlias = tuple[str, Place]
"""An exception in a few words, and where it is mended."""

SHOWN = 4


def in_words(faults: Sequence[Fault]) -> str:
    """Return the first of the exceptions, as a message lists them."""
    more = f"；另有 {len(faults) - SHOWN} 處" if len(faults) > SHOWN else ""
    return "；".join(words for words, _ in faults[:SHOWN]) + more


def without_exception(
    clause: Clause,
    faults: Sequence[Fault],
    unknown: Sequence[Missing | Unsound] = (),
    *,
    passed: str = "符合。",
    notes: Iterable[Note] = (),
    at_key: bool = False,
    sensitive: bool = False,
) -> Verdict:
    """Return the verdict on a demand of which these exceptions were found, and of which these could not be told."""
    if faults:
        measured = Quantity(len(faults), "處", f"{len(faults)} 處不符")
        return clause.fails(
            f"{clause.title}：{in_words(faults)}。",
            *(place for _, place in faults),
            measured=measured,
            notes=notes,
            at_key=at_key,
            sensitive=sensitive,
        )
    return clause.unknown(*unknown) if unknown else clause.passes(f"{clause.title}：{passed}", notes=notes)
