"""What git tracks although it must not: files under a proposal's private/."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_PRIVATE = ":(glob,icase)proposals/**/private/**"


def tracked_private_files(root: Path) -> tuple[str, ...]:
    """Return the paths, from the repository root, of private files that git tracks; none where there is no git."""
    # A check run by another user than the checkout's owner, as in a container, must not find git refusing to answer.
    command = ["git", "-c", "safe.directory=*", "-C", os.fspath(root), "ls-files", "-z", "--", _PRIVATE]
    try:
        answer = subprocess.run(command, capture_output=True, check=True)  # noqa: S603  # fixed arguments
    except (OSError, subprocess.CalledProcessError):
        return ()
    return tuple(sorted(os.fsdecode(path) for path in answer.stdout.split(b"\0") if path))
