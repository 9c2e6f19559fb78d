"""The published folder changes in whole or not at all."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path


class Swap:
    """A build that goes to a sibling of the published folder and takes its place only when complete."""

    def __init__(self, published: Path) -> None:
        # Where the name is a link, the folder it leads to changes and the link stays.
        self.published = published = published.resolve()
        self.staging = published.with_name(f".{published.name}.building")
        self._retired = published.with_name(f".{published.name}.retired")
        self._restore()
        _remove(self.staging)

    def complete(self) -> None:
        """Put the finished build in the place of the published one; where that fails, leave the published one there."""
        if self.published.exists():
            self.published.rename(self._retired)
        try:
            self.staging.rename(self.published)
        finally:
            self._restore()

    def discard(self) -> None:
        """Forget an unfinished build."""
        _remove(self.staging)

    def _restore(self) -> None:
        """Undo a swap that was cut short between its two renames, and forget what a finished one left behind."""
        if self._retired.exists() and not self.published.exists():
            self._retired.rename(self.published)
        _remove(self._retired)


def _remove(folder: Path) -> None:
    """Remove a folder if it is there, read-only parts included."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        for parent, _, files in os.walk(folder):
            for path in (Path(parent), *(Path(parent, name) for name in files)):
                if not path.is_symlink():
                    path.chmod(stat.S_IRWXU)
        shutil.rmtree(folder, ignore_errors=True)
