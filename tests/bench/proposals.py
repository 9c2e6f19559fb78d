"""Many proposals out of the demonstration ones: other names, companies and persons, the same size and shape."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from qunju.model.ubn import is_valid_under_old_rule

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path.parent for path in (ROOT / "proposals").glob("*/*/cluster.yml"))
YEAR = "111"
_UBN = re.compile(r"(?<![0-9])999[0-9]{5}(?![0-9])")
_RESPONSIBLE = re.compile(
    r"^(responsible:\n(?:  .*\n)*?  name: |representative: |  representative_name: )(.+)$", re.MULTILINE
)


def generate(root: Path, count: int) -> None:
    """Fill a folder with a repository of `count` proposals that pass as the demonstration ones do."""
    shutil.copytree(ROOT / "schema", root / "schema")
    numbers = _numbers()
    for index in range(count):
        source = SOURCES[index % len(SOURCES)]
        _copy(source, root / "proposals" / YEAR / f"{source.name}-{index:04}", index, numbers)


def yaml_files(root: Path) -> list[Path]:
    """Every YAML file of the proposals."""
    return sorted((root / "proposals").rglob("*.yml"))


def _copy(source: Path, target: Path, index: int, numbers: Iterator[str]) -> None:
    renamed: dict[str, str] = {}

    def other(found: re.Match[str]) -> str:
        if found[0] not in renamed:
            renamed[found[0]] = next(numbers)
        return renamed[found[0]]

    for path in sorted(source.rglob("*")):
        copy = target / path.relative_to(source)
        if path.is_dir() or path.suffix != ".yml":
            copy.parent.mkdir(parents=True, exist_ok=True)
            if path.is_file():
                copy.write_bytes(path.read_bytes())
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = _UBN.sub(other, path.read_text(encoding="utf-8"))
        copy.write_text(_RESPONSIBLE.sub(rf"\g<1>\g<2>{index}", text), encoding="utf-8")


def _numbers() -> Iterator[str]:
    """Valid 統一編號, none twice."""
    return (text for number in range(10_000_000, 99_999_999) if is_valid_under_old_rule(text := f"{number:08}"))
