"""Verdicts with their lines and columns, as reports print them."""

from __future__ import annotations

import contextlib
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from qunju.regulation.verdict import Note, Status, Verdict
from qunju.source.place import Place, is_private
from qunju.source.positions import Positions


class Location(NamedTuple):
    """A place in a file of the repository; line and column from 1, None where no file exists."""

    path: str
    line: int | None = None
    column: int | None = None


class Located(NamedTuple):
    """A verdict and where each of its places, and each of its notes' places, stands."""

    verdict: Verdict
    locations: tuple[Location, ...] = ()
    note_locations: tuple[tuple[Location, ...], ...] = ()


class Locator:
    """Finds lines and columns in a repository, reading each file at most once.

    Unless `everywhere` is asked for, only of what a reader should act on: the file of a verdict that merely stays open
    need not be read a second time. Unless `private` is, no file under private/ is opened.
    """

    def __init__(self, root: Path, *, everywhere: bool, private: bool) -> None:
        self._root = root
        self._everywhere = everywhere
        self._private = private
        self._files: dict[str, Positions | None] = {}

    def locate(self, verdict: Verdict) -> Located:
        """Return a verdict with its locations; what passes without a word needs none."""
        settled = verdict.status in (Status.PASS, Status.NOT_APPLICABLE)
        places = () if settled or not (verdict.severity or self._everywhere) else verdict.places
        if not places and not verdict.notes:
            return Located(verdict)
        return Located(
            verdict, self._all(places, at_key=verdict.at_key), tuple(self._of_note(note) for note in verdict.notes)
        )

    def find(self, place: Place) -> Location:
        """Return where a value stands; one that is not filled in, where the part that would hold it does."""
        return self._location(place, at_key=False)

    def _of_note(self, note: Note) -> tuple[Location, ...]:
        return self._all(note.places, at_key=False)

    def _all(self, places: Iterable[Place], *, at_key: bool) -> tuple[Location, ...]:
        return tuple(dict.fromkeys(self._location(place, at_key=at_key) for place in places))

    def _location(self, place: Place, *, at_key: bool) -> Location:
        if place.position is not None:
            return Location(place.path, *place.position)
        closed = is_private(place.path) and not self._private
        positions = None if closed else self._positions(place.path)
        if positions is None:
            return Location(place.path)
        found = positions.of_key(place.pointer) if at_key and place.pointer else positions.of(place.pointer)
        return Location(place.path, found.line, found.column)

    def _positions(self, path: str) -> Positions | None:
        if path not in self._files:
            self._files[path] = None
            file = self._root / path
            # What the reader refused, a link or a pipe, is not opened here either.
            with contextlib.suppress(OSError):
                if stat.S_ISREG(file.lstat().st_mode):
                    self._files[path] = Positions(file.read_bytes())
        return self._files[path]
