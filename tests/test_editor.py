"""What a consultant sees in an editor: the real yaml-language-server over what ships and over what is scaffolded."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.language_server import LanguageServer
from tests.repository import ROOT, library

from qunju.cli import main
from qunju.schema.compose import EDITOR
from qunju.schema.form import FILES, MEMBER, PRIVATE_FILES
from qunju.source.place import Place
from qunju.source.reader import read

pytestmark = pytest.mark.node

SHIPPED = [path for path in sorted((ROOT / "proposals").rglob("*.yml")) if "private" not in path.parts]
YEARS = {year: rulebook.programme for year, rulebook in library().rulebooks.items()}
YEAR = YEARS["111"]
KEY = re.compile(r"(?P<indent> *)(?P<dash>- )?(?P<key>[A-Za-z][\w-]*):(?:\s|$)")
SETTINGS: dict[str, Any] = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))

FOLDER = "proposals/111/alpha"
MARK = "¦"
"""Where the cursor stands in a text."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a scaffolded proposal of each category, private twins included."""
    root = tmp_path_factory.mktemp("workspace")
    shutil.copytree(ROOT / "schema", root / "schema")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        for name, category in (("alpha", "A"), ("beta", "B")):
            options = ("--category", category, "--type", "觀光休閒合作", "--members", "2", "--private")
            assert main(["new", f"111/{name}", *options]) == 0
    return root


@pytest.fixture(scope="module")
def server(workspace: Path) -> Iterator[LanguageServer]:
    with LanguageServer(workspace) as running:
        yield running


def messages(found: list[dict[str, Any]]) -> list[str]:
    return [f"{item['range']['start']['line'] + 1}: {item['message']}" for item in found]


def at_cursor(text: str) -> tuple[str, int, int]:
    """Return a text without its mark, and the line and character that it stood at."""
    before = text[: text.index(MARK)]
    return text.replace(MARK, ""), before.count("\n"), len(before) - before.rfind("\n") - 1


def written(file: str, text: str) -> str:
    """Return a text under the modeline of a kind of file."""
    up = "../" * (3 + file.count("/"))
    name = MEMBER if file.startswith("members/") else Path(file).stem
    return f"# yaml-language-server: $schema={up}schema/programmes/111/{EDITOR}/{name}.schema.json\n{text}"


def complete(server: LanguageServer, workspace: Path, file: str, text: str) -> dict[str, dict[str, Any]]:
    path = workspace / FOLDER / file
    content, line, character = at_cursor(written(file, text))
    server.open(path, content)
    offered = server.complete(path, line, character)
    server.close(path)
    return offered


def diagnose(server: LanguageServer, workspace: Path, file: str, text: str) -> list[str]:
    path = workspace / FOLDER / file
    found = messages(server.open(path, written(file, text)))
    server.close(path)
    return found


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_ships_has_no_diagnostic(server: LanguageServer, path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=")
    assert messages(server.open(path)) == []
    server.close(path)


def test_what_is_scaffolded_has_no_diagnostic(server: LanguageServer, workspace: Path) -> None:
    paths = sorted((workspace / "proposals").rglob("*.yml"))
    assert len(paths) == 2 * (len(FILES) + 2 + len(PRIVATE_FILES) - 1 + 2)
    for path in paths:
        assert messages(server.open(path)) == [], path
        server.close(path)


def hovered(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield line, character and path of keys of every field that is written in block style."""
    above: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines()):
        found = KEY.match(line)
        if found:
            column = found.start("key")
            above = [(depth, key) for depth, key in above if depth < column]
            above.append((column, found["key"]))
            yield number, column, [key for _, key in above]


def test_hover_explains_every_field_in_chinese(server: LanguageServer, workspace: Path) -> None:
    count = 0
    for path in sorted((workspace / "proposals/111/beta").rglob("*.yml")):
        server.open(path)
        for line, character, keys in hovered(path.read_text(encoding="utf-8")):
            if keys[-1][:2] in ("C-", "BW"):
                continue
            title = library().form.label(Place(path.relative_to(workspace).as_posix(), tuple(keys)))
            assert f"#### {title}\n" in server.hover(path, line, character + 1), (path, keys)
            count += 1
        server.close(path)
    assert count > 300


def test_hover_says_who_sees_a_field_and_from_when_it_is_due(server: LanguageServer, workspace: Path) -> None:
    path = workspace / FOLDER / "members/m01.yml"
    text, line, character = at_cursor(written("members/m01.yml", f"name: 甲\nu{MARK}bn:\n"))
    server.open(path, text)
    shown = server.hover(path, line, character)
    server.close(path)
    assert "八位數字" in shown
    assert "「登記型態」為公司登記、商業登記時，送件起必填" in shown
    assert "公開資料" in shown
    assert f"MEM-19 {YEAR.clauses['MEM-19'].title}" in shown


OFFERED = {
    "category": ("cluster.yml", "name: 甲\ncategory: ¦\n", "categories"),
    "type": ("cluster.yml", "name: 甲\ntype: ¦\n", "types"),
    "industry": ("members/m01.yml", "name: 甲\nindustry: ¦\n", "industries"),
    "expertise": ("proposer.yml", "personnel:\n  pi:\n    expertise:\n      - ¦\n", "expertise"),
    "account": ("budget.yml", "lines:\n  - account: ¦\n", "accounts"),
    "allocation": ("budget.yml", "lines:\n  - allocation: ¦\n", "allocations"),
    "scenario": ("schedule.yml", "rows:\n  K1:\n    scenario: ¦\n", "scenarios"),
    "items of an indicator": ("schedule.yml", "rows:\n  K1:\n    sa_items:\n      - ¦\n", "cluster_items"),
    "item of a tool": ("plan.yml", "digital_tools:\n  marketing:\n    - sa_item: ¦\n", "cluster_items"),
    "items of the cluster": ("assessment.yml", "items:\n  ¦\n", "cluster_items"),
    "items of a member": ("members/m01.yml", "name: 甲\nself_assessment:\n  ¦\n", "member_items"),
    "kind of tax proof": ("documents.yml", "tax_proof:\n  kind: ¦\n", "tax_proofs"),
}


@pytest.mark.parametrize(("file", "text", "vocabulary"), OFFERED.values(), ids=list(OFFERED))
def test_completion_offers_the_words_of_the_year(
    server: LanguageServer, workspace: Path, file: str, text: str, vocabulary: str
) -> None:
    offered = complete(server, workspace, file, text)
    labels = {label.strip("\"'") for label in offered}
    assert set(YEAR.vocabulary(vocabulary)) <= labels
    assert labels - set(YEAR.vocabulary(vocabulary)) <= {"null", "subtotal"}


def test_completion_tells_what_a_code_means(server: LanguageServer, workspace: Path) -> None:
    offered = complete(server, workspace, "cluster.yml", "name: 甲\nstage: ¦\n")
    assert offered["submission"]["documentation"] == "送件"


WHOLE = {
    "a line of the budget": ("budget.yml", "lines:\n  - ¦\n", "一列明細", ("lines", 0)),
    "an indicator": ("schedule.yml", "rows:\n  K1: ¦\n", "工作項目或績效指標", ("rows", "K1")),
    "a meeting": ("progress.yml", "meetings:\n  m1: ¦\n", "一場", ("meetings", "m1")),
    "a year of coaching": ("members/m01.yml", "name: 甲\ncoached_years:\n  - ¦\n", "一次輔導", ("coached_years", 0)),
}


@pytest.mark.parametrize("element", WHOLE.values(), ids=list(WHOLE))
def test_a_whole_element_can_be_inserted(server: LanguageServer, workspace: Path, element: tuple[Any, ...]) -> None:
    file, text, label, pointer = element
    inserted = complete(server, workspace, file, text)[label]["textEdit"]["newText"]
    before = text[: text.index(MARK)].splitlines()[-1]
    depth = " " * (len(before) - len(before.lstrip()))
    whole = text.replace(MARK, re.sub(r"\$\{?\d+(?::([^}]*))?\}?", r"\1", inserted).replace("\n", f"\n{depth}"))
    schema = library().form.schema(MEMBER if "/" in file else Path(file).stem, private=False)
    values, faults = read(whole, schema.shape)
    assert not faults
    here: Any = values
    for key in pointer:
        here = here[key]
    assert isinstance(here, dict)
    unknown = re.compile("not allowed|不允許")
    assert [found for found in diagnose(server, workspace, file, whole) if unknown.search(found)] == []


FLAGGED = {
    "a word of no list": (
        "cluster.yml",
        "name: 甲\nyear: 111\ncategory: A\ntype: 觀光\nstage: draft\n",
        "觀光休閒合作",
    ),
    "an unknown item": ("assessment.yml", "items:\n  C-O99: {}\n", "C-O99"),
    "an account of no list": ("budget.yml", "lines:\n  - account: 管理費\n", "可填的有：直接薪資/專任研究人員"),
}


@pytest.mark.parametrize(("file", "text", "told"), FLAGGED.values(), ids=list(FLAGGED))
def test_a_wrong_word_is_flagged(server: LanguageServer, workspace: Path, file: str, text: str, told: str) -> None:
    (found,) = diagnose(server, workspace, file, text)
    assert told in found


ACCEPTED = {
    "a label of one's own": ("budget.yml", "lines:\n  - allocation: 其他/攝影\n    account: 其他直接費用/其他/攝影\n"),
    "fields not filled in": (
        "cluster.yml",
        "name: 甲\nyear: 111\ncategory: A\ntype: 觀光休閒合作\nstage: draft\ntheme:\n",
    ),
    "an empty choice": ("members/m01.yml", "name: 甲\nindustry:\nregistration_type:\nconsent:\n"),
}


@pytest.mark.parametrize(("file", "text"), ACCEPTED.values(), ids=list(ACCEPTED))
def test_what_the_check_accepts_is_not_flagged(server: LanguageServer, workspace: Path, file: str, text: str) -> None:
    assert diagnose(server, workspace, file, text) == []


@pytest.mark.parametrize("year", YEARS)
def test_vs_code_knows_every_kind_of_file(year: str) -> None:
    wanted = {f"{name}.schema.json": f"proposals/{year}/*/{name}.yml" for name in FILES}
    wanted |= {f"private/{name}.schema.json": f"proposals/{year}/*/private/{name}.yml" for name in PRIVATE_FILES}
    wanted[f"{MEMBER}.schema.json"] = f"proposals/{year}/*/members/*.yml"
    wanted[f"private/{MEMBER}.schema.json"] = f"proposals/{year}/*/private/members/*.yml"
    folder = f"./schema/programmes/{year}/{EDITOR}/"
    assert {folder + path: [files] for path, files in wanted.items()}.items() <= SETTINGS["yaml.schemas"].items()


def test_files_without_a_modeline_find_their_schema_in_vs_code(workspace: Path) -> None:
    settings = {"schemas": SETTINGS["yaml.schemas"]}
    with LanguageServer(workspace, settings) as server:
        for file, text, title in (
            ("cluster.yml", f"na{MARK}me: 甲\n", "群聚名稱"),
            ("members/new.yml", f"na{MARK}me: 甲\n", "企業名稱"),
            ("private/members/new.yml", f"phone_mob{MARK}ile:\n", "行動電話"),
        ):
            path = workspace / FOLDER / file
            content, line, character = at_cursor(text)
            server.open(path, content)
            assert title in server.hover(path, line, character), file
