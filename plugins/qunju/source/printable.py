"""Text as it may be printed: what proposals and file names hold must not steer a terminal or a log."""

from __future__ import annotations

import unicodedata


def printable(text: str) -> str:
    """Return a text of the same length in which every character can be seen; a tab or a line break is a space."""
    return text if text.isprintable() else "".join(map(_seen, text))


def _seen(char: str) -> str:
    if char.isprintable() or unicodedata.category(char) == "Zs":
        return char
    return " " if char in "\t\r\n" else "?"
