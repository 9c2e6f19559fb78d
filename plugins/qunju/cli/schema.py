"""`qunju schema`: write the schemas that editors use, or tell whether they are up to date."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from qunju.check.rulebook import PROGRAMMES, SCHEMA
from qunju.cli import EXIT_ERRORS, EXIT_OK, UsageError, find_root
from qunju.regulation.programme import Programme, list_programmes, load_programme
from qunju.schema.compose import EDITOR, editor_files
from qunju.schema.form import load_form


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "schema",
        help="產生編輯器用的結構定義",
        description="把提案格式與某年度的用字合成編輯器用的結構定義，寫入 schema/programmes/<年度>/editor/。",
    )
    parser.add_argument("year", metavar="YEAR", help="年度，例如 111")
    parser.add_argument("--check", action="store_true", help="不寫入；與現有檔案不同時結束代碼為 1")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the composed schemas of a year, or compare them with what is there."""
    root = find_root()
    year = find_year(root, options.year)
    folder = year.folder / EDITOR
    wanted = {folder / path: text for path, text in editor_files(year.form, year)}
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    stray = sorted({path for path in folder.rglob("*") if path.is_file()} - wanted.keys())
    if options.check:
        return _report(root, [*stale, *stray], options.year)
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], encoding="utf-8", newline="\n")
    for path in stray:
        path.unlink()
    print(f"{folder.relative_to(root).as_posix()}：寫入 {len(stale)} 個檔案，刪除 {len(stray)} 個。")
    return EXIT_OK


def find_year(root: Path, year: str) -> Programme:
    """Return a programme year; raise `UsageError` where the repository has none of that name."""
    known = list_programmes(root / SCHEMA / PROGRAMMES)
    if year not in known:
        raise no_such_year(year, known)
    return load_programme(root / SCHEMA / PROGRAMMES / year, load_form(root / SCHEMA))


def no_such_year(year: str, known: Iterable[str]) -> UsageError:
    """Return what to raise for a year that the repository has no folder of."""
    return UsageError(f"沒有「{year}」年度的規範；有的年度：{'、'.join(known)}。")


def _report(root: Path, changed: list[Path], year: str) -> int:
    for path in changed:
        print(f"{path.relative_to(root).as_posix()} 不是最新的")
    if changed:
        print(f"請執行 qunju schema {year}，並提交更新的檔案。")
    return EXIT_ERRORS if changed else EXIT_OK
