"""The promises of the foundations: one lock for everything, one command for each habit, no trace of a machine."""

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

import qunju

ROOT = Path(__file__).parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")


def canonical(requirement: str) -> str:
    """The normalised name in a requirement."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]).lower()


def test_lock_holds_every_dependency_with_its_hashes() -> None:
    groups = [entry for group in PROJECT["dependency-groups"].values() for entry in group if isinstance(entry, str)]
    wanted = {canonical(entry) for entry in [*PROJECT["project"]["dependencies"], *groups]}
    pins = re.findall(r"^([a-z0-9-]+)==[^\n]*\\\n    --hash=sha256:[0-9a-f]{64}", LOCK, re.MULTILINE)
    assert wanted <= set(pins)
    assert len(pins) == len(re.findall(r"^[a-z]", LOCK, re.MULTILINE)), "a pin without a hash"


def test_lock_names_no_index() -> None:
    assert not re.search(r"https?://|--(?:extra-)?index|--find-links|file:", LOCK)


def test_version_has_one_value() -> None:
    assert qunju.__version__ == PROJECT["project"]["version"]


@pytest.mark.parametrize("target", ["site", "test", "check", "serve", "bench"])
def test_each_habit_has_its_command(target: str) -> None:
    done = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert ".venv/bin/python" in done.stdout


def test_private_folders_are_ignored_everywhere() -> None:
    path = "proposals/111/any/private/proposer.yml"
    done = subprocess.run(["git", "check-ignore", "--no-index", path], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0
