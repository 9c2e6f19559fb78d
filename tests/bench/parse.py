"""Parse every YAML file of a repository's proposals with PyYAML's C loader: what the check is measured against."""

from __future__ import annotations

import sys
from pathlib import Path

import yaml


def main(root: Path) -> None:
    """Parse and forget."""
    for path in sorted((root / "proposals").rglob("*.yml")):
        yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)  # the C twin of SafeLoader


if __name__ == "__main__":
    main(Path(sys.argv[1]))
