"""The generated pages of the site: where each stands, which template renders it, and what it is called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from qunju.site.content import Content
from qunju.views.findings import Findings

FRAME = "generated.html"
HIDDEN = ["navigation", "toc"]
CANVAS_FRAME = "canvas.html"
ABOUT = "中小企業數位群聚輔導：小店成群，數位同行。"


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """A page rendered from a view. `path` is where its source would stand; `meta` is what mkdocs knows of it."""

    path: str
    template: str
    view: Any
    meta: dict[str, Any] = field(default_factory=dict)
    in_nav: bool = False


def list_pages(content: Content) -> Iterator[GeneratedPage]:
    """Yield every generated page."""
    if content.totals.errors:
        findings = Findings(content.totals.line, content.report)
        yield _page("index.md", "findings.html.j2", findings, "提案有錯誤", "提案檢查結果。", in_nav=True)
    else:
        yield _page("index.md", "home.html.j2", content.home, "首頁", ABOUT, in_nav=True)
    yield _page("clusters/index.md", "gallery.html.j2", content.gallery, "群聚總覽", "所有公開的群聚。", in_nav=True)
    for cluster in content.clusters:
        head = cluster.showcase.head
        folder = f"clusters/{cluster.id}"
        yield _page(f"{folder}/index.md", "showcase.html.j2", cluster.showcase, head.name, head.theme)
        about = f"{head.name}的商業營運模式：九宮格。"
        title = f"{head.name}｜商業模式"
        yield _page(f"{folder}/canvas.md", "canvas.html.j2", cluster.canvas, title, about, frame=CANVAS_FRAME)
        about = f"{head.name}的工作項目與績效指標進度。"
        yield _page(f"{folder}/progress.md", "progress.html.j2", cluster.progress, f"{head.name}｜進度追蹤", about)


def _page(
    path: str, template: str, view: Any, title: str, description: str, *, frame: str = FRAME, in_nav: bool = False
) -> GeneratedPage:
    meta: dict[str, Any] = {"title": title, "description": description, "template": frame, "hide": HIDDEN}
    if isinstance(view, Findings):
        meta["search"] = {"exclude": True}
    return GeneratedPage(path, template, view, meta, in_nav)
