"""The Node.js programs that tests drive: installed once from the lock beside them, into the cache."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ROOT / "tests/node"
INSTALLED = ROOT / ".cache/node"
REQUIRED = os.environ.get("QUNJU_REQUIRE_NODE") == "1"


@cache
def modules() -> Path:
    """Return the folder of the installed packages.

    Without Node.js or a way to install them the test is skipped, or fails where QUNJU_REQUIRE_NODE demands it.
    """
    lock = (LOCKED / "package-lock.json").read_text(encoding="utf-8")
    stamp = INSTALLED / "installed"
    if not (stamp.exists() and stamp.read_text(encoding="utf-8") == lock):
        _install()
        stamp.write_text(lock, encoding="utf-8")
    return INSTALLED / "node_modules"


def node() -> str:
    """Return the path of Node.js."""
    return shutil.which("node") or _absent("Node.js is not installed")


def _install() -> None:
    npm = shutil.which("npm") if shutil.which("node") else None
    if npm is None:
        _absent("Node.js or npm is not installed")
    INSTALLED.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(LOCKED / name, INSTALLED / name)
    done = subprocess.run(
        [str(npm), "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
        cwd=INSTALLED,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        _absent(f"npm ci failed: {done.stderr.strip()[-400:]}")


def _absent(reason: str) -> str:
    if REQUIRED:
        pytest.fail(f"{reason}, and QUNJU_REQUIRE_NODE=1 demands it")
    pytest.skip(reason)
