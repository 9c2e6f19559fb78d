"""What `qunju new` and `qunju add member` write: complete, explained, and a draft without a single error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.repository import Repository, library
from wcwidth import wcswidth

from qunju.check.examination import ClusterReport
from qunju.cli import main
from qunju.regulation.programme import Programme
from qunju.regulation.verdict import Level, Status
from qunju.scaffold.text import WIDTH, comment, pair, wrap
from qunju.schema.annotation import FieldSchema
from qunju.schema.form import FILES, MEMBER, PRIVATE_FILES, FileSchema
from qunju.schema.validate import validate
from qunju.source.reader import read
from qunju.source.shape import Shape
from qunju.source.text import decode

YEAR = library().rulebooks["111"].programme
CATEGORIES, TYPES = YEAR.vocabulary("categories"), YEAR.vocabulary("types")
SPARE = re.compile(r"^( *)# ((?: *(?:- )?[^\s：#]+:(?:\s.*)?)|(?: *- .*))$")
"""A commented field or element: taking away the `# ` makes it one that counts."""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return Repository(tmp_path)


def new(name: str, category: str = "A", kind: str = TYPES[0], members: int = 2, *more: str) -> int:
    return main(["new", f"111/{name}", "--category", category, "--type", kind, "--members", str(members), *more])


def files(root: Path) -> Iterator[tuple[Path, FileSchema]]:
    """Yield every file below a folder with its schema."""
    for path in sorted(root.rglob("*.yml")):
        name = MEMBER if path.parent.name == "members" else path.stem
        yield path, library().form.schema(name, private="private" in path.parts)


def taken_up(text: str) -> str:
    """Return a file's text with every commented field and example taken up."""
    lines = text.splitlines()
    return "\n".join(SPARE.sub(r"\1\2", line) if "$schema" not in line else line for line in lines)


def errors(report: ClusterReport) -> list[str]:
    """Return what a report counts as errors."""
    verdicts = [located.verdict for located in report.verdicts]
    failing = [v for v in verdicts if v.status in (Status.FAIL, Status.UNDETERMINED) and v.severity is Level.ERROR]
    noted = [v for v in verdicts if any(note.level is Level.ERROR for note in v.notes)]
    return [f"{verdict.rule} {verdict.message}" for verdict in [*failing, *noted]]


def keys(text: str) -> list[str]:
    """Return the fields at the top of a file, commented ones too, in their order."""
    found = (re.match(r"(?:# )?([a-z_0-9]+):(?:\s|$)", line) for line in text.splitlines())
    return [match[1] for match in found if match]


def test_every_draft_is_without_error(repository: Repository) -> None:
    numbers = (1, 2, 9, 10, 11, 12, 13, 30)
    sizes = [*((category, TYPES[0], members) for category, members in product(CATEGORIES, numbers))]
    kinds = [*((category, kind, 14) for category, kind in product(CATEGORIES, TYPES[1:]))]
    for category, kind, members in [*sizes, *kinds]:
        name = f"{category.lower()}-{TYPES.index(kind)}-{members}"
        assert new(name, category, kind, members) == 0
    reports = repository.reports(jobs=2)
    assert len(reports) == len(sizes) + len(kinds)
    for name, report in reports.items():
        assert errors(report) == [], name


@pytest.mark.parametrize("category", CATEGORIES)
def test_basic_rows_meet_the_regulation(repository: Repository, category: str) -> None:
    new("alpha", category, members=13)
    (report,) = repository.reports().values()
    verdicts = {item.verdict.rule: item.verdict for item in report.verdicts}
    rows = YEAR.facts["basic_rows"].values()
    demanded = [row["clause"] for row in rows if category in row.get("categories", CATEGORIES)]
    assert len(demanded) == {"A": 5, "B": 6}[category]
    assert [name for name in [*demanded, "WRK-11"] if verdicts[name].status is Status.FAIL] == []


@pytest.mark.parametrize("category", CATEGORIES)
def test_files_are_complete_and_well_formed(repository: Repository, category: str) -> None:
    new("alpha", category, TYPES[0], 2, "--private")
    folder = repository.root / "proposals/111/alpha"
    wanted = {f"{name}.yml" for name in FILES} | {"members/m01.yml", "members/m02.yml"}
    wanted |= {f"private/{name}.yml" for name in PRIVATE_FILES if name != MEMBER}
    wanted |= {"private/members/m01.yml", "private/members/m02.yml"}
    assert {path.relative_to(folder).as_posix() for path, _ in files(folder)} == wanted
    for path, schema in files(folder):
        text = path.read_text(encoding="utf-8")
        values, faults = read(decode(path.read_bytes()), schema.shape)
        assert not faults, path
        assert not validate(values, path.name, schema, library().form), path
        modeline = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
        assert modeline, path
        assert (path.parent / modeline[1]).resolve().is_file(), path


@pytest.mark.parametrize("category", CATEGORIES)
def test_whatever_stands_as_a_comment_may_be_taken_up(repository: Repository, category: str) -> None:
    new("alpha", category, TYPES[0], 1, "--private")
    for path, schema in files(repository.root / "proposals/111/alpha"):
        text = taken_up(path.read_text(encoding="utf-8"))
        values, faults = read(text, schema.shape)
        assert not faults, path
        findings = validate(values, path.name, schema, library().form)
        assert not findings, (path, [(finding.place.pointer, finding.message) for finding in findings])


@pytest.mark.parametrize("category", CATEGORIES)
def test_fields_stand_in_the_order_of_the_schema(repository: Repository, category: str) -> None:
    new("alpha", category, TYPES[0], 1, "--private")
    for path, schema in files(repository.root / "proposals/111/alpha"):
        written = keys(path.read_text(encoding="utf-8"))
        known = [name for name in schema.json["properties"] if name in written]
        assert written == known, path
        absent = set(schema.json["properties"]) - set(written)
        assert absent == ({"continues"} if (category, path.stem) == ("A", "cluster") else set()), path


def test_every_field_is_explained(repository: Repository) -> None:
    new("alpha", "B", TYPES[0], 1, "--private")
    for path, schema in files(repository.root / "proposals/111/alpha"):
        text = "".join(re.sub(r"^ *# *", "", line) for line in path.read_text(encoding="utf-8").splitlines())
        told = re.sub(r"\s", "", text)
        for field in schema.fields:
            title = re.sub(r"\s", "", field.title)
            assert field.path[-1] == "*" or not is_wanted(field, YEAR) or title in told, (path, field.path)


def is_wanted(field: FieldSchema, year: Programme) -> bool:
    return field.due is not None and any(
        name not in year.clauses or "B" in year.clauses[name].categories for name in field.clauses
    )


def test_what_is_known_is_written(repository: Repository) -> None:
    assert new("alpha", "B", "商模數位創新", 12, "--name", "好: 厝邊 #1", "--stage", "submission") == 0
    folder = repository.root / "proposals/111/alpha"
    values = {path.stem: read(path.read_text(encoding="utf-8"), schema.shape)[0] for path, schema in files(folder)}
    known = {"name": "好: 厝邊 #1", "year": 111, "category": "B", "type": "商模數位創新", "stage": "submission"}
    assert {key: values["cluster"][key] for key in known} == known
    roles = [values[f"m{number:02}"]["role"] for number in range(1, 13)]
    assert roles == ["群聚領導企業", *["群聚成員企業"] * 11]
    rows: Any = values["schedule"]["rows"]
    assert list(rows) == [f"BW{number}" for number in range(1, 7)]
    assert rows["BW5"]["total"] == 12
    items: Any = values["assessment"]["items"]
    assert list(items) == list(YEAR.facts["cluster_items"])


def test_nothing_private_is_written_unasked(repository: Repository) -> None:
    new("alpha")
    main(["add", "member", "111/alpha", "dao-lang"])
    assert not (repository.root / "proposals/111/alpha/private").exists()


def test_a_member_is_added_and_nothing_else_changes(repository: Repository) -> None:
    new("alpha", members=1)
    folder = repository.root / "proposals/111/alpha"
    before = {path: path.read_bytes() for path, _ in files(folder)}
    assert main(["add", "member", "111/alpha", "dao-lang", "--private"]) == 0
    after = {path: path.read_bytes() for path, _ in files(folder)}
    assert {path.relative_to(folder).as_posix() for path in after.keys() - before.keys()} == {
        "members/dao-lang.yml",
        "private/members/dao-lang.yml",
    }
    assert before.items() <= after.items()
    assert "role: 群聚成員企業" in (folder / "members/dao-lang.yml").read_text(encoding="utf-8")
    (report,) = repository.reports(private=True).values()
    assert errors(report) == []


ALPHA = ["new", "111/beta", "--category", "A", "--type", TYPES[0], "--members", "2"]


def changed(position: int, value: str) -> list[str]:
    return [*ALPHA[:position], value, *ALPHA[position + 1 :]]


REFUSED = {
    "slug with an underline": changed(1, "111/shan_hai"),
    "slug in capitals": changed(1, "111/Shanhai"),
    "slug in Chinese": changed(1, "111/山海"),
    "slug that Windows cannot hold": changed(1, "111/con"),
    "slug that leaves the folder": changed(1, "111/../beta"),
    "slug with a folder": changed(1, "111/beta/gamma"),
    "no slug": changed(1, "111"),
    "unknown year": changed(1, "112/beta"),
    "year that is a path": changed(1, "../beta"),
    "wrong category": changed(3, "C"),
    "wrong type": changed(5, "觀光"),
    "no member": changed(7, "0"),
    "too many members": changed(7, "201"),
    "members in words": changed(7, "十"),
    "no category": [*ALPHA[:2], *ALPHA[4:]],
    "no type": [*ALPHA[:4], *ALPHA[6:]],
    "wrong stage": [*ALPHA, "--stage", "draftt"],
    "empty name": [*ALPHA, "--name", " "],
    "name of two lines": [*ALPHA, "--name", "一\n二"],
    "proposal that is there": changed(1, "111/alpha"),
    "member of no proposal": ["add", "member", "111/beta", "dao-lang"],
    "member that is there": ["add", "member", "111/alpha", "m01"],
    "member id that begins with a digit": ["add", "member", "111/alpha", "1st"],
    "member id in capitals": ["add", "member", "111/alpha", "Dao"],
    "member id that is a path": ["add", "member", "111/alpha", "../dao"],
    "member id that Windows cannot hold": ["add", "member", "111/alpha", "nul"],
}


@pytest.mark.parametrize("arguments", REFUSED.values(), ids=list(REFUSED))
def test_what_makes_no_sense_is_refused_in_chinese(
    repository: Repository, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    new("alpha")
    before = {path: path.read_bytes() for path in repository.root.glob("proposals/**/*.yml")}
    capsys.readouterr()
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert re.match("qunju：.*[一-鿿].*。$", told.err), told.err
    assert not told.out
    assert {path: path.read_bytes() for path in repository.root.glob("proposals/**/*.yml")} == before


def test_an_archived_year_takes_no_proposal(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Programme, "archived", property(lambda _: True))
    assert new("alpha") == 2
    assert "只保存名冊" in capsys.readouterr().err
    assert not list(repository.root.glob("proposals/*"))


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn", "Co"]), max_size=40)
KIND = {bool: "boolean", int: "integer", str: "string"}


@given(st.one_of(TEXTS.filter(str.strip), st.booleans(), st.integers(0, 10**12)))
def test_a_value_is_read_back_as_it_was_written(value: Any) -> None:
    shape = Shape("object", properties={"a": Shape(KIND[type(value)])})  # type: ignore[arg-type]  # one of its words
    assert read(pair("a", value), shape) == ({"a": value}, [])


@pytest.mark.parametrize(
    "text", ["04541302", "2022-03-18", "17:00", "yes", "null", "1e3", "'", "-", "%", "a: b", "a #b"]
)
def test_what_an_editor_would_misread_is_quoted(text: str) -> None:
    assert pair("a", text).startswith("a: '")


@given(TEXTS)
def test_wrapping_loses_nothing_but_spaces(text: str) -> None:
    lines = list(wrap(text, 20))
    assert without_spaces(lines) == without_spaces([text])
    assert all(line == line.strip(" ") for line in lines)


def without_spaces(lines: Iterable[str]) -> str:
    return "".join("".join(lines).split())


def test_comments_fit_on_a_screen(repository: Repository) -> None:
    new("alpha", "B", TYPES[0], 1, "--private")
    for path, _ in files(repository.root / "proposals/111/alpha"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            prose = line.lstrip().startswith("#") and not SPARE.match(line)
            assert not prose or wcswidth(line) <= WIDTH + 16, f"{path.name}:{number}"


def test_a_comment_gives_its_lines_back() -> None:
    lines = ["a:", "  - b", "", "  c: 1"]
    assert [line.removeprefix("#").removeprefix(" ") for line in comment(lines)] == lines
