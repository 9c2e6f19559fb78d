"""The line of a file that a finding points at, with a caret under it, and nothing personal in it."""

from __future__ import annotations

import re
from pathlib import Path

from wcwidth import wcswidth

from qunju.check.location import Location
from qunju.source.fault import Unreadable
from qunju.source.text import decode

MAX_WIDTH = 100
_PERSONAL = re.compile(
    r"(?:\+886[- ]?|0)9[0-9]{2}[- ]?[0-9]{3}[- ]?[0-9]{3}|[A-Z][12][0-9]{8}|[\w.+-]+@[\w-]+\.[\w.-]+"
)


def redact(text: str) -> str:
    """Blot out what looks like a mobile number, an e-mail address or a national id."""
    return _PERSONAL.sub(lambda found: "█" * len(found[0]), text)


class Excerpts:
    """Source lines of one repository; the file read last is kept, since findings come file by file."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._path = ""
        self._lines: list[str] = []

    def lines(self, location: Location) -> list[str]:
        """Return the numbered source line and the caret line below it; nothing for a file under private/."""
        if location.line is None or "/private/" in location.path:
            return []
        source = self._source(location.path)
        if location.line > len(source):
            return []
        text = redact(source[location.line - 1].expandtabs(1))
        column = max((location.column or 1) - 1, 0)
        if wcswidth(text[: column + 1]) > MAX_WIDTH:
            text, column = f"…{text[column:]}", 1
        number = f"{location.line:>5}"
        indent = " " * max(wcswidth(text[:column]), 0)
        return [f"{number} │ {_cut(text)}", f"{'':>5} │ {indent}^"]

    def _source(self, path: str) -> list[str]:
        if path != self._path:
            try:
                text = decode((self._root / path).read_bytes())
            except (OSError, Unreadable):
                text = ""
            self._path, self._lines = path, text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return self._lines


def _cut(text: str) -> str:
    if wcswidth(text) <= MAX_WIDTH:
        return text
    while text and wcswidth(text) > MAX_WIDTH - 1:
        text = text[:-1]
    return f"{text}…"
