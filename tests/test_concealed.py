"""What stands under private/ is not looked at unless asked for, and then never repeated, however broken it is."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.mangling import dumped, places, value_at
from tests.private import add_private
from tests.repository import Proposal, Repository

from qunju.report.github import write_github
from qunju.report.json import write_json
from qunju.report.markdown import write_markdown
from qunju.report.text import write_text

MARK = "祕密王小明"
WRITERS = (write_text, write_json, write_markdown, write_github)
FILES = ("proposer", "progress", "members/tiema-bike")


def every_leaf(content: Any) -> Callable[[Any], bytes]:
    """Return a way to put some content into every field."""

    def change(values: Any) -> bytes:
        for pointer in list(places(values)):
            if not isinstance(value_at(values, pointer), dict | list):
                value_at(values, pointer[:-1])[pointer[-1]] = content
        return dumped(values)

    return change


def every_key(values: Any) -> bytes:
    """Add an unknown field to every group of fields."""
    for pointer in [(), *places(values)]:
        if isinstance(value_at(values, pointer), dict):
            value_at(values, pointer)[MARK] = {MARK: MARK}
    return dumped(values)


WAYS: dict[str, Callable[[Any], bytes]] = {
    "正確": every_leaf(MARK),
    "清單": every_leaf([MARK]),
    "一組欄位": every_leaf({MARK: MARK}),
    "太長": every_leaf(MARK * 2000),
    "不認得的欄位": every_key,
    "語法": lambda _: f"name: {MARK}: {MARK}\n".encode(),
    "全形冒號": lambda _: f"name：{MARK}\n{MARK}: 1\n".encode(),
    "重複": lambda _: f"{MARK}: 1\n{MARK}: 2\n".encode(),
    "標籤": lambda _: f"name: !x {MARK}\n".encode(),
    "錨點": lambda _: f"name: &x {MARK}\nother: *y\n".encode(),
    "不是欄位": lambda _: f"- {MARK}\n".encode(),
    "衝突": lambda _: f"<<<<<<< {MARK}\n".encode(),
    "編碼": lambda _: f"name: {MARK}\n".encode("cp950"),
    "看不見的字元": lambda _: f"name: {MARK}\0\n".encode(),
    "識別字": lambda _: f"personnel:\n  {MARK}:\n    name: {MARK}\nmeetings:\n  someone: {{}}\n".encode(),
}


@pytest.fixture(scope="module")
def proposal(tmp_path_factory: pytest.TempPathFactory) -> Proposal:
    proposal = Repository(tmp_path_factory.mktemp("concealed")).add("A")
    add_private(proposal)
    return proposal


def reports_of(proposal: Proposal, *, private: bool) -> list[str]:
    reports = []
    for writer in WRITERS:
        out = io.StringIO()
        writer(proposal.repository.check(private=private, everywhere=True), out)
        reports.append(out.getvalue())
    return reports


@pytest.mark.parametrize("way", WAYS)
def test_nothing_of_a_private_file_is_ever_repeated(
    way: str, proposal: Proposal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    untouched = reports_of(proposal, private=False)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    files = [proposal.folder / "private" / f"{name}.yml" for name in FILES]
    before = [file.read_bytes() for file in files]
    try:
        for file in files:
            file.write_bytes(WAYS[way](proposal.read(file)))
        closed, opened = reports_of(proposal, private=False), reports_of(proposal, private=True)
    finally:
        for file, data in zip(files, before, strict=True):
            file.write_bytes(data)
    written = "".join((*closed, *opened, (tmp_path / "summary.md").read_text(encoding="utf-8")))
    assert MARK[:3] not in written
    assert closed == untouched
    if way != "正確":
        assert all("private/members/tiema-bike.yml" in report for report in opened)


def test_a_closed_private_folder_changes_nothing(proposal: Proposal, tmp_path: Path) -> None:
    without = Repository(tmp_path)
    without.add("A")
    plain = [Proposal(without, proposal.name), proposal]
    assert reports_of(plain[0], private=False) == reports_of(plain[1], private=False)
