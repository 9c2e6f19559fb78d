"""What a schema alone cannot say of a value: that the identifier it names exists, that its path stays in the folder."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from qunju.schema import wording
from qunju.schema.annotation import find
from qunju.schema.finding import FormFinding
from qunju.schema.form import FileSchema, Form
from qunju.source.place import Place, Pointer
from qunju.source.shape import ANY, Shape

FILE_PATH: Final = "SHP-PATH"
"""The rule of form that the files which a proposal names are where they should be."""
_ROOTS = {"media": "media/", "evidence": "private/evidence/"}
_PICTURES: Final = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif")
"""What a picture for the public ends in: what every browser shows."""
_WHERE = {
    "personnel": " proposer.yml 的 personnel ",
    "staff": " proposer.yml 的 staff ",
    "members": " members/ 的檔名裡",
    "rows": " schedule.yml 的 rows ",
    "problems": " plan.yml 的 common_problems ",
    "member_items": "成員自評項目裡",
    "cluster_items": "群聚自評項目裡",
    "party": "成員的檔名與 proposer 裡",
    "lecturer": " proposer.yml 的 personnel 與 external 裡",
}


@dataclass(slots=True)
class Files:
    """The files of a proposal that its YAML may name, by their paths in its folder.

    `evidence` is None where nobody looks under private/; `unseen` counts how many were named that nobody looked for.
    """

    media: Collection[str]
    evidence: Collection[str] | None
    unseen: int = 0


def check_references(
    values: Any,
    path: str,
    schema: FileSchema,
    form: Form,
    *,
    known: Mapping[str, Collection[str]],
    files: Files,
) -> Iterator[FormFinding]:
    """Yield findings for identifiers that nothing has, for file paths that leave their folder, and for absent files.

    `known` holds the identifiers of each kind; a kind that could not be read is left out, and then not judged.
    The files under private/ that are not there are one finding: whoever has not put them there yet lacks dozens.
    """
    absent: list[tuple[str, Place]] = []
    for field in schema.references:
        target = field.schema.get("x-ref")
        folder = field.schema.get("x-file")
        for found in find(values, field.path):
            for name, pointer in _names(found.value, found.pointer):
                place = Place(path, pointer)
                if target is not None and target in known and name not in known[target]:
                    words = wording.dangling(form.label(place), name, known[target], _WHERE[target])
                    yield FormFinding("SHP-REFERENCE", place, *words, at_key=isinstance(found.value, Mapping))
                elif folder is not None and _is_absent(name, _ROOTS[folder], files):
                    absent.append((name, place))
                elif folder is not None:
                    yield from _misplaced(name, place, form, _ROOTS[folder], files)
    if absent:
        names, places = zip(*absent, strict=True)
        words = wording.absent_evidence(form.label(places[0]), names, _ROOTS["evidence"])
        yield FormFinding(FILE_PATH, places[0], *words, also=places[1:])


def check_twin(values: Any, path: str, schema: FileSchema, committed: Any) -> Iterator[FormFinding]:
    """Yield findings for identifiers of a private file that its committed twin does not have: nothing to merge with."""
    for pointer in _strangers(values, schema.shape, committed, ()):
        place = Place(path, pointer)
        yield FormFinding("SHP-REFERENCE", place, *wording.LONE_TWIN, at_key=True, sensitive=True)


def _strangers(values: Any, shape: Shape, committed: Any, pointer: Pointer) -> Iterator[Pointer]:
    if not isinstance(values, Mapping):
        return
    for key, value in values.items():
        here = (*pointer, key)
        inside = committed.get(key) if isinstance(committed, Mapping) else None
        if shape.others is not None and key not in shape.properties and inside is None:
            yield here
        else:
            yield from _strangers(value, shape.properties.get(key, shape.others or ANY), inside, here)


def _names(value: Any, pointer: Pointer) -> Iterator[tuple[str, Pointer]]:
    """Yield the identifiers that a field holds: its text, or the keys of what is listed by identifier."""
    if isinstance(value, str):
        yield value, pointer
    elif isinstance(value, Mapping):
        yield from ((name, (*pointer, name)) for name in value)


def _leaves(value: str, root: str) -> bool:
    """Tell whether a path does not stay in the folder of its kind."""
    leaves = "\\" in value or ":" in value or value.startswith(("/", "~")) or ".." in value.split("/")
    return leaves or not value.startswith(root) or not value.removeprefix(root).strip("./")


def _is_absent(value: str, root: str, files: Files) -> bool:
    """Tell whether a file under private/ is not there, nor any with the same letters: no mere slip in its name."""
    if files.evidence is None or root != _ROOTS["evidence"] or value in files.evidence or _leaves(value, root):
        return False
    return all(name.casefold() != value.casefold() for name in files.evidence)


def _misplaced(value: str, place: Place, form: Form, root: str, files: Files) -> Iterator[FormFinding]:
    if _leaves(value, root):
        yield FormFinding(FILE_PATH, place, *wording.misplaced_file(form.label(place), value, root, files.media))
    elif root == _ROOTS["media"]:
        if value not in files.media:
            yield FormFinding(FILE_PATH, place, *wording.absent_file(form.label(place), value, files.media))
        elif not value.lower().endswith(_PICTURES):
            yield FormFinding(FILE_PATH, place, *wording.no_picture(form.label(place), value, _PICTURES))
    elif files.evidence is None:
        files.unseen += 1
    elif value not in files.evidence:
        # What else lies there is nobody's business: only a name of the same letters is told.
        alike = [name for name in files.evidence if name.casefold() == value.casefold()]
        yield FormFinding(FILE_PATH, place, *wording.absent_file(form.label(place), value, alike))
