"""The line of a file that a finding points at, with a caret under it, and nothing personal in it."""

from __future__ import annotations

from pathlib import Path

from qunju.check.location import Location
from qunju.source.personal import redact
from qunju.source.place import is_private
from qunju.source.printable import printable
from qunju.source.text import MAX_BYTES

MAX_WIDTH = 92
_AMPLE = 4 * MAX_WIDTH
"""More characters than are ever shown: measuring a line of a million takes time."""
_LEAD = 24
"""How much of a long line stands before the caret."""


class Excerpts:
    """Source lines of one repository; the file read last is kept, since findings come file by file."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._path = ""
        self._lines: list[str] = []

    def lines(self, location: Location, *, key_only: bool = False) -> list[str]:
        """Return the numbered source line and the caret line below it; nothing for a file under private/.

        With `key_only` the line ends behind the name of the field: what an unknown field holds is nobody's business.
        """
        if location.line is None or is_private(location.path):
            return []
        source = self._source(location.path)
        if location.line > len(source):
            return []
        text, column = source[location.line - 1], (location.column or 1) - 1
        if not text.strip() or text.lstrip().startswith("#"):
            # Where the place is a whole file its first line says nothing, and a comment is nobody's value.
            return []
        if key_only:
            name, colon, _ = text[column:].partition(":")
            text = f"{text[:column]}{name}{colon}"
        text, column = _window(printable(redact(text)), column)
        number = str(location.line)
        return [f"{number} │ {text}", f"{' ' * len(number)} │ {' ' * _width(text[:column])}^"]

    def _source(self, path: str) -> list[str]:
        if path != self._path:
            self._path, self._lines = path, _read(self._root / path)
        return self._lines


def _read(path: Path) -> list[str]:
    """Return the lines of a file, as far as it is text at all: faults of reading are shown too."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return []
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return []
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _width(text: str) -> int:
    # Imported here because it takes as long as checking a proposal, and a report without findings shows no line.
    from wcwidth import wcswidth  # noqa: PLC0415

    return wcswidth(text)


def _window(text: str, column: int) -> tuple[str, int]:
    """Return the part of a line that is shown, and where in it the column is then."""
    if len(text) <= _AMPLE and _width(text) <= MAX_WIDTH:
        return text, column
    if column > _AMPLE or (column > _LEAD and _width(text[: column + 1]) > MAX_WIDTH // 2):
        text, column = f"…{text[column - _LEAD :]}", _LEAD + 1
    shown = text[:_AMPLE]
    while _width(shown) > MAX_WIDTH - 1:
        shown = shown[:-1]
    return shown + "…" * (len(shown) < len(text)), column
