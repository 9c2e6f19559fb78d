"""The repository as a whole: which proposals there are, and what lies where no proposal is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qunju.check.dossier import fault_verdict
from qunju.check.location import Located
from qunju.check.past import read_past
from qunju.check.rulebook import Library
from qunju.model.past import NO_PAST, Past
from qunju.source.fault import Fault
from qunju.source.folder import PROPOSALS, list_folders, list_years
from qunju.source.tracked import tracked_private_files


@dataclass(frozen=True)
class Survey:
    """Year and slug of every proposal to examine, and the verdicts on what belongs to none.

    `tracked` are the files under private/ that git tracks, by proposal; `past` is what earlier years' folders say.
    """

    proposals: tuple[tuple[str, str], ...]
    verdicts: tuple[Located, ...]
    tracked: Mapping[str, tuple[str, ...]]
    past: Past = NO_PAST


def survey(root: Path, library: Library, paths: tuple[str, ...]) -> Survey:
    """Look through proposals/; a year without a programme is an error, never a fallback."""
    years, faults = list_years(root)
    proposals: list[tuple[str, str]] = []
    for year in years:
        rulebook = library.rulebooks.get(year)
        if rulebook is None:
            known = "、".join(library.rulebooks)
            words = f"沒有 {year} 年度的規範，無法檢查這個年度的提案。"
            faults.append(
                (
                    f"{PROPOSALS}/{year}",
                    Fault(
                        "SRC-FOLDER",
                        words,
                        f"可檢查的年度有：{known}；新年度請先建立 schema/programmes/{year}/。",
                        None,
                    ),
                )
            )
            continue
        slugs, strays = list_folders(root, year)
        faults.extend(strays)
        if not rulebook.programme.archived:
            proposals.extend((year, slug) for slug in slugs)
    tracked: dict[str, tuple[str, ...]] = {}
    for path in tracked_private_files(root):
        owner = tuple(path.split("/")[1:3])
        if owner in proposals:
            name = "/".join(owner)
            tracked[name] = (*tracked.get(name, ()), path)
        else:
            faults.append((path, _tracked_fault()))
    past, unreadable = read_past(root, library, years, {year for year, _ in proposals})
    faults.extend(unreadable)
    reported = tuple(fault_verdict(path, fault) for path, fault in faults if _concerns(path, paths))
    return Survey(tuple(proposals), reported, tracked, past)


def _tracked_fault() -> Fault:
    """A private file in git that belongs to no proposal under check; those of proposals are PDP-10's."""
    return Fault(
        "SRC-PRIVATE",
        "private/ 裡的這個檔案已受 git 追蹤，其中的個人資料應視同已外洩。",
        "執行 git rm --cached 停止追蹤並提交；歷史紀錄裡的內容仍在，請通報執行單位並從歷史移除。",
    )


def _concerns(path: str, paths: tuple[str, ...]) -> bool:
    return not paths or any(
        path == asked or path.startswith(f"{asked}/") or asked.startswith(f"{path}/") for asked in paths
    )
