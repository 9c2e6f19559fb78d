"""Nothing internal reaches a page, and nothing personal reaches a page, a report or a log."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.building import Site
from tests.repository import Proposal, library

from qunju.report.github import write_github
from qunju.report.json import write_json
from qunju.report.markdown import write_markdown
from qunju.report.text import write_text
from qunju.schema.annotation import EACH, FieldSchema, find
from qunju.schema.form import FILES, MEMBER, PRIVATE_FILES, FileSchema

WRITERS = (write_text, write_json, write_markdown, write_github)
VOCABULARIES = ("enum", "x-vocabulary", "x-ref")
"""Fields that say one of a few known words; like booleans they are exempt: such a word tells nothing by itself."""

FINDINGS = "index.html"
"""What serving shows instead of the home page. It is never published, and may show internal values."""

FORMATS = {"date", "date-time"}


@dataclass(frozen=True)
class Mark:
    """A value found nowhere else, put into one field."""

    field: str
    text: str


class Marks:
    """Marks put into a proposal, by visibility."""

    def __init__(self) -> None:
        self.by_visibility: dict[str, list[Mark]] = {"internal": [], "personal": []}
        self._count = 0

    def value(self, name: str, field: FieldSchema) -> Any:
        """Return a unique value of the field's type, or None where the field is exempt or cannot be free."""
        schema = field.schema
        if any(word in schema for word in VOCABULARIES) or schema.get("format") in FORMATS:
            return None
        self._count += 1
        label = f"{name}.{'.'.join(field.path)}"
        if schema.get("type") == "string" and "pattern" not in schema:
            return self._keep(label, field, f"祕密記號{self._count:04}號", None)
        if schema.get("type") in {"integer", "number"}:
            number = 761_000_000 + self._count * 137
            if schema.get("maximum", number) >= number:
                return self._keep(label, field, str(number), number)
        return None

    def _keep(self, label: str, field: FieldSchema, text: str, value: Any) -> Any:
        self.by_visibility[field.visibility].append(Mark(label, text))
        return text if value is None else value


def _mark(proposal: Proposal, marks: Marks) -> None:
    form = library().form
    for name in (*FILES, MEMBER):
        for file in _files(proposal, name, private=False):
            _mark_file(proposal, file, form.schema(name, private=False), marks, visibility="internal")
    for name in PRIVATE_FILES:
        for file in _files(proposal, name, private=True):
            _mark_file(proposal, file, form.schema(name, private=True), marks, visibility="personal")


def _files(proposal: Proposal, name: str, *, private: bool) -> list[Path]:
    folder = proposal.folder / "private" if private else proposal.folder
    if name != MEMBER:
        return [folder / f"{name}.yml"]
    return [folder / "members" / path.name for path in sorted((proposal.folder / "members").glob("*.yml"))]


def _mark_file(proposal: Proposal, file: Path, schema: FileSchema, marks: Marks, *, visibility: str) -> None:
    values = proposal.read(file)
    twin = proposal.folder / file.relative_to(proposal.folder / "private") if visibility == "personal" else file
    identifiers = proposal.read(twin)
    for field in schema.fields:
        if field.visibility != visibility or "x-visibility" not in field.schema:
            continue
        for keys in _places(identifiers, field.path):
            value = marks.value(schema.name, field)
            if value is not None:
                _put(values, keys, value)
    if values:
        proposal.write(file, values)


def _places(values: Any, path: tuple[str, ...]) -> Iterator[tuple[str | int, ...]]:
    """Yield where a field may stand, given the elements that the committed file has."""
    if EACH not in path:
        yield path
        return
    outer = path[: path.index(EACH)]
    for found in find(values, (*outer, EACH)):
        if isinstance(found.value, dict) and found.pointer[: len(outer)] == outer and len(found.pointer) > len(outer):
            for rest in _places(found.value, path[path.index(EACH) + 1 :]):
                yield (*found.pointer, *rest)


def _put(values: Any, keys: tuple[str | int, ...], value: Any) -> None:
    for key, following in zip(keys, (*keys[1:], None), strict=True):
        if following is None:
            values[key] = value
        elif isinstance(values, list):
            values = values[int(key)]
        else:
            values = values.setdefault(key, [] if isinstance(following, int) else {})


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Marks, str]:
    """A site whose proposals hold a mark in every internal and personal field, built as drafts."""
    site, marks = Site(tmp_path_factory.mktemp("marked")), Marks()
    for proposal in (site.a, site.b):
        _mark(proposal, marks)
        proposal.set("cluster.stage", "draft")
    # Marked proposals contradict themselves. Serving builds their pages all the same, and lists the findings on one.
    result = site.build_as_served()
    assert result.code == 0, result.output
    return site, marks, result.output


def test_there_are_marks_in_many_fields(marked: tuple[Site, Marks, str]) -> None:
    _, marks, _ = marked
    assert len({mark.field for mark in marks.by_visibility["internal"]}) >= 40
    assert len({mark.field for mark in marks.by_visibility["personal"]}) >= 30


def test_no_mark_is_on_any_page(marked: tuple[Site, Marks, str]) -> None:
    site, marks, output = marked
    published = {name: body for name, body in site.published().items() if name != FINDINGS}
    assert any(name.endswith("index.html") and name.startswith("clusters/111/") for name in published), output
    pages = b"\n".join(published.values()).decode("utf-8", errors="replace").replace(",", "")
    every = (*marks.by_visibility["internal"], *marks.by_visibility["personal"])
    assert not [mark for mark in every if mark.text in pages]


def test_no_personal_mark_is_in_the_log_of_the_build(marked: tuple[Site, Marks, str]) -> None:
    _, marks, output = marked
    assert not [mark for mark in marks.by_visibility["personal"] if mark.text in output]


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.__name__)
def test_no_personal_mark_is_in_any_report(marked: tuple[Site, Marks, str], writer: Any, *, private: bool) -> None:
    """Not even with --private: a finding about personal data shows place and kind only."""
    site, marks, _ = marked
    out = io.StringIO()
    writer(site.repository.check(private=private), out)
    assert not [mark for mark in marks.by_visibility["personal"] if mark.text in out.getvalue()]


def test_every_field_has_a_visibility() -> None:
    form = library().form
    for schema in (*form.committed.values(), *form.private.values()):
        for field in schema.fields:
            leaf = field.schema.get("type") not in {"object", "array"}
            assert not leaf or field.visibility in {"public", "internal", "personal"}, field.path
            if leaf:
                assert (field.visibility == "personal") == schema.private, field.path
