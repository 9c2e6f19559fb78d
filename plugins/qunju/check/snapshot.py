"""The digest of what a proposal hands in, by which a later change of it shows (SUB-07)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from qunju.schema.annotation import ABSENT, find
from qunju.schema.form import FileSchema
from qunju.source.place import Pointer

PROGRESS = "progress"
"""The file that is written after the proposal was handed in."""
LIVING = (("stage",), ("publish",))
"""Fields of any other file that go on changing."""


def digest(files: Iterable[tuple[str, FileSchema, Mapping[str, Any]]], pictures: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of a proposal's committed files, each with its path in the folder, and of its pictures.

    Values count, not how they are written: comments, quotes and the order of fields make no difference.
    """
    import hashlib  # noqa: PLC0415  # of no use until a proposal is handed in

    content: dict[str, Any] = {
        path: _handed_in(values, schema) for path, schema, values in files if schema.name != PROGRESS
    }
    content.update((path, hashlib.sha256(data).hexdigest()) for path, data in pictures.items())
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _handed_in(values: Mapping[str, Any], schema: FileSchema) -> Mapping[str, Any]:
    """Return the values without what is filled in later; the document itself stays as it is."""
    for path in (*LIVING, *(field.path for field in schema.later)):
        for found in find(values, path):
            if found.value is not ABSENT:
                values = _without(values, found.pointer)
    return values


def _without(values: Any, pointer: Pointer) -> Any:
    """Return a copy without one field, and without the group that held nothing else."""
    key, *rest = pointer
    kept = values.copy()
    if rest:
        kept[key] = _without(values[key], tuple(rest))
    if not rest or kept[key] == {}:
        del kept[key]
    return kept
