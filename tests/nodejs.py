"""The Node.js programs that tests drive: installed once from the lock beside them, into the cache."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ROOT / "tests/node"
CACHE = ROOT / ".cache"
REQUIRED = os.environ.get("QUNJU_REQUIRE_NODE") == "1"


@cache
def modules() -> Path:
    """Return the folder of the installed packages.

    Without Node.js or a way to install them the test is skipped, or fails where QUNJU_REQUIRE_NODE demands it.
    """
    lock = (LOCKED / "package-lock.json").read_bytes()
    installed = CACHE / f"node-{hashlib.sha256(lock).hexdigest()[:12]}"
    if not installed.exists():
        _install(installed)
    return installed / "node_modules"


def node() -> str:
    """Return the path of Node.js."""
    return shutil.which("node") or _absent("Node.js is not installed")


def _install(target: Path) -> None:
    """Install beside the target and move it there whole, since several processes may run the tests at once."""
    npm = shutil.which("npm") if shutil.which("node") else None
    if npm is None:
        _absent("Node.js or npm is not installed")
    building = target.with_name(f"{target.name}-{os.getpid()}")
    building.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(LOCKED / name, building / name)
    done = subprocess.run(
        [str(npm), "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
        cwd=building,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        _absent(f"npm ci failed: {done.stderr.strip()[-400:]}")
    try:
        building.rename(target)
    except OSError:
        # Another process was first; its installation is the same.
        shutil.rmtree(building)


def _absent(reason: str) -> str:
    if REQUIRED:
        pytest.fail(f"{reason}, and QUNJU_REQUIRE_NODE=1 demands it")
    pytest.skip(reason)
