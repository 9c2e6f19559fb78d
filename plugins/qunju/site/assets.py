"""The theme's files as the site serves them: one style sheet out of many, the rest as they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

BUNDLE = "assets/qunju.css"
FIRST, LAST = "tokens.css", "print.css"
APART = frozenset({"canvas-print.css"})
"""Style sheets that only some pages load."""


class Asset(NamedTuple):
    """A file of the site with its content."""

    target: str
    content: bytes


def list_assets(folder: Path) -> Iterator[Asset]:
    """Yield the theme's assets: definitions first and print rules last in the one style sheet."""
    sheets = sorted(path for path in (folder / "css").glob("*.css") if path.name not in APART)
    ordered = sorted(sheets, key=lambda path: (path.name != FIRST, path.name == LAST, path.name))
    yield Asset(BUNDLE, b"\n".join(path.read_bytes() for path in ordered))
    for path in sorted(item for item in folder.rglob("*") if item.is_file() and item not in sheets):
        yield Asset(f"assets/{path.relative_to(folder).as_posix()}", path.read_bytes())
