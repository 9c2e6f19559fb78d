"""`qunju check`: check proposals against the regulation."""

from __future__ import annotations

import argparse
import datetime
import gc
import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from qunju.check.pipeline import Check, Request, check
from qunju.check.rulebook import load_library
from qunju.cli import EXIT_ERRORS, EXIT_OK, UsageError, find_root
from qunju.model.record import TAIPEI
from qunju.report.digest import Totals
from qunju.source.folder import PROPOSALS

FORMATS = ("github", "json", "markdown", "text")


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "check", help="依規範檢查提案", description="依規範檢查提案；沒有錯誤時結束代碼為 0，有錯誤為 1。"
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="只報告這些提案資料夾或檔案（比對仍涵蓋全部提案）")
    parser.add_argument("--format", choices=FORMATS, default="text", help="報告格式（預設 text）")
    parser.add_argument("--stage", metavar="S", help="以這個階段的要求檢查，例如 submission：「如果現在送件會怎樣？」")
    parser.add_argument(
        "--as-of", type=day, metavar="DATE", help="以這一天提醒已過的期限，例如 2022-03-18（預設今天）；不影響錯誤"
    )
    parser.add_argument("--private", action="store_true", help="一併讀取 private/ 的個人資料（只在本機使用）")
    parser.add_argument("--jobs", type=int, metavar="N", help="同時使用的處理程序數（預設為處理器的個數）")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the check and write its report."""
    root = find_root()
    jobs = _processors() if options.jobs is None else options.jobs
    if jobs < 1:
        raise UsageError("--jobs 至少為 1。")
    if options.stage is not None:
        stages = {stage for rulebook in load_library(root).rulebooks.values() for stage in rulebook.programme.stages}
        if options.stage not in stages:
            raise UsageError(f"沒有「{options.stage}」這個階段；可用的有：{'、'.join(sorted(stages))}。")
    paths = tuple(relative_path(root, path) for path in options.paths)
    prepared = check(
        Request(
            root,
            paths,
            options.stage,
            options.private,
            jobs,
            everywhere=options.format == "json",
            today=options.as_of or datetime.datetime.now(TAIPEI).date(),
        )
    )
    # From here on garbage may come to be, but not out of what there is by now.
    gc.freeze()
    gc.enable()
    totals = writer(options.format)(prepared, sys.stdout)
    return EXIT_ERRORS if totals.errors else EXIT_OK


def _processors() -> int:
    """Return how many processors there are for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def writer(name: str) -> Callable[[Check, TextIO], Totals]:
    """Return what writes the report in a format; the others are not even imported."""
    write: Callable[[Check, TextIO], Totals] = getattr(importlib.import_module(f"qunju.report.{name}"), f"write_{name}")
    return write


def day(text: str) -> datetime.date:
    """Return a day given as an argument."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"「{text}」不是日期，請寫成 2022-03-18 的樣子。") from None


def relative_path(root: Path, text: str) -> str:
    """Return a path as reports name it, `proposals` for the whole repository; `111/slug` is short for its folder.

    Raises `UsageError` where nothing is there that could be checked.
    """
    for candidate in (Path(text), root / PROPOSALS / text, root / text):
        found = candidate.resolve()
        if found == root:
            return PROPOSALS
        if candidate.exists() and found.is_relative_to(root / PROPOSALS):
            return found.relative_to(root).as_posix()
    raise UsageError(f"找不到「{text}」。請寫提案資料夾，例如 proposals/111/zonggu-slow-trip 或 111/zonggu-slow-trip。")


def proposal_path(root: Path, text: str) -> str:
    """Return the folder of the proposal that is named by it, by one of its files, or as `111/slug`."""
    parts = relative_path(root, text).split("/")
    if len(parts) < _PROPOSAL_DEPTH:
        raise UsageError(f"「{text}」不是提案資料夾。請寫提案，例如 111/zonggu-slow-trip。")
    return "/".join(parts[:_PROPOSAL_DEPTH])


_PROPOSAL_DEPTH = 3
"""Parts of the path of a proposal's folder: proposals/111/slug."""
