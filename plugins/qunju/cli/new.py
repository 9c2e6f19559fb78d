"""`qunju new` and `qunju add`: start a proposal, and add a member to one."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from qunju.check.dossier import NAMES
from qunju.cli import EXIT_OK, UsageError, find_root
from qunju.cli.schema import find_year
from qunju.regulation.programme import Programme
from qunju.scaffold.proposal import UNNAMED, Scaffold, Start
from qunju.schema.form import MEMBER
from qunju.source.fault import Unreadable
from qunju.source.folder import PROPOSALS, open_folder
from qunju.source.reader import read
from qunju.source.text import decode

MAX_MEMBERS = 200


def add_to(commands: Any) -> None:
    """Add both commands to the parser."""
    new: argparse.ArgumentParser = commands.add_parser(
        "new",
        help="建立新提案",
        description="建立新提案的資料夾：每個欄位都附填寫說明，空著的草稿就能通過檢查。",
    )
    new.add_argument("proposal", metavar="111/SLUG", help="年度與群聚代號，例如 111/shanhai-wander")
    new.add_argument("--category", metavar="C", help="提案類別：A 或 B")
    new.add_argument("--type", metavar="T", help="群聚型態，例如 觀光休閒合作")
    new.add_argument("--members", metavar="N", default="10", help="成員家數，含領導企業（預設 10）")
    new.add_argument("--name", metavar="名稱", default=UNNAMED, help="群聚名稱（可以之後再填）")
    new.add_argument("--stage", metavar="S", default="draft", help="階段（預設 draft）")
    new.add_argument("--private", action="store_true", help="一併建立本機專用、永不提交的 private/ 檔案")
    new.set_defaults(run=start)

    add: argparse.ArgumentParser = commands.add_parser("add", help="在提案中新增檔案", description="在提案中新增檔案。")
    kinds = add.add_subparsers(title="要新增的", required=True, metavar="種類")
    member: argparse.ArgumentParser = kinds.add_parser("member", help="一家成員", description="新增一家成員的檔案。")
    member.add_argument("proposal", metavar="111/SLUG", help="提案，例如 111/zonggu-slow-trip")
    member.add_argument("member", metavar="ID", help="成員的識別字，也就是檔名，例如 daolang-rice")
    member.add_argument("--private", action="store_true", help="一併建立本機專用、永不提交的 private/ 檔案")
    member.set_defaults(run=add_member)


def start(options: argparse.Namespace) -> int:
    """Write a new proposal."""
    root = find_root()
    year, slug = _identify(options.proposal)
    programme = find_year(root, year)
    if programme.archived:
        raise UsageError(f"{year} 年度只保存名冊，不能新增提案。")
    _refuse_name(root, year, slug)
    folder = root / PROPOSALS / year / slug
    if folder.exists():
        raise UsageError(f"{PROPOSALS}/{year}/{slug}/ 已經存在，不會覆寫。請換一個代號。")
    beginning = Start(
        category=_one_of(programme.vocabulary("categories"), options.category, "--category"),
        type=_one_of(programme.vocabulary("types"), options.type, "--type"),
        members=_count(options.members),
        stage=_one_of(programme.stages, options.stage, "--stage"),
        name=_name(options.name, programme),
    )
    files = dict(Scaffold(programme).proposal(beginning, private=options.private))
    _write(folder, files)
    print(f"已建立 {PROPOSALS}/{year}/{slug}/，共 {len(files)} 個檔案，含 {beginning.members} 家成員。")
    print("接下來：")
    print(f"  1. 從 cluster.yml 寫起；members/ 的檔名（{_first_member(files)}）可改成好認的英文名稱。")
    print(f"  2. 隨時執行 qunju check {year}/{slug} 檢查；加上 --stage submission 可看送件還缺什麼。")
    return EXIT_OK


def add_member(options: argparse.Namespace) -> int:
    """Write the file of one more member."""
    root = find_root()
    year, slug = _identify(options.proposal)
    programme = find_year(root, year)
    _refuse_name(root, year, slug)
    folder = root / PROPOSALS / year / slug
    if not (folder / "cluster.yml").is_file():
        raise UsageError(f"找不到提案 {year}/{slug}；要建立新提案請用 qunju new。")
    name = options.member
    if not re.match("[a-z]", name) or _is_refused(root, year, name):
        raise UsageError(f"「{name}」不能當成員的識別字：用小寫英文開頭，接小寫英文、數字與連字號，例如 daolang-rice。")
    category = _category(folder / "cluster.yml", programme)
    files = dict(Scaffold(programme).member(name, category, leads=False, private=options.private))
    for path in files:
        if (folder / path).exists():
            raise UsageError(f"{PROPOSALS}/{year}/{slug}/{path} 已經存在，不會覆寫。請換一個識別字。")
    _write(folder, files)
    print("\n".join(f"已建立 {PROPOSALS}/{year}/{slug}/{path}" for path in files))
    return EXIT_OK


def _identify(text: str) -> tuple[str, str]:
    year, _, slug = text.removeprefix(f"{PROPOSALS}/").rstrip("/").partition("/")
    if not year or not slug:
        raise UsageError(f"「{text}」應寫成「年度/群聚代號」，例如 111/shanhai-wander。")
    return year, slug


def _refuse_name(root: Path, year: str, slug: str) -> None:
    """Raise `UsageError` where the check would refuse a folder of that name, in its words."""
    folder = open_folder(root, year, slug, NAMES, private=False)
    for path, fault in folder.faults:
        if path == folder.path:
            raise UsageError(f"{fault.message}{fault.remedy}")


def _is_refused(root: Path, year: str, slug: str) -> bool:
    try:
        _refuse_name(root, year, slug)
    except UsageError:
        return True
    return False


def _one_of(words: tuple[str, ...], given: str | None, option: str) -> str:
    if given not in words:
        problem = f"請加上 {option}；" if given is None else f"{option} 不能是「{given}」；"
        raise UsageError(f"{problem}可用的有：{'、'.join(words)}。")
    return given


def _name(text: str, programme: Programme) -> str:
    longest = programme.form.committed["cluster"].json["properties"]["name"]["maxLength"]
    if not text.strip() or not text.isprintable() or len(text) > longest:
        raise UsageError(f"--name 須是一行文字，至多 {longest} 字。")
    return text.strip()


def _count(text: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,3}", text) or int(text) > MAX_MEMBERS:
        raise UsageError(f"--members 不能是「{text}」；請寫 1 到 {MAX_MEMBERS} 的整數，含領導企業。")
    return int(text)


def _category(path: Path, programme: Programme) -> str | None:
    """Return the category that cluster.yml states, None where it cannot be told."""
    try:
        values, _ = read(decode(path.read_bytes()), programme.form.committed["cluster"].shape)
    except Unreadable:
        return None
    stated = values.get("category")
    return stated if isinstance(stated, str) and stated in programme.vocabulary("categories") else None


def _first_member(files: Iterable[PurePosixPath]) -> str:
    return next(path.name for path in files if path.parent.name == f"{MEMBER}s")


def _write(folder: Path, files: dict[PurePosixPath, str]) -> None:
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
