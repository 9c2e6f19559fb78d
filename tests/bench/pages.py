"""Two sites of as many pages: ours, and a plain one of mkdocs-material with the same texts as Markdown."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml
from tests.bench.proposals import ROOT, generate

PAGES_EACH = 3
CONFIG = """\
site_name: bench
theme: {{name: material, language: zh-TW, font: false{theme}}}
plugins: [{plugins}]
markdown_extensions: [admonition, attr_list, md_in_html, tables, toc]
"""


def qunju_site(root: Path, count: int) -> None:
    """Write our site with `count` proposals, search off."""
    generate(root, count)
    shutil.copytree(ROOT / "theme", root / "theme")
    (root / "docs").mkdir()
    config = CONFIG.format(theme=", custom_dir: theme/overrides", plugins="qunju")
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")


def plain_site(root: Path, like: Path) -> None:
    """Write a plain site with as many pages as ours has, out of the same proposals' texts."""
    (root / "docs").mkdir(parents=True)
    (root / "docs" / "index.md").write_text("# bench\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text(CONFIG.format(theme="", plugins=""), encoding="utf-8")
    for folder in sorted((like / "proposals").glob("*/*")):
        texts = _texts(folder)
        for page in range(PAGES_EACH):
            target = root / "docs" / "clusters" / folder.name / f"{page}.md"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_markdown(texts[page::PAGES_EACH]), encoding="utf-8")


def _texts(folder: Path) -> list[tuple[str, str]]:
    """Every public-looking text of a proposal with its key."""
    found: list[tuple[str, str]] = []
    for name in ("cluster", "plan", "canvas", "schedule"):
        _collect(yaml.safe_load((folder / f"{name}.yml").read_text(encoding="utf-8")), name, found)
    return found


def _collect(value: object, key: str, found: list[tuple[str, str]]) -> None:
    if isinstance(value, dict):
        for name, child in value.items():
            _collect(child, str(name), found)
    elif isinstance(value, list):
        for child in value:
            _collect(child, key, found)
    else:
        found.append((key, str(value)))


def _markdown(texts: list[tuple[str, str]]) -> str:
    return "# bench\n\n" + "\n\n".join(f"## {key}\n\n{text}" for key, text in texts) + "\n"
