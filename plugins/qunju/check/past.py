"""The rosters of earlier years, read from their folders; those proposals are not judged for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from qunju.check.rulebook import Library, Rulebook
from qunju.model.past import Past, PastCluster, PastCompany
from qunju.schema.form import MEMBER
from qunju.source.fault import Fault, Unreadable
from qunju.source.folder import PROPOSALS, list_folders
from qunju.source.reader import read
from qunju.source.text import load

CONTRACT = "contract"
HANDED_IN = "submission"
CLOSING = "closing"


def read_past(root: Path, library: Library, years: list[str], judged: set[str]) -> tuple[Past, list[tuple[str, Fault]]]:
    """Return the clusters of the years that count for those judged, and what of an archived year cannot be read."""
    faults: list[tuple[str, Fault]] = []
    clusters = [
        cluster
        for year in sorted(_wanted(library, years, judged))
        for cluster in _Reader(root, library, year, faults).clusters()
    ]
    return Past(tuple(clusters)), faults


def _wanted(library: Library, years: list[str], judged: set[str]) -> set[str]:
    """Return the years that have a folder and that a judged year looks back to."""
    wanted: set[str] = set()
    for year in judged:
        window = library.rulebooks[year].programme.facts["window"]
        wanted |= {str(each) for each in (window["prior_year"], *window["recent_years"]) if str(each) != year}
    return wanted & set(years) & set(library.rulebooks)


class _Reader:
    """Reads the proposals of one year as far as their rosters."""

    def __init__(self, root: Path, library: Library, year: str, faults: list[tuple[str, Fault]]) -> None:
        self._root = root
        self._form = library.form
        self._rulebook: Rulebook = library.rulebooks[year]
        self._year = year
        self._faults = faults

    def clusters(self) -> Iterator[PastCluster]:
        """Yield every cluster of the year that was at least handed in."""
        programme = self._rulebook.programme
        for slug in list_folders(self._root, self._year)[0]:
            folder = f"{PROPOSALS}/{self._year}/{slug}"
            profile = self._values(folder, "cluster")
            stage = profile.get("stage")
            if stage not in programme.stages or not programme.has_reached(stage, HANDED_IN):
                continue
            progress = self._values(folder, "progress")
            announced = bool(_group(progress, "award").get("announce_date"))
            coached = announced or programme.has_reached(stage, CONTRACT)
            yield PastCluster(
                id=f"{self._year}/{slug}",
                name=_text(profile, "name"),
                proposer=_text(self._values(folder, "proposer"), "ubn"),
                stage=programme.stage_title(stage),
                coached=coached,
                open=programme.archived and coached and not programme.has_reached(stage, CLOSING),
                companies=tuple(self._companies(folder, progress)),
            )

    def _companies(self, folder: str, progress: Mapping[str, Any]) -> Iterator[PastCompany]:
        changes = progress.get("roster_changes")
        gone = {_text(change, "out") for change in changes if isinstance(change, dict)} if changes else set()
        members = self._root / folder / "members"
        for path in sorted(members.glob("*.yml")) if members.is_dir() else ():
            values = self._values(folder, MEMBER, f"members/{path.name}")
            owner = _text(_group(values, "responsible"), "name")
            number, name = _text(values, "ubn"), _text(values, "name")
            cluster = folder.removeprefix(f"{PROPOSALS}/")
            yield PastCompany(cluster, path.stem, name, number, owner, left=path.stem in gone)

    def _values(self, folder: str, kind: str, name: str = "") -> Mapping[str, Any]:
        """Return what a file says; where it cannot be read, nothing.

        That is told for an archived year; the proposals of another are read for themselves and tell it there.
        """
        path = f"{folder}/{name or f'{kind}.yml'}"
        file = self._root / path
        if file.is_symlink() or not file.is_file():
            return {}
        try:
            values, faults = read(load(file), self._form.schema(kind, private=False).shape)
        except Unreadable as unreadable:
            values, faults = {}, [unreadable.fault]
        if self._rulebook.programme.archived:
            self._faults.extend((path, fault) for fault in faults)
        return values


def _text(values: Mapping[str, Any], key: str) -> str:
    value = values.get(key)
    return value.strip() if isinstance(value, str) else ""


def _group(values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = values.get(key)
    return value if isinstance(value, dict) else {}
