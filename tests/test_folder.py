"""Whatever lies in a proposal's folder is a finding where it does not belong, and never the end of the check."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.repository import Repository

from qunju.report.markdown import write_markdown
from qunju.report.text import write_text


def folder_for_file(folder: Path) -> None:
    (folder / "budget.yml").unlink()
    (folder / "budget.yml").mkdir()


def file_for_folder(folder: Path) -> None:
    for file in (folder / "members").iterdir():
        file.unlink()
    (folder / "members").rmdir()
    (folder / "members").write_text("x", encoding="utf-8")


def link_in_a_circle(folder: Path) -> None:
    (folder / "media" / "a.svg").symlink_to("b.svg")
    (folder / "media" / "b.svg").symlink_to("a.svg")


def link_to_nothing(folder: Path) -> None:
    (folder / "canvas.yml").unlink()
    (folder / "canvas.yml").symlink_to("gone.yml")


def link_to_a_folder(folder: Path) -> None:
    (folder / "more").symlink_to("members", target_is_directory=True)


def same_name_in_capitals(folder: Path) -> None:
    (folder / "Cluster.yml").write_text("name: x", encoding="utf-8")


def folders_below_members(folder: Path) -> None:
    (folder / "members" / "deep").mkdir()
    (folder / "members" / "deep" / "shop.yml").write_text("name: x", encoding="utf-8")
    (folder / "members" / "shop.yml").mkdir()


def deep_media(folder: Path) -> None:
    deep = folder / "media" / "/".join("x" * 30)
    deep.mkdir(parents=True)
    (deep / "con.png").write_bytes(b"x")


def bytes_in_a_name(folder: Path) -> None:
    with open(bytes(folder) + b"/media/\xff.png", "wb") as file:  # noqa: PTH123 - pathlib knows text alone
        file.write(b"x")


def control_characters(folder: Path) -> None:
    (folder / "media" / "a\nb\x1b[31m.png").write_bytes(b"x")


def private_is_a_file(folder: Path) -> None:
    (folder / "private").write_text("x", encoding="utf-8")


def only_a_readme(folder: Path) -> None:
    (folder / "README.md").write_text("x", encoding="utf-8")


def temporary_files(folder: Path) -> None:
    for name in (
        "~$計畫書.docx",
        "cluster.yml~",
        ".cluster.yml.swp",
        "cluster.yml.bak",
        "cluster (1).yml",
        "複製 - plan.yml",
    ):
        (folder / name).write_text("x", encoding="utf-8")


@pytest.mark.parametrize(
    ("litter", "findings"),
    [
        (folder_for_file, 1),
        (file_for_folder, 1),
        (link_in_a_circle, 2),
        (link_to_nothing, 1),
        (link_to_a_folder, 1),
        (same_name_in_capitals, 1),
        (folders_below_members, 2),
        (deep_media, 1),
        (bytes_in_a_name, 1),
        (control_characters, 1),
        (private_is_a_file, 1),
        (only_a_readme, 1),
        (temporary_files, 6),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
@pytest.mark.parametrize("private", [False, True])
def test_litter(litter: Callable[[Path], None], findings: int, private: bool, tmp_path: Path) -> None:  # noqa: FBT001
    proposal = Repository(tmp_path).add("A")
    litter(proposal.folder)
    check = proposal.repository.check(private=private)
    out = io.StringIO()
    totals = write_text(check, out)
    assert totals.errors >= 1
    assert out.getvalue().count("[SRC-") == findings
    out.getvalue().encode("utf-8")
    assert "\x1b" not in out.getvalue()


def test_a_proposal_that_is_a_link_belongs_to_nobody(tmp_path: Path) -> None:
    proposal = Repository(tmp_path).add("A")
    (tmp_path / "proposals" / "111" / "again").symlink_to(proposal.folder, target_is_directory=True)
    (tmp_path / "proposals" / "110").symlink_to(tmp_path / "proposals" / "111", target_is_directory=True)
    check = proposal.repository.check()
    assert [report.id for report in check.clusters()] == [proposal.name]
    assert {located.locations[0].path for located in check.repository} == {"proposals/110", "proposals/111/again"}


def test_the_name_of_a_folder_cannot_write_into_a_report(tmp_path: Path) -> None:
    proposal = Repository(tmp_path).add("A")
    for name in ("x\n::error::x", "\x1b[31mred", "<script>", "a|b"):
        (tmp_path / "proposals" / "111" / name).mkdir()
    check = proposal.repository.check()
    text, markdown = io.StringIO(), io.StringIO()
    write_text(check, text)
    write_markdown(check, markdown)
    for line in (*text.getvalue().splitlines(), *markdown.getvalue().splitlines()):
        assert not line.startswith("::")
        assert "\x1b" not in line
    assert "<script>" not in markdown.getvalue()


def test_what_a_proposal_says_cannot_write_into_a_report(tmp_path: Path) -> None:
    proposal = Repository(tmp_path).add("A")
    proposal.change({"members.tiema-bike.ubn": "99902333", "members.tiema-bike.name": "甲\n::error::假的\u001b[31m乙"})
    out = io.StringIO()
    write_text(proposal.repository.check(), out)
    assert "「甲 ::error::假的?[31m乙」" in out.getvalue()
