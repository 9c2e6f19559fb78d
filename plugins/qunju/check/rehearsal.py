"""Situations played through in memory: what a clause says of a demonstration proposal with the situation's change.

The tests play every situation on files (tests/test_cases.py); this is for the pages that show some of them, which the
building of the site must not wait for. A situation that needs more than the files of one proposal is not played.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, Final

from qunju.check.dossier import NAMES, Document, merge_files, read_document
from qunju.check.judge import judge
from qunju.check.rulebook import Formula, Rulebook
from qunju.model.cluster import Cluster, build
from qunju.regulation.clause import Clause
from qunju.regulation.situation import Situation
from qunju.regulation.verdict import Verdict
from qunju.schema.form import MEMBER, Form
from qunju.schema.validate import validate
from qunju.source.folder import Entry, Folder, open_folder
from qunju.source.shape import ANY, Shape

_STAGE: Final = "stage"


class Rehearsal:
    """Plays the situations of one year; `bases` are the proposals that they start from, by the name they use."""

    def __init__(self, root: Path, rulebook: Rulebook, bases: Mapping[str, str]) -> None:
        self._root = root
        self._programme = rulebook.programme
        self._rules: dict[str, tuple[Clause, Formula | None]] = {rule[0].id: rule for rule in rulebook.cluster_rules}
        self._bases = bases
        self._open = cache(self._read)

    def verdict(self, situation: Situation) -> Verdict | None:
        """Return what the clause says; None where that takes more, or where it is not what the situation demands."""
        if situation.rule not in self._rules or _takes_more(situation):
            return None
        base = self._open(situation.base)
        if base is None:
            return None
        clause, formula = self._rules[situation.rule]
        cluster = self._stage(situation, *base)
        sound = cluster.profile.file.sound
        stage = cluster.profile.values.get(_STAGE) if sound else None
        stage = stage if stage in self._programme.stages else self._programme.stages[0]
        verdict = judge(clause, formula, cluster, stage)
        return verdict if verdict.status is situation.status else None

    def _read(self, base: str) -> tuple[Folder, Mapping[tuple[str, str | None], Document]] | None:
        year, _, slug = self._bases.get(base, "").partition("/")
        if not slug or not (self._root / "proposals" / year / slug).is_dir():
            return None
        folder = open_folder(self._root, year, slug, NAMES, private=False)
        documents = (read_document(self._root, entry, self._programme.form) for entry in folder.entries)
        return folder, {(document.entry.name, document.entry.identifier): document for document in documents}

    def _stage(self, situation: Situation, folder: Folder, base: Mapping[tuple[str, str | None], Document]) -> Cluster:
        """Return the demonstration proposal with the change; only the files that it touches are made anew."""
        form = self._programme.form
        documents = {(*key, False): document for key, document in base.items()}
        changed: set[tuple[str, str | None, bool]] = set()
        for path, value in situation.change.items():
            key, keys = _file_of(path)
            name, identifier, private = key
            if not keys and value is None:
                documents.pop(key, None)
                changed.discard(key)
                continue
            if key not in changed:
                held = documents.get(key)
                entry = held.entry if held else Entry(_path(folder, *key), name, identifier, private)
                documents[key] = Document(entry, deepcopy(held.values) if held else {})
                changed.add(key)
            shape = form.schema(name, private=private).shape
            _set(documents[key], keys, value, shape)
        for key in changed:
            _validate(documents[key], form)
        files = merge_files(list(documents.values()), folder, private=situation.private)
        return build(folder.id, files, frozenset(folder.media))


def _takes_more(situation: Situation) -> bool:
    beside = (situation.copies, situation.append, situation.others, situation.flags)
    return situation.sealed or any((*beside, situation.fields, situation.tracked))


def _file_of(path: str) -> tuple[tuple[str, str | None, bool], list[str]]:
    """Return the file that a field is in, and the keys inside it."""
    first, *keys = path.split(".")
    private = first == "private"
    if private:
        first, *keys = keys
    if first == "members":
        return (MEMBER, keys[0], private), keys[1:]
    return (first, None, private), keys


def _path(folder: Folder, name: str, identifier: str | None, private: bool) -> str:  # noqa: FBT001  # a part of the key
    inside = f"members/{identifier}.yml" if name == MEMBER else f"{name}.yml"
    return f"{folder.path}/{'private/' if private else ''}{inside}"


def _set(document: Document, keys: list[str], value: Any, shape: Shape) -> None:
    """Set one field; None takes it away, and an index past the end adds to a list."""
    if not keys:
        document.values = _typed(value, shape)
        return
    holder: Any = document.values
    for key in keys[:-1]:
        holder = holder[int(key)] if isinstance(holder, list) else holder.setdefault(key, {})
    last: Any = int(keys[-1]) if isinstance(holder, list) else keys[-1]
    for key in keys:
        shape = _inside(shape, key)
    if value is None:
        del holder[last]
    elif isinstance(holder, list) and last == len(holder):
        holder.append(_typed(value, shape))
    else:
        holder[last] = _typed(value, shape)


def _inside(shape: Shape, key: str) -> Shape:
    return shape.items or shape.properties.get(key) or shape.others or ANY


def _typed(value: Any, shape: Shape) -> Any:
    """Return a value as the reader would have typed it: a number is text where text is wanted."""
    if isinstance(value, dict):
        return {key: _typed(item, _inside(shape, key)) for key, item in value.items()}
    if isinstance(value, list):
        return [_typed(item, shape.items or ANY) for item in value]
    if shape.kind == "string" and isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if shape.kind == "string" and value is not None else value


def _validate(document: Document, form: Form) -> None:
    schema = form.schema(document.entry.name, private=document.entry.private)
    document.findings.extend(validate(document.values, document.entry.path, schema, form))
