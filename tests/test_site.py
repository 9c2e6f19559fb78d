"""The site: what is built, when it is not, and that what was published stays."""

from __future__ import annotations

import html
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from tests.building import Site
from tests.repository import DEMONSTRATIONS, ROOT

A, B = (f"clusters/{name}" for name in (DEMONSTRATIONS["A"], DEMONSTRATIONS["B"]))
TAG = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The shipped site, built once."""
    built = Site(tmp_path_factory.mktemp("site"))
    result = built.build()
    assert result.code == 0, result.output
    return built


NARRATIVE = (
    "緣起 **很重要**",
    "[壞連結](javascript:alert(1)) [好連結](https://example.com/)",
    "<img src=x onerror=alert(1)>",
)


def text_of(page: str) -> str:
    return html.unescape(TAG.sub("\n", page))


def test_each_cluster_has_its_three_pages(site: Site) -> None:
    published = site.published()
    for folder in (A, B):
        for page in ("", "canvas/", "progress/"):
            assert f"{folder}/{page}index.html" in published


def test_a_build_on_another_day_gives_the_same_bytes(site: Site) -> None:
    before = site.published()
    result = site.build(days_later=1)
    assert result.code == 0, result.output
    after = site.published()
    assert sorted(after) == sorted(before)
    assert not [name for name in before if before[name] != after[name]]


def test_a_build_leaves_nothing_beside_the_site(site: Site) -> None:
    assert not list(site.root.glob(".site.*"))


def test_no_template_is_published(site: Site) -> None:
    assert not [name for name in site.published() if name.endswith((".j2", ".yml"))]


def test_no_page_names_another_host_to_load_from(site: Site) -> None:
    loads = re.compile(rb"""(?:src|srcset)=["']?(?:https?:)?//|<link[^>]+rel=["']?stylesheet[^>]+href=["']?https?://""")
    pages = {name: body for name, body in site.published().items() if name.endswith(".html")}
    assert not [name for name, body in pages.items() if loads.search(body)]


def test_every_page_of_a_fictitious_cluster_says_so(site: Site) -> None:
    for folder in (A, B):
        for page in ("", "canvas/", "progress/"):
            assert "示範資料，內容均為虛構" in site.page(f"{folder}/{page}")
    assert "示範資料，內容均為虛構" in site.page("")
    assert "示範資料，內容均為虛構" in site.page("clusters")


@pytest.mark.parametrize("base", ["A", "B"])
def test_the_canvas_shows_nine_named_blocks_with_the_text_of_the_yaml(site: Site, base: str) -> None:
    proposal = {"A": site.a, "B": site.b}[base]
    canvas = proposal.read(proposal.folder / "canvas.yml")
    assert len(canvas) == 9
    blocks = re.findall(
        r'<section[^>]*data-block="(\w+)"[^>]*>(.*?)</section>',
        site.page(f"clusters/{proposal.name}/canvas"),
        re.DOTALL,
    )
    assert {key for key, _ in blocks} == set(canvas)
    for key, body in blocks:
        assert re.search(r"<h3[^>]*>.*\S.*</h3>", body, re.DOTALL)
        entries = [
            " ".join(html.unescape(TAG.sub("", item)).split())
            for item in re.findall(r"<li[^>]*>(.*?)</li>", body, re.DOTALL)
        ]
        assert entries == [" ".join(str(entry).split()) for entry in canvas[key]]
        assert entries


def test_members_without_consent_are_counted_and_not_named(tmp_path: Path) -> None:
    site = Site(tmp_path)
    members = sorted(path.stem for path in (site.a.folder / "members").glob("*.yml"))
    hidden = next(
        name for name in members if site.a.read(site.a.folder / "members" / f"{name}.yml")["role"] == "群聚成員企業"
    )
    name = site.a.read(site.a.folder / "members" / f"{hidden}.yml")["name"]
    site.a.set(f"members.{hidden}.name", "不願具名之隱身商號")
    site.a.set(f"members.{hidden}.consent.publicity", False)
    result = site.build()
    assert result.code == 0, result.output
    assert not [path for path, body in site.published().items() if "不願具名之隱身商號".encode() in body]
    assert f"{len(members)}" in text_of(site.page(A))
    assert name


def test_an_unpublished_cluster_and_a_draft_have_no_pages(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.a.set("cluster.publish", False)
    site.b.set("cluster.stage", "draft")
    result = site.build()
    assert result.code == 0, result.output
    assert not [name for name in site.published() if name.startswith((A, B))]


def test_drafts_appear_when_asked_for_and_are_marked(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.b.set("cluster.stage", "draft")
    site.option("drafts: true")
    result = site.build()
    assert result.code == 0, result.output
    assert "草稿" in text_of(site.page(B))


@pytest.fixture
def published(tmp_path: Path) -> Site:
    """A site of which a small version is published already."""
    site = Site(tmp_path)
    (site.root / "site").mkdir()
    (site.root / "site" / "index.html").write_text("published before", encoding="utf-8")
    return site


def test_too_few_members_stop_the_build_and_leave_the_site_as_it_was(published: Site) -> None:
    before = published.published()
    members = sorted(
        path
        for path in (published.a.folder / "members").glob("*.yml")
        if published.a.read(path)["role"] == "群聚成員企業"
    )
    for path in members[: len(members) - 8]:
        path.unlink()
    result = published.build()
    assert result.code != 0
    assert "MEM-01" in result.output
    assert "9 家" in result.output
    assert "尚差 1 家" in result.output
    assert published.published() == before


def test_a_template_that_raises_leaves_the_site_as_it_was(published: Site) -> None:
    before = published.published()
    template = published.root / "theme" / "templates" / "showcase.html.j2"
    template.write_text("{{ view.nothing_of_the_kind }}", encoding="utf-8")
    assert published.build().code != 0
    assert published.published() == before
    assert not list(published.root.glob(".site.*"))


def test_a_broken_schema_is_no_traceback(published: Site) -> None:
    before = published.published()
    (published.root / "schema").unlink()
    (published.root / "schema" / "programmes" / "111").mkdir(parents=True)
    (published.root / "schema" / "programmes" / "111" / "programme.yml").write_text("year: [", encoding="utf-8")
    result = published.build()
    assert result.code != 0
    assert "Traceback" not in result.output
    assert published.published() == before


def test_texts_are_escaped_and_links_are_tame(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.a.set("cluster.theme", "<script>alert(1)</script>以縱谷為題")
    site.a.set(
        "plan.narrative.origin",
        "\n\n".join(NARRATIVE),
    )
    result = site.build()
    assert "Traceback" not in result.output
    page = site.page(A)
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<strong>很重要</strong>" in page
    assert "javascript:alert" not in page
    assert "onerror" not in page
    assert 'href="https://example.com/"' in page


def test_serving_survives_an_invalid_proposal_and_shows_its_findings(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.a.set("cluster.stage", "no-such-stage")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, cwd=site.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        page = _fetch(f"http://127.0.0.1:{port}/")
    finally:
        server.terminate()
        server.wait(10)
    assert "no-such-stage" in text_of(page)
    assert "SHP-CHOICE" in text_of(page)
    assert not (site.root / "site").exists()


def _fetch(url: str) -> str:
    for _ in range(200):
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  # our own server on loopback
                body: str = answer.read().decode("utf-8")
                return body
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{url} does not answer")


def test_the_shipped_site_is_what_make_site_builds() -> None:
    assert "mkdocs build --strict" in (ROOT / "Makefile").read_text(encoding="utf-8")
