"""How a build takes the place of the published site, whatever stands there and wherever it is cut short."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.building import Site

from qunju.site.swap import Swap


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A published site."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("old", encoding="utf-8")
    return folder


def build(site: Path) -> Swap:
    """Build anew, up to the moment of publishing."""
    swap = Swap(site)
    swap.staging.mkdir()
    (swap.staging / "index.html").write_text("new", encoding="utf-8")
    return swap


def shown(site: Path) -> str:
    return (site / "index.html").read_text(encoding="utf-8")


def test_a_link_stays_a_link(site: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(site, target_is_directory=True)
    for _ in range(2):
        build(link).complete()
        assert link.is_symlink()
        assert shown(site) == shown(link) == "new"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "site"]


def test_a_read_only_site_is_replaced_and_leaves_nothing_behind(site: Path, tmp_path: Path) -> None:
    swap = build(site)
    (site / "index.html").chmod(0o400)
    site.chmod(0o500)
    swap.complete()
    assert shown(site) == "new"
    assert list(tmp_path.iterdir()) == [site]


def test_what_cannot_be_published_leaves_the_site(site: Path) -> None:
    swap = Swap(site)
    with pytest.raises(OSError, match="building"):
        swap.complete()
    assert shown(site) == "old"


def test_a_swap_cut_short_is_undone_even_where_the_next_build_fails(tmp_path: Path) -> None:
    repository = Site(tmp_path)
    retired = tmp_path / ".site.retired"
    retired.mkdir()
    (retired / "index.html").write_text("old", encoding="utf-8")
    repository.a.set("cluster.category", "Z")
    assert repository.build().code != 0
    assert shown(tmp_path / "site") == "old"
    assert not retired.exists()


def test_deploying_finds_the_built_site(tmp_path: Path) -> None:
    Site(tmp_path)
    identity = {f"GIT_{who}_{what}": "qunju" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **identity, "NO_MKDOCS_2_WARNING": "1"}
    remote = tmp_path / "remote"
    for command in (
        ("git", "init", "-q", "--bare", str(remote)),
        ("git", "init", "-q"),
        ("git", "remote", "add", "origin", str(remote)),
        (sys.executable, "-m", "mkdocs", "gh-deploy", "-q"),
    ):
        subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    published = subprocess.run(
        ["git", "-C", str(remote), "ls-tree", "-r", "--name-only", "gh-pages"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert "index.html" in published.stdout.splitlines()
