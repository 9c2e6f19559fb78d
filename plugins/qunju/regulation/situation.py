"""Named situations: a demonstration proposal with one change, and the verdict that a clause gives it.

They are the tests of the clauses (tests/cases/), and the examples that the rules' pages show: what is published cannot
be other than what is tested.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from qunju.regulation.verdict import Level, Reason, Status
from qunju.schema.form import ConfigurationError
from qunju.source.fault import Unreadable
from qunju.source.reader import read
from qunju.source.shape import ANY
from qunju.source.text import decode

CASES = Path("tests", "cases")
BASES = Path("tests", "bases.yml")
"""Where a repository keeps them, and the list of the proposals that they start from."""

_MERGE: Final = "<<"


@dataclass(frozen=True, slots=True)
class Situation:
    """One situation of a clause. `change` holds fields by the form's naming, None where a field is taken away.

    `base` is the category of the demonstration proposal that it starts from. `copies` are companies added like one
    that is there, `append` is text at the end of files, `others` are proposals beside it, `flags` other readings of the
    year, `fields` what is added to the schemas, `tracked` private files that git holds. One that is `sealed` records
    the digest of what is handed in before the change.
    """

    rule: str
    text: str
    base: str
    status: Status
    severity: Level | None = None
    reason: Reason | None = None
    measured: Any = None
    gap: Any = None
    change: Mapping[str, Any] = field(default_factory=dict)
    copies: Mapping[str, int] = field(default_factory=dict)
    append: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    flags: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    tracked: tuple[str, ...] = ()
    private: bool = False
    sealed: bool = False


def load_situations(root: Path) -> dict[str, tuple[Situation, ...]]:
    """Return a repository's situations by clause, in the order they are written; none where it has no tests."""
    found: dict[str, list[Situation]] = {}
    for path in sorted((root / CASES).glob("*.yml")):
        try:
            chapter, _ = read(decode(path.read_bytes()), ANY)
            for entry in _entries(chapter):
                situation = _situation(entry)
                found.setdefault(situation.rule, []).append(situation)
        except (OSError, Unreadable, KeyError, TypeError, ValueError) as error:
            raise ConfigurationError(f"無法讀取情境 {path.name}：{error}") from error
    return {rule: tuple(situations) for rule, situations in found.items()}


def load_bases(root: Path) -> dict[str, str]:
    """Return the demonstration proposals by the name that situations use; none where a repository has no tests."""
    try:
        bases, _ = read(decode((root / BASES).read_bytes()), ANY)
    except FileNotFoundError:
        return {}
    except (OSError, Unreadable) as error:
        raise ConfigurationError(f"無法讀取 {BASES}：{error}") from error
    return {name: str(proposal) for name, proposal in bases.items()}


def _entries(chapter: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"base": chapter["base"], **_merged(entry)} for entry in chapter["cases"]]


def _merged(value: Any) -> Any:
    """Put in what a merge key (<<) names, which the reader of proposals leaves as it stands."""
    if isinstance(value, list):
        return [_merged(item) for item in value]
    if not isinstance(value, dict):
        return value
    named = value.get(_MERGE, ())
    below = {
        key: item for mapping in (named if isinstance(named, list) else [named]) for key, item in dict(mapping).items()
    }
    return {key: _merged(item) for key, item in {**below, **value}.items() if key != _MERGE}


def _situation(entry: Mapping[str, Any]) -> Situation:
    return Situation(
        rule=entry["rule"],
        text=entry["situation"],
        base=entry["base"],
        status=Status(entry["status"]),
        severity=Level(entry["severity"]) if entry.get("severity") else None,
        reason=Reason(entry["reason"]) if entry.get("reason") else None,
        measured=entry.get("measured"),
        gap=entry.get("gap"),
        change=entry.get("change") or {},
        copies=entry.get("copies") or {},
        append=entry.get("append") or {},
        others=entry.get("others") or {},
        flags=entry.get("flags") or {},
        fields=entry.get("fields") or {},
        tracked=tuple(entry.get("tracked") or ()),
        private=entry.get("private", False),
        sealed=entry.get("sealed", False),
    )
