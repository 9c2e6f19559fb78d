"""What a formula looks at: the fields that it reads of a proposal, and what it says of each thing that it judges.

The formula is given a cluster whose files note each field that is read of them; a check never sees such a cluster.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, TypeAlias

from qunju.check.rulebook import Formula
from qunju.model.cluster import Cluster
from qunju.model.record import File, Missing, Record, Unsound
from qunju.regulation.clause import Clause
from qunju.regulation.tally import Answer, watched
from qunju.regulation.verdict import Verdict
from qunju.schema.annotation import ABSENT
from qunju.source.place import Place, Pointer

Note: TypeAlias = Callable[[Pointer, Any], None]


@dataclass(frozen=True)
class Trace:
    """The fields that were read by file, `ABSENT` where one is not filled in, and the answers by the thing's place.

    An answer is None where something was lacking for it. A thing may have been asked more than one question. `verdict`
    is what the formula itself said, None where something was lacking for it.
    """

    reads: Mapping[str, Mapping[Pointer, Any]]
    files: Mapping[str, File]
    answers: Mapping[Place, tuple[Answer, ...]]
    verdict: Verdict | None


@dataclass(slots=True)
class _Log:
    reads: dict[str, dict[Pointer, Any]] = field(default_factory=dict)
    answers: dict[Place, list[Answer]] = field(default_factory=dict)

    def witness(self, thing: Record, answer: Answer) -> None:
        """Note what was said of a thing; the same answer twice is one."""
        answers = self.answers.setdefault(thing.place(), [])
        if answer not in answers:
            answers.append(answer)


def trace(clause: Clause, formula: Formula, cluster: Cluster) -> Trace:
    """Have a formula judge a cluster, whatever it says, and return what it looked at."""
    log = _Log()
    files = {kind: tuple(_watched(file, log) for file in some) for kind, some in cluster.files.items()}
    verdict = None
    # What is lacking the verdict of the check says; what was read until then has been noted.
    with watched(log.witness), contextlib.suppress(Missing, Unsound):
        verdict = formula(replace(cluster, files=MappingProxyType(files)), clause)
    return Trace(
        {path: reads for path, reads in log.reads.items() if reads},
        {file.path: file for some in cluster.files.values() for file in some},
        {place: tuple(answers) for place, answers in log.answers.items()},
        verdict,
    )


def _watched(file: File, log: _Log) -> File:
    """Return a file that notes what is read of it; nothing is read of one with faults of form."""
    if not file.sound:
        return file
    reads = log.reads.setdefault(file.path, {})
    return replace(file, values=_Fields(file.values, (), reads.setdefault))


class _Fields(dict[str, Any]):
    """A mapping that notes each value read of it that is no group of fields itself, and each that is not there."""

    def __init__(self, values: Mapping[str, Any], pointer: Pointer, note: Note) -> None:
        super().__init__({key: _inside(value, (*pointer, key), note) for key, value in values.items()})
        self._pointer = pointer
        self._note = note

    def __getitem__(self, key: str) -> Any:
        return self._read(key, super().__getitem__(key))

    def __contains__(self, key: object) -> bool:
        there = super().__contains__(key)
        if not there:
            self._note((*self._pointer, str(key)), ABSENT)
        return there

    def get(self, key: str, default: Any = None) -> Any:
        """Return a value, or the default where there is none."""
        value = super().get(key, ABSENT)
        self._read(key, value)
        return default if value is ABSENT else value

    def items(self) -> Any:
        """Return names and values, each of which counts as read."""
        return tuple((key, self._read(key, value)) for key, value in super().items())

    def values(self) -> Any:
        """Return the values, each of which counts as read."""
        return tuple(self._read(key, value) for key, value in super().items())

    def _read(self, key: str, value: Any) -> Any:
        if not _is_group(value):
            self._note((*self._pointer, key), value)
        return value


def _inside(value: Any, pointer: Pointer, note: Note) -> Any:
    if isinstance(value, Mapping):
        return _Fields(value, pointer, note)
    if isinstance(value, list):
        return [_inside(item, (*pointer, index), note) for index, item in enumerate(value)]
    return value


def _is_group(value: Any) -> bool:
    """Tell whether a value holds fields: what is read of it is noted when they are."""
    if isinstance(value, list):
        return any(isinstance(item, Mapping) for item in value)
    return isinstance(value, Mapping) and bool(value)
