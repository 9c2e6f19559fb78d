"""`qunju check` as it is run: exit codes, what PATH, --stage, --jobs and --private change, and what they do not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.repository import DEMONSTRATIONS, ROOT, Repository

from qunju.cli import EXIT_BUG, EXIT_ERRORS, EXIT_OK, EXIT_USAGE, check, main


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return Repository(tmp_path)


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "qunju.cli", *arguments]
    return subprocess.run(command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, check=False)


def report(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    main(["check", "--format", "json", *arguments])
    result: dict[str, Any] = json.loads(capsys.readouterr().out)
    return result


def test_what_ships_has_no_error() -> None:
    done = run("check", cwd=ROOT / "proposals")
    assert (done.returncode, done.stderr) == (EXIT_OK, b"")
    assert "2 案沒有錯誤" in done.stdout.decode()


def test_an_error_is_told_by_the_exit_code_and_a_warning_is_not(repository: Repository) -> None:
    proposal = repository.add("B")
    proposal.change({"schedule.rows.BW2.session_hours": 1})
    assert main(["check"]) == EXIT_OK
    proposal.change({"schedule.rows.BW1.total": 1})
    assert main(["check"]) == EXIT_ERRORS
    for name in ("json", "github", "markdown"):
        assert main(["check", "--format", name]) == EXIT_ERRORS


@pytest.mark.parametrize(
    "arguments",
    [["check", "111/nowhere"], ["check", "schema"], ["check", "--stage", "party"], ["check", "--jobs", "0"]],
    ids=" ".join,
)
def test_wrong_usage(arguments: list[str], repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.add("A")
    assert main(arguments) == EXIT_USAGE
    said = capsys.readouterr()
    assert said.err.startswith("qunju：")
    assert not said.out


def test_an_unknown_option_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as left:
        main(["check", "--colour"])
    assert left.value.code == EXIT_USAGE


def test_a_folder_that_is_no_repository_is_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == EXIT_USAGE


def test_broken_schemas_are_wrong_configuration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "proposals").mkdir()
    for source in (ROOT / "schema").rglob("*"):
        target = tmp_path / "schema" / source.relative_to(ROOT / "schema")
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    (tmp_path / "schema" / "cluster.schema.json").write_text("{", encoding="utf-8")
    done = run("check", cwd=tmp_path)
    assert done.returncode == EXIT_USAGE
    assert "cluster.schema.json" in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert not capsys.readouterr().out


def test_a_bug_tells_where_but_nothing_of_a_proposal(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("王小明 0912345678")

    repository.add("A")
    monkeypatch.setattr(check, "writer", lambda _: fail)
    assert main(["check"]) == EXIT_BUG
    said = capsys.readouterr()
    assert "ValueError" in said.err
    assert "王小明" not in said.err + said.out


def test_a_reader_that_leaves_early_is_no_error(repository: Repository) -> None:
    for number in range(12):
        repository.add("A", f"111/c{number}").change({"cluster.stage": "closing"})
    command = f"{sys.executable} -m qunju.cli check --format json | head -c 10"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], cwd=repository.root, capture_output=True, check=False
    )
    assert (done.stdout, done.stderr) == (b'{"version"', b"")
    assert done.returncode == EXIT_OK


def test_a_path_limits_what_is_reported_not_what_is_compared(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.add("A", "111/one")
    repository.add("A", "111/two")
    (repository.root / "proposals" / "note.txt").write_text("x", encoding="utf-8")
    everything = report(capsys)
    assert [cluster["id"] for cluster in everything["clusters"]] == ["111/one", "111/two"]
    assert report(capsys, ".") == report(capsys, "proposals") == everything
    assert everything["repository"]
    for path in ("111/one", "proposals/111/one", "proposals/111/one/members/tiema-bike.yml"):
        some = report(capsys, path)
        assert some["clusters"] == everything["clusters"][:1], "the other cluster is still compared with"
        assert not some["repository"]
    shared = {verdict["rule"]: verdict for verdict in everything["clusters"][0]["verdicts"]}["MEM-15"]
    assert shared["status"] == "fail"
    assert {place["path"].split("/")[2] for place in shared["locations"]} >= {"one"}


@pytest.mark.parametrize("name", ["text", "json", "github", "markdown"])
def test_the_number_of_processes_changes_nothing(name: str, repository: Repository) -> None:
    for number in range(10):
        proposal = repository.add("AB"[number % 2], f"111/c{number}")
        proposal.change({"schedule.rows.K1.total": number, "cluster.stage": "closing" if number % 3 else "draft"})
    (repository.root / "proposals" / "111" / "c3" / "plan.yml").write_text("a: [", encoding="utf-8")
    one = run("check", "--format", name, "--jobs", "1", cwd=repository.root)
    two = run("check", "--format", name, "--jobs", "2", cwd=repository.root)
    assert one.returncode == two.returncode == EXIT_ERRORS
    assert one.stdout == two.stdout
    assert one.stderr == two.stderr == b""


def test_a_stage_asks_what_would_be(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.add("A").change({"cluster.stage": "draft", "documents": None})
    assert report(capsys)["summary"]["errors"] == 0
    would_be = report(capsys, "--stage", "submission")
    assert would_be["clusters"][0]["stage"] == "submission"
    assert would_be["summary"]["errors"]


def test_the_year_without_a_programme_does_not_hide_the_others(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.add("A")
    repository.add("B", "112/next")
    told = report(capsys)
    assert [cluster["id"] for cluster in told["clusters"]] == [DEMONSTRATIONS["A"]]
    assert [verdict["rule"] for verdict in told["repository"]] == ["SRC-FOLDER"]
    assert main(["check"]) == EXIT_ERRORS


def test_a_report_is_utf8_whatever_the_console_speaks(repository: Repository) -> None:
    repository.add("A").change({"members.tiema-bike.ubn": "99902333"})
    done = run("check", cwd=repository.root, PYTHONIOENCODING="cp950", PYTHONUTF8="0", LC_ALL="C")
    assert "縱谷鐵馬租賃行" in done.stdout.decode("utf-8")


def test_what_the_machine_refuses_is_no_bug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (Repository(tmp_path).root / "proposals").rmdir()
    assert main(["check", "a" * 5_000]) == EXIT_USAGE
    (tmp_path / "proposals").touch()
    assert main(["check"]) == EXIT_USAGE


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("name", ["plan.yml", "members/one.yml", "media/map.svg"])
def test_a_pipe_is_not_waited_for(name: str, repository: Repository) -> None:
    path = repository.add("B").folder / name
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    done = subprocess.run(
        [sys.executable, "-m", "qunju.cli", "check"], cwd=repository.root, capture_output=True, check=False, timeout=60
    )
    assert done.returncode == EXIT_ERRORS
    assert "不是一般的檔案" in done.stdout.decode()


def test_nothing_is_shown_of_what_a_link_leads_to(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    folder = repository.add("B").folder
    (repository.root / "elsewhere.yml").write_text("secret: MARK\n", encoding="utf-8")
    (folder / "plan.yml").unlink()
    (folder / "plan.yml").symlink_to(repository.root / "elsewhere.yml")
    assert main(["check"]) == EXIT_ERRORS
    assert "MARK" not in capsys.readouterr().out
    places = [
        place
        for verdict in report(capsys)["clusters"][0]["verdicts"]
        for place in verdict["locations"]
        if place["path"].endswith("/plan.yml")
    ]
    assert places
    assert {place["line"] for place in places} == {None}
