"""Search: Chinese words inside sentences are found in a real browser, and lead to the cluster that they speak of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from tests.browsing import chromium, served
from tests.building import Build, Site
from tests.repository import DEMONSTRATIONS

from qunju.site.search import Entry, complete

A, B = (f"clusters/{name}/" for name in DEMONSTRATIONS.values())
LIMIT_MS = 5_000


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Build]:
    site = Site(tmp_path_factory.mktemp("searched"))
    result = site.build()
    assert result.code == 0, result.output
    return site, result


@pytest.fixture(scope="module")
def page(built: tuple[Site, Build]) -> Iterator[Page]:
    with served(built[0].root / "site") as address, chromium() as browser:
        opened = browser.new_page()
        opened.goto(address, wait_until="networkidle")
        yield opened


def found(page: Page, words: str) -> list[str]:
    """Return where the results lead to, best first."""
    box = page.locator(".md-search__input")
    box.fill("")
    box.press("End")
    page.wait_for_function("!document.querySelector('.md-search-result__item')", timeout=LIMIT_MS)
    box.fill(words)
    box.press("End")  # Material listens for keys, not for input
    page.wait_for_function("/[0-9]|沒有/.test(document.querySelector('.md-search-result__meta').textContent)")
    links = page.locator(".md-search-result__link")
    return [_place(str(link.get_attribute("href"))) for link in links.all()]


def _place(url: str) -> str:
    parts = urlsplit(url)
    return parts.path.lstrip("/") + (f"#{parts.fragment}" if parts.fragment else "")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("words", "cluster"),
    [
        ("慢旅", A),  # in the theme, and inside the name
        ("西拉雅", B),  # in the story of the name
        ("鐵馬", A),  # in a sentence
        ("新化老街", None),  # two words that stand together nowhere in what a cluster is found by
        ("大目降好厝邊", B),  # a cluster
        ("稻浪示範米食有限公司", A),  # a member
        ("米食", A),  # inside a member's name
        ("食堂", B),
        ("紅烏龍", A),  # a product
        ("破布子", B),
        ("池上鄉", A),  # a township
        ("玉井", B),
        ("臺東", A),
        ("台東", A),
        ("台東縣池上鄉", A),
        ("臺南市", B),
        ("台南市", B),
        ("池上碾米", A),  # two words
        ("高雄", None),
    ],
)
def test_a_chinese_word_leads_to_its_cluster_alone(page: Page, words: str, cluster: str | None) -> None:
    clusters = [url for url in found(page, words) if url.startswith("clusters/")]
    assert clusters == ([cluster] if cluster else [])


@pytest.mark.browser
@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("MEM-07", "handbook/rules/mem-07/"),
        ("paid_in_capital", "handbook/fields/proposer/#paid_in_capital"),
        ("統一編號檢查碼", "handbook/rules/fmt-01/"),
        ("比例不得低於 70%", "handbook/rules/mem-07/"),
    ],
)
def test_the_handbook_is_found_to_the_place(page: Page, words: str, place: str) -> None:
    assert place in found(page, words)


@pytest.mark.browser
def test_what_an_entry_is_found_by_is_not_shown(page: Page) -> None:
    found(page, "台東")
    result = page.locator(".md-search-result__list")
    assert "臺東縣" in result.inner_text()
    assert "_" not in result.inner_text()
    assert result.locator("mark", has_text="臺東").first.is_visible()


def entries(site: Site) -> list[dict[str, Any]]:
    index = json.loads((site.root / "site" / "search" / "search_index.json").read_text(encoding="utf-8"))
    listed: list[dict[str, Any]] = index["docs"]
    return listed


def test_a_cluster_is_one_entry(built: tuple[Site, Build]) -> None:
    places = [entry["location"] for entry in entries(built[0])]
    assert sorted(place for place in places if place.startswith("clusters")) == sorted([A, B])
    assert "" not in places


def test_the_build_says_nothing_of_the_dictionary(built: tuple[Site, Build]) -> None:
    assert "dict" not in built[1].output
    assert "Warning" not in built[1].output


def test_a_site_without_search_is_built(tmp_path: Any) -> None:
    site = Site(tmp_path)
    config = tmp_path / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    start, end = text.index("  - search:\n"), text.index("  - qunju:\n")
    config.write_text(text[:start] + text[end:], encoding="utf-8")
    result = site.build()
    assert result.code == 0, result.output
    assert not (tmp_path / "site" / "search").exists()


@pytest.mark.parametrize(
    ("text", "joined", "tags"),
    [
        ("臺\u200b東縣\u200b池上\u200b鄉", "臺東縣\u200b池上鄉", "臺_東 東_縣 縣_池 池_上 上_鄉"),
        ("<p>平台</p><p>好</p>", "<p>平台</p><p>好</p>", "平_臺"),
        ("QR-Code 服務", "QR-Code 服務", "服_務"),
    ],
)
def test_an_entry_is_completed(text: str, joined: str, tags: str) -> None:
    item: Entry = {"location": "", "title": "", "text": text}
    complete([item])
    assert item["text"] == joined
    assert item["tags"] == [tags]
