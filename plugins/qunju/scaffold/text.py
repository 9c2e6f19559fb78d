"""Lines of YAML as people edit them: scalars in quotes where needed, comments wrapped by the width of Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from wcwidth import wcswidth

WIDTH: Final = 92
"""Columns that a comment may take; a Chinese character takes two."""

_PLAIN: Final = re.compile(r"(?:[A-Za-z]|[^\x00-\x7f\s])(?:[^:#\n]|:(?=\S)|(?<=\S)#)*(?<![:\s])")
"""A text that means itself without quotes, in YAML 1.1 as in 1.2: it begins with a letter and holds no mark of YAML."""

_RESERVED: Final = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null"})
_PIECE: Final = re.compile(r"[（「『]*(?:[!-~]+|.)[，。；：、！？）」』％]*")
"""A word or Chinese character with the marks that stay on its line."""


def scalar(value: Any) -> str:
    """Return a value as YAML; None is left empty, since an empty value is a field not filled in."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    if not isinstance(value, str) or (_PLAIN.fullmatch(text) and text.lower() not in _RESERVED):
        return text
    return "'" + text.replace("'", "''") + "'"


def pair(key: str, value: Any = None) -> str:
    """Return a line with a field and its value."""
    return f"{key}: {scalar(value)}".rstrip()


def indent(lines: Iterable[str], by: int = 2) -> Iterator[str]:
    """Move lines to the right; empty ones stay empty."""
    return (" " * by + line if line else line for line in lines)


def comment(lines: Iterable[str]) -> Iterator[str]:
    """Turn lines into comments, so that taking away `# ` gives the lines back."""
    return (f"# {line}".rstrip() for line in lines)


def wrap(text: str, width: int = WIDTH) -> Iterator[str]:
    """Break a text into lines; none begins with a closing mark or ends with an opening one, and no word is torn."""
    return pack(_PIECE.findall(text), width)


def pack(pieces: Iterable[str], width: int = WIDTH) -> Iterator[str]:
    """Fill lines with pieces that are not to be torn."""
    line = ""
    for piece in pieces:
        if line and wcswidth(line + piece) > width:
            yield line.strip(" ")
            line = piece.lstrip(" ")
        else:
            line += piece
    if line.strip(" "):
        yield line.strip(" ")
