"""The pages in a real browser: nothing from elsewhere, nothing broken, nothing cut off, the canvas on one sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browsing import chromium, served
from tests.building import Site
from tests.repository import DEMONSTRATIONS

pytestmark = pytest.mark.browser

CLUSTERS = [f"clusters/{name}/" for name in DEMONSTRATIONS.values()]
HANDBOOK = ["handbook/", "handbook/findings/", "handbook/fields/member/"]
PROOF = ["handbook/regulation/", "handbook/decisions/", "handbook/rules/mem/", "handbook/rules/bud-09/"]
PAGES = [
    "",
    "clusters/",
    *CLUSTERS,
    *(f"{path}canvas/" for path in CLUSTERS),
    *(f"{path}progress/" for path in CLUSTERS),
    *HANDBOOK,
    *PROOF,
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = Site(tmp_path_factory.mktemp("browsed"), situations=True)
    result = site.build()
    assert result.code == 0, result.output
    with served(site.root / "site") as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def visit(browser: Browser, url: str, **options: object) -> tuple[Page, list[str], list[str]]:
    page = browser.new_context(**options).new_page()  # type: ignore[arg-type]  # options of Playwright's own
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(url, wait_until="networkidle")
    return page, requests, errors


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_comes_from_elsewhere_and_nothing_breaks(
    browser: Browser, address: str, path: str, scheme: str
) -> None:
    page, requests, errors = visit(browser, address + path, color_scheme=scheme)
    assert not [url for url in requests if not url.startswith((address, "data:", "blob:"))]
    assert not errors
    page.context.close()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [360, 390, 1440])
def test_no_page_scrolls_sideways(browser: Browser, address: str, path: str, width: int) -> None:
    page, _, _ = visit(browser, address + path, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


@pytest.mark.parametrize("path", [f"{path}canvas/" for path in CLUSTERS])
def test_the_canvas_prints_on_one_landscape_page_of_a4(
    browser: Browser, address: str, path: str, tmp_path: Path
) -> None:
    page, _, _ = visit(browser, address + path)
    printed = tmp_path / "canvas.pdf"
    page.pdf(path=printed, prefer_css_page_size=True)
    body = printed.read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", body)) == 1
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([0-9.]+) ([0-9.]+)\s*\]", body)
    width, height = (float(size) for size in boxes[0])
    assert abs(width - 841.9) < 2
    assert abs(height - 595.3) < 2
    page.context.close()


@pytest.mark.parametrize("path", CLUSTERS)
def test_the_pages_of_a_cluster_lead_to_each_other(browser: Browser, address: str, path: str) -> None:
    page, _, _ = visit(browser, address + path)
    for title in ("商業模式", "進度追蹤", "群聚介紹"):
        page.get_by_role("link", name=title, exact=True).first.click()
        page.wait_for_load_state("networkidle")
        assert title == "群聚介紹" or title in page.title()
    page.context.close()


def test_the_pages_work_without_javascript(browser: Browser, address: str) -> None:
    page, _, _ = visit(browser, address + CLUSTERS[0], java_script_enabled=False)
    assert page.get_by_role("heading", level=1).first.inner_text().strip()
    assert page.get_by_text("群聚成員").first.is_visible()
    page.context.close()
