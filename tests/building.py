"""A whole site in a temporary folder: the shipped repository, whose proposals a test may change, and a real build."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.repository import ROOT, Proposal, Repository

from qunju.regulation.situation import BASES, CASES

SHIPPED = ("mkdocs.yml", "docs", "theme")

# Runs mkdocs on another day: what asks for the time is told one later by so many seconds.
LATER = """
import sys, time, datetime
shift = int(sys.argv.pop(1))
now = time.time
time.time = lambda: now() + shift
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
datetime.datetime = Later
from mkdocs.__main__ import cli
sys.exit(cli(["build", "--strict"]))
"""


# Builds as `mkdocs serve` does: errors are shown and stop nothing.
SERVED = """
from mkdocs.commands.build import build
from mkdocs.config import load_config
config = load_config()
config.plugins.on_startup(command="serve", dirty=False)
build(config)
"""


@dataclass(frozen=True)
class Build:
    """How a build ended, and what it said."""

    code: int
    output: str


class Site:
    """A repository that can be built; with the `situations` of the clauses, or without as where there are no tests."""

    def __init__(self, root: Path, *, demonstrations: bool = True, situations: bool = False) -> None:
        self.root = root
        self.repository = Repository(root)
        for name in SHIPPED:
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, root / name)
        for path in (CASES, BASES) if situations else ():
            (root / path).parent.mkdir(exist_ok=True)
            (shutil.copytree if (ROOT / path).is_dir() else shutil.copy)(ROOT / path, root / path)
        if demonstrations:
            self.a, self.b = self.repository.add("A"), self.repository.add("B")

    def add(self, base: str, name: str) -> Proposal:
        """Copy a demonstration proposal."""
        return self.repository.add(base, name)

    def build(self, *, days_later: int = 0) -> Build:
        """Run `mkdocs build --strict` as a process of its own."""
        return self._run(LATER, str(days_later * 86_400))

    def build_as_served(self) -> Build:
        """Build into site/ what `mkdocs serve` would show."""
        return self._run(SERVED)

    def _run(self, script: str, *arguments: str) -> Build:
        command = [sys.executable, "-c", script, *arguments]
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        done = subprocess.run(
            command, cwd=self.root, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )
        return Build(done.returncode, done.stdout + done.stderr)

    def published(self) -> dict[str, bytes]:
        """Every file of the published site."""
        site = self.root / "site"
        return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}

    def page(self, path: str) -> str:
        """The HTML of a published page."""
        return (self.root / "site" / path / "index.html").read_text(encoding="utf-8")

    def option(self, text: str) -> None:
        """Change an option of the plugin in mkdocs.yml: `drafts: true`."""
        config = self.root / "mkdocs.yml"
        key = text.partition(":")[0]
        lines = config.read_text(encoding="utf-8").splitlines()
        changed = [
            f"{line[: len(line) - len(line.lstrip())]}{text}" if line.lstrip().startswith(f"{key}:") else line
            for line in lines
        ]
        config.write_text("\n".join(changed) + "\n", encoding="utf-8")
