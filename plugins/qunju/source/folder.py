"""The files of a repository's proposals: which there are, and which do not belong there."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from qunju.source.fault import Fault
from qunju.source.printable import printable

PROPOSALS = "proposals"
_IGNORED = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep"})
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WINDOWS_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.|$)", re.IGNORECASE)
# The last range is what Python makes of bytes that are no UTF-8.
_WINDOWS_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f\ud800-\udfff]|[. ]$')


@dataclass(frozen=True, slots=True)
class Entry:
    """One YAML file of a proposal: its path from the repository root, its kind, and whose it is for a member file.

    One that stands under a wrong name carries that fault: it is not read, and not taken for absent.
    """

    path: str
    name: str
    identifier: str | None
    private: bool
    fault: Fault | None = None


@dataclass(slots=True)
class Folder:
    """One proposal's folder: its files, and what is wrong with their names (by path).

    `media`, `evidence` and `refused` are relative to the folder: pictures, what lies under private/evidence/ (listed
    only where private/ is looked at), and what is there but cannot be used.
    """

    year: str
    slug: str
    path: str
    entries: list[Entry] = field(default_factory=list)
    media: set[str] = field(default_factory=set)
    evidence: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    faults: list[tuple[str, Fault]] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The proposal's name in reports: year and slug."""
        return f"{self.year}/{self.slug}"


@dataclass(frozen=True, slots=True)
class Names:
    """The file names of the format: one of each, the kind found in members/, and those with a private twin."""

    single: Collection[str]
    each: str
    private: Collection[str]


def list_years(root: Path) -> tuple[list[str], list[tuple[str, Fault]]]:
    """Return the year folders of a repository, and the faults of what else lies beside them."""
    years: list[str] = []
    faults: list[tuple[str, Fault]] = []
    for item in _scan(root / PROPOSALS):
        if item.is_dir(follow_symlinks=False) and re.fullmatch("[0-9]{2,3}", item.name):
            years.append(item.name)
        else:
            faults.append(
                _stray(f"{PROPOSALS}/{item.name}", "proposals/ 之下只放民國年度的資料夾，例如 proposals/111/。")
            )
    return years, faults


def list_folders(root: Path, year: str) -> tuple[list[str], list[tuple[str, Fault]]]:
    """Return the slugs of a year's proposals, and the faults of what else lies beside them."""
    slugs: list[str] = []
    faults: list[tuple[str, Fault]] = []
    for item in _scan(root / PROPOSALS / year):
        path = f"{PROPOSALS}/{year}/{item.name}"
        if item.is_symlink():
            faults.append((printable(path), _link_fault()))
        elif item.is_dir() and item.name.isprintable():
            slugs.append(item.name)
        else:
            faults.append(_stray(path, "每個提案各用一個資料夾，例如 proposals/111/zonggu-slow-trip/。"))
    return slugs, faults


def open_folder(root: Path, year: str, slug: str, names: Names, *, private: bool) -> Folder:
    """List one proposal's folder. What lies under private/ is looked at only when asked for."""
    folder = Folder(year, slug, f"{PROPOSALS}/{year}/{slug}")
    if not _SLUG.fullmatch(slug) or _WINDOWS_RESERVED.match(slug):
        folder.faults.append((folder.path, _slug_fault(slug)))
    _list_level(root, folder, names, "", private=False)
    if private and (root / folder.path / "private").is_dir():
        _list_level(root, folder, names, "private/", private=True)
    _drop_doubles(folder)
    if not any(entry.name == "cluster" for entry in folder.entries):
        remedy = "新增 cluster.yml，或用 qunju new 產生整套檔案；這裡若不是提案，請移走資料夾。"
        fault = Fault("SRC-FOLDER", "這個提案資料夾裡沒有 cluster.yml。", remedy, None)
        folder.faults.append((f"{folder.path}/cluster.yml", fault))
    folder.entries.sort(key=lambda entry: entry.path)
    return folder


def _list_level(root: Path, folder: Folder, names: Names, prefix: str, *, private: bool) -> None:
    single = [name for name in (names.private if private else names.single) if name != names.each]
    for item in _scan(root / folder.path / prefix):
        path = f"{folder.path}/{prefix}{item.name}"
        if _is_refused(folder, item, path):
            continue
        stem = item.name.removesuffix(".yml")
        if item.is_dir():
            _list_inner(root, folder, names, item.name, path, private=private)
        elif stem in single and stem != item.name:
            folder.entries.append(Entry(path, stem, None, private))
        else:
            meant, fault = _unknown_file(item.name, [*(f"{name}.yml" for name in single), "members/", "media/"])
            _note(folder, path, meant if meant in single else None, fault, None, private=private)


def _list_inner(root: Path, folder: Folder, names: Names, name: str, path: str, *, private: bool) -> None:
    if name == "members":
        _list_members(root, folder, names, path, private=private)
    elif name == "media" and not private:
        folder.media.update(inner.removeprefix(f"{folder.path}/") for inner in _files_below(root, folder, path))
    elif name == "evidence" and private:
        folder.evidence.update(inner.removeprefix(f"{folder.path}/") for inner in _evidence_below(root, path))
    elif not (name == "private" and not private):
        known = ["members", "evidence"] if private else ["members", "media", "private"]
        _, fault = _unknown_file(name, [f"{known_name}/" for known_name in known])
        folder.faults.append((path, fault))


def _list_members(root: Path, folder: Folder, names: Names, path: str, *, private: bool) -> None:
    for item in _scan(root / path):
        inner = f"{path}/{item.name}"
        if _is_refused(folder, item, inner):
            continue
        stem = item.name.removesuffix(".yml")
        if stem == item.name or item.is_dir():
            meant, fault = _unknown_file(item.name, [])
            _note(folder, inner, names.each if meant else None, fault, meant, private=private)
        elif not _SLUG.fullmatch(stem):
            meant = f"{_as_slug(stem)}.yml" if _as_slug(stem) else "像 dao-lang.yml 這樣的檔名"
            message = f"成員檔名「{item.name}」不是小寫英文、數字與連字號。"
            fault = Fault("SRC-FILE", message, f"改成{' ' * meant.isascii()}{meant}；檔名就是成員的識別字。", None)
            _note(folder, inner, names.each, fault, stem, private=private)
        else:
            folder.entries.append(Entry(inner, names.each, stem, private))


def _note(folder: Folder, path: str, kind: str | None, fault: Fault, identifier: str | None, *, private: bool) -> None:
    """Note a file of a wrong name, as the one that was meant where that can be told."""
    if kind is None:
        folder.faults.append((path, fault))
    else:
        folder.entries.append(Entry(path, kind, identifier, private, fault))


def _drop_doubles(folder: Folder) -> None:
    """Take a misnamed file for what it is meant to be only where no file has the right name."""
    right = {(entry.name, entry.identifier, entry.private) for entry in folder.entries if entry.fault is None}
    for entry in [entry for entry in folder.entries if entry.fault is not None]:
        if (entry.name, entry.identifier, entry.private) in right and entry.fault is not None:
            folder.entries.remove(entry)
            folder.faults.append((entry.path, entry.fault))


def _files_below(root: Path, folder: Folder, path: str) -> Iterator[str]:
    for item in _scan(root / path):
        inner = f"{path}/{item.name}"
        if _is_refused(folder, item, inner):
            continue
        if item.is_dir():
            yield from _files_below(root, folder, inner)
        else:
            yield inner


def _evidence_below(root: Path, path: str) -> Iterator[str]:
    """Yield the files of a folder of evidence: only their names matter, and none of them is ever told."""
    for item in _scan(root / path):
        if item.is_dir(follow_symlinks=False):
            yield from _evidence_below(root, f"{path}/{item.name}")
        elif item.is_file():
            yield f"{path}/{item.name}"


def _is_refused(folder: Folder, item: os.DirEntry[str], path: str) -> bool:
    """Note what cannot be used at all: a name that Windows cannot hold, and any symbolic link.

    A link may leave the folder or lead from media/ into private/, and on Windows git turns it into a text file.
    """
    if _WINDOWS_FORBIDDEN.search(item.name) or _WINDOWS_RESERVED.match(item.name):
        message = f"Windows 無法使用「{printable(item.name)}」這個名稱。"
        fault = Fault("SRC-FILE", message, "改用小寫英數字與連字號。", None)
    elif item.is_symlink():
        fault = _link_fault()
    elif not item.is_file() and not item.is_dir():
        # To open a pipe would wait for ever.
        fault = Fault("SRC-FILE", f"「{item.name}」不是一般的檔案。", "移走它。", None)
    else:
        return False
    folder.faults.append((printable(path), fault))
    folder.refused.add(path.removeprefix(f"{folder.path}/"))
    return True


def _scan(path: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(path) as items:
            return sorted((item for item in items if item.name not in _IGNORED), key=lambda item: item.name)
    except FileNotFoundError:
        return []


def _slug_fault(slug: str) -> Fault:
    meant = _as_slug(slug)
    if _WINDOWS_RESERVED.match(slug):
        return Fault("SRC-FOLDER", f"Windows 無法使用「{slug}」這個資料夾名稱。", f"改名，例如 {meant}-cluster。", None)
    remedy = f"改名為 {meant}。" if meant else "改成小寫英文與數字、以連字號相連，例如 zonggu-slow-trip。"
    return Fault("SRC-FOLDER", f"資料夾名稱「{slug}」不是小寫英文、數字與連字號。", remedy, None)


def _as_slug(name: str) -> str:
    return re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")


def _unknown_file(name: str, known: Collection[str]) -> tuple[str | None, Fault]:
    """Return which file was probably meant, without its extension, and the fault."""
    stem, _, extension = name.rpartition(".")
    if extension.lower() in ("yaml", "yml") and extension != "yml":
        return stem, Fault("SRC-EXTENSION", f"「{name}」的副檔名應是 .yml。", f"改名為 {stem}.yml。", None)
    message = f"提案裡沒有「{name}」這種檔案。"
    # What they all end in says nothing of likeness.
    stems = {file.removesuffix(".yml").rstrip("/"): file for file in known}
    found = difflib.get_close_matches((stem or name).lower(), stems, n=1, cutoff=0.6)
    if found:
        return found[0], Fault("SRC-FILE", message, f"您要的是不是「{stems[found[0]]}」？請改名。", None)
    remedy = f"這裡可以有的是：{'、'.join(known)}。" if known else "這裡只放 .yml 檔案，每家企業一個。"
    return None, Fault("SRC-FILE", message, remedy, None)


def _stray(path: str, remedy: str) -> tuple[str, Fault]:
    name = printable(path)
    return name, Fault("SRC-FILE", f"「{name.rsplit('/', 1)[-1]}」不屬於這裡。", remedy, None)


def _link_fault() -> Fault:
    return Fault("SRC-LINK", "提案裡不能放捷徑（symbolic link）。", "把檔案本身放進來，不用捷徑。", None)
