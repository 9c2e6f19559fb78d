"""`qunju readiness`: what a proposal still lacks on the way to its next milestone."""

from __future__ import annotations

import argparse
import datetime
import sys
from dataclasses import replace
from typing import Any

from qunju.check.examination import Examiner
from qunju.check.location import Locator
from qunju.check.outlook import subject_of
from qunju.check.pipeline import Request, check
from qunju.cli import EXIT_OK, UsageError, find_root
from qunju.cli.check import day, proposal_path
from qunju.model.record import TAIPEI
from qunju.report.digest import rule_texts
from qunju.report.readiness import readiness
from qunju.report.readiness_json import write_json
from qunju.report.readiness_markdown import write_markdown
from qunju.report.readiness_text import write_text

WRITERS = {"text": write_text, "markdown": write_markdown, "json": write_json}


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "readiness",
        help="列出一案離下一個里程碑還差什麼",
        description="逐章列出一案符合什麼、多出多少、不符什麼、缺哪個檔案的哪些欄位、還要人看什麼，以及距截止幾天。"
        "這是工作清單，不是關卡：只要列得出來，結束代碼就是 0；用法或設定有誤時為 2。要當關卡請用 qunju check。",
    )
    parser.add_argument("cluster", metavar="111/SLUG", help="提案，例如 111/zonggu-slow-trip")
    parser.add_argument(
        "--stage", metavar="S", help="以這個階段的要求來看，例如 submission；預設是提案的下一個里程碑，草稿為送件"
    )
    parser.add_argument(
        "--as-of", type=day, metavar="DATE", help="以這一天計算距截止的天數，例如 2022-03-01（預設今天）"
    )
    parser.add_argument("--private", action="store_true", help="一併讀取 private/ 的個人資料（只在本機使用）")
    parser.add_argument(
        "--format", choices=tuple(WRITERS), default="text", help="輸出格式（預設 text；markdown 可貼到 issue）"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the list for one proposal."""
    root = find_root()
    folder = proposal_path(root, options.cluster)
    prepared = check(Request(root, (folder,), private=options.private))
    name = folder.partition("/")[2]
    year, _, slug = name.partition("/")
    if (year, slug) not in prepared.survey.proposals:
        raise UsageError(f"「{options.cluster}」不是提案資料夾。請寫提案，例如 111/zonggu-slow-trip。")
    programme = prepared.library.rulebooks[year].programme
    if options.stage not in (None, *programme.stages):
        raise UsageError(f"沒有「{options.stage}」這個階段；可用的有：{'、'.join(programme.stages)}。")
    opened = Examiner(root, prepared.library, private=options.private).open(year, slug).cluster
    subject = subject_of(opened, programme, options.stage)
    request = Request(root, (folder,), subject.aim, options.private, everywhere=True)
    report = next(replace(prepared, request=request).clusters())
    found = readiness(
        subject,
        programme,
        rule_texts(prepared.library, year),
        (*prepared.repository, *report.verdicts),
        today=options.as_of or datetime.datetime.now(TAIPEI).date(),
        root=root,
        locate=Locator(root, everywhere=True, private=options.private).find,
    )
    WRITERS[options.format](found, sys.stdout)
    return EXIT_OK
