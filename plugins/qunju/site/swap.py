"""The published folder changes in whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path


class Swap:
    """A build that goes to a sibling of the published folder and takes its place only when complete."""

    def __init__(self, published: Path) -> None:
        self.published = published
        self.staging = published.with_name(f".{published.name}.building")
        self._retired = published.with_name(f".{published.name}.retired")
        self._restore()
        shutil.rmtree(self.staging, ignore_errors=True)

    def complete(self) -> None:
        """Put the finished build in the place of the published one."""
        if self.published.exists():
            self.published.rename(self._retired)
        self.staging.rename(self.published)
        shutil.rmtree(self._retired, ignore_errors=True)

    def discard(self) -> None:
        """Forget an unfinished build."""
        shutil.rmtree(self.staging, ignore_errors=True)

    def _restore(self) -> None:
        """Undo a swap that was cut short between its two renames, and forget what a finished one left behind."""
        if self._retired.exists() and not self.published.exists():
            self._retired.rename(self.published)
        shutil.rmtree(self._retired, ignore_errors=True)
