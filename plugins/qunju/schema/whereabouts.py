"""Where a field belongs that stands where it does not."""

from __future__ import annotations

from collections.abc import Iterator

from qunju.schema.annotation import EACH
from qunju.schema.form import MEMBER, FileSchema, Form
from qunju.source.place import Place


def whereabouts(form: Form, schema: FileSchema, name: str) -> str | None:
    """Return in words where a field of this name belongs, if one place has it; the same file goes first."""
    here = list(_parents(schema, name))
    others = [other for other in form.committed.values() if other.name != schema.name]
    found = here or [place for other in others for place in _parents(other, name)]
    return found[0] if len(found) == 1 else None


def personal_title(form: Form, name: str, place: Place) -> str | None:
    """Return what a field is called that a committed file does not have, but its private twin does; else None.

    It has it at the same place, or under a name that personal fields alone have.
    """
    twin = form.private.get(name)
    if twin is None:
        return None
    key = place.pointer[-1]
    path = tuple(EACH if isinstance(step, int) else step for step in place.pointer)
    named = [field for field in twin.fields if field.path[-1] == key]
    alone = all(field.path[-1] != key for schema in form.committed.values() for field in schema.fields)
    meant = [field for field in named if _matches(field.path, path)] or (named if alone else [])
    return meant[0].title if meant else None


def _matches(path: tuple[str, ...], pointer: tuple[str, ...]) -> bool:
    return len(path) == len(pointer) and all(step in (EACH, key) for step, key in zip(path, pointer, strict=True))


def _parents(schema: FileSchema, name: str) -> Iterator[str]:
    file = "成員檔案的" if schema.name == MEMBER else f" {schema.name}.yml 的"
    for field in schema.fields:
        if field.path[-1] == name:
            above = [step for step in field.path[:-1] if step != EACH]
            yield f"{file} {'.'.join(above)} 之下" if above else f"{file}最外層"
