"""`make bench`: what a check and a build cost, as ratios measured in one run, each beside its goal.

Every command is a process of its own, its start included, and every figure the median of several runs.
"""

from __future__ import annotations

import argparse
import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.bench.pages import plain_site, qunju_site
from tests.bench.proposals import generate, yaml_files

import qunju

PYTHON = sys.executable
PARSE = Path(__file__).with_name("parse.py")
MIB = 1 << 20
KIB = 1 << 10


@dataclass(frozen=True)
class Run:
    """One command: seconds on the clock, and the most memory it held, in bytes."""

    seconds: float
    memory: int


@dataclass(frozen=True)
class Figure:
    """A measured ratio and the goal it is held to."""

    name: str
    value: float
    goal: float
    met: bool
    sign: str
    detail: str

    @property
    def line(self) -> str:
        """The figure as the table prints it."""
        word = "ok  " if self.met else "MISS"
        return f"{word}  {self.value:8.2f}  {self.sign} {self.goal:<7g} {self.name}  ({self.detail})"


def at_most(name: str, value: float, goal: float, detail: str) -> Figure:
    """A figure that should not be larger than its goal."""
    return Figure(name, value, goal, value <= goal, "<=", detail)


def at_least(name: str, value: float, goal: float, detail: str) -> Figure:
    """A figure that should not be smaller than its goal."""
    return Figure(name, value, goal, value >= goal, ">=", detail)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", type=int, default=1000, help="proposals of the large repository")
    parser.add_argument("--runs", type=int, default=3, help="runs of which the median counts")
    parser.add_argument("--site", type=int, default=100, help="proposals of the built site")
    options = parser.parse_args()
    # As other programs are measured: compiled, as from the second run on, even where Python must not write there.
    compileall.compile_dir(Path(qunju.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        for figure in measure(Path(folder), options.large, options.runs, options.site):
            sys.stdout.write(f"{figure.line}\n")
            sys.stdout.flush()


def measure(folder: Path, large: int, runs: int, site: int) -> Sequence[Figure]:
    """Return every figure."""
    tenth = large // 10
    roots = {count: folder / str(count) for count in (16, tenth, large)}
    for count, root in roots.items():
        generate(root, count)
    small = median(partial(check, roots[16]), runs)
    fewer, whole = (median(partial(check, roots[count], "--jobs", "1"), runs) for count in (tenth, large))
    parsed = median(partial(parse, roots[large]), runs)
    two = median(partial(check, roots[large], "--jobs", "2"), runs)
    others = check_jsonschema(roots[16])
    growth = (whole.memory - fewer.memory) / (large - tenth)
    return (
        at_most("whole check / CSafeLoader parsing", whole.seconds / parsed.seconds, 1.0, seconds(whole, parsed)),
        at_least("check-jsonschema / whole check, 16", others.seconds / small.seconds, 15, seconds(others, small)),
        at_least("one process / two", whole.seconds / two.seconds, 1.6, seconds(whole, two)),
        at_most(f"{large} proposals / {tenth}", whole.seconds / fewer.seconds, 11, seconds(whole, fewer)),
        at_most("peak memory, MiB", fewer.memory / MIB, 64, f"{tenth} proposals"),
        at_most("memory a proposal more, KiB", growth / KIB, 5, f"{whole.memory / MIB:.0f} MiB at {large}"),
        site_figure(folder, site, runs),
    )


def site_figure(folder: Path, count: int, runs: int) -> Figure:
    """Build the site with all checks, and a plain one of as many pages with the same texts."""
    ours, plain = folder / "ours", folder / "plain"
    qunju_site(ours, count)
    plain_site(plain, ours)
    build = median(partial(mkdocs, ours), runs)
    base = median(partial(mkdocs, plain), runs)
    return at_most(f"site of {count} / plain site", build.seconds / base.seconds, 1.0, seconds(build, base))


def check(root: Path, *options: str) -> Run:
    """Run the whole check."""
    return run([PYTHON, "-m", "qunju.cli", "check", *options], root)


def parse(root: Path) -> Run:
    """Parse the same files with PyYAML's C loader and throw the result away."""
    return run([PYTHON, str(PARSE), *map(str, [root])], root)


def check_jsonschema(root: Path) -> Run:
    """Validate the same files with check-jsonschema, one call for each kind of file."""
    kinds: dict[str, list[str]] = {}
    for path in yaml_files(root):
        kind = "member" if path.parent.name == "members" else path.stem
        kinds.setdefault(kind, []).append(str(path))
    found = [
        run(["check-jsonschema", "--schemafile", f"schema/{kind}.schema.json", *files], root, may_fail=True)
        for kind, files in kinds.items()
    ]
    return Run(sum(one.seconds for one in found), max(one.memory for one in found))


def mkdocs(root: Path) -> Run:
    """Build a site."""
    return run([PYTHON, "-m", "mkdocs", "build", "--quiet"], root)


def run(command: list[str], folder: Path, *, may_fail: bool = False) -> Run:
    """Run a command and measure it; a command that fails where it may not stops the bench."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PATH": f"{Path(PYTHON).parent}:{os.environ['PATH']}"}
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)  # our own
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds_taken = time.perf_counter() - start
    if process.returncode and not may_fail:
        raise SystemExit(f"{' '.join(command[:4])} failed with {process.returncode}")
    return Run(seconds_taken, usage.ru_maxrss * KIB)


def median(measured: Callable[[], Run], runs: int) -> Run:
    """Return the run of median time."""
    found = sorted((measured() for _ in range(runs)), key=lambda one: one.seconds)
    return found[statistics.median_low(range(len(found)))]


def seconds(one: Run, other: Run) -> str:
    """Both times, for those who want to know more than their ratio."""
    return f"{one.seconds:.2f} s / {other.seconds:.2f} s"


if __name__ == "__main__":
    main()
