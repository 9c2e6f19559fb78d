"""The generated pages of the site: where each stands, which template renders it, and what it is called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from qunju.site.content import Content
from qunju.site.reference import Reference
from qunju.site.search import words_of
from qunju.views.findings import Findings

FRAME = "generated.html"
HIDDEN = ["navigation", "toc"]
UNFOUND: dict[str, Any] = {"exclude": True}
"""Search leads to a cluster or a clause as a whole, by its `words`, and to the handbook."""
REFERENCE: dict[str, Any] = {"boost": 0.5}
"""A reference has a word for everything, so it comes after what speaks of one thing."""
CANVAS_FRAME = "canvas.html"
ABOUT = "中小企業數位群聚輔導：小店成群，數位同行。"


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """A page rendered from a view. `path` is where its source would stand; `meta` is what mkdocs knows of it.

    `words` are the sentences by which search finds a cluster or a clause, and `boost` what that counts.
    """

    path: str
    template: str
    view: Any
    meta: dict[str, Any] = field(default_factory=dict)
    in_nav: bool = False
    words: tuple[str, ...] = ()
    boost: float = 1


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
        page = _page(f"{folder}/index.md", "showcase.html.j2", cluster.showcase, head.name, head.theme)
        yield replace(page, words=tuple(words_of(cluster.showcase)))
        about = f"{head.name}的商業營運模式：九宮格。"
        title = f"{head.name}｜商業模式"
        yield _page(f"{folder}/canvas.md", "canvas.html.j2", cluster.canvas, title, about, frame=CANVAS_FRAME)
        about = f"{head.name}的工作項目與績效指標進度。"
        yield _page(f"{folder}/progress.md", "progress.html.j2", cluster.progress, f"{head.name}｜進度追蹤", about)
    yield from list_reference_pages(content.reference)


def list_reference_pages(reference: Reference) -> Iterator[GeneratedPage]:
    """Yield the reference part of the handbook; only its two indexes are in nav, which every page repeats."""
    about = "提案的每一個檔案、每一個欄位。"
    template = "reference_fields.html.j2"
    yield _page("handbook/fields/index.md", template, reference.fields, "欄位對照", about, in_nav=True)
    for name, file in reference.files.items():
        path = f"handbook/fields/{name}.md"
        yield _page(path, "reference_file.html.j2", file, f"{file.title}｜欄位對照", file.about, search=REFERENCE)
    yield from _list_rule_pages(reference)


def _list_rule_pages(reference: Reference) -> Iterator[GeneratedPage]:
    about = "規範全文，每一段旁邊是依它判定的規則。"
    template = "reference_articles.html.j2"
    yield _page("handbook/regulation/index.md", template, reference.articles, "規範對照", about, in_nav=True)
    about = "規範前後不一或沒有說清楚的地方，採哪一種讀法、為什麼。"
    yield _page("handbook/decisions/index.md", "reference_decisions.html.j2", reference.decisions, "決議", about)
    about = "規範的每一條與判定方式。"
    yield _page("handbook/rules/index.md", "reference_rules.html.j2", reference.rules, "規則對照", about, in_nav=True)
    for name, chapter in reference.chapters.items():
        path, title = f"handbook/rules/{name}.md", f"{chapter.title}｜規則對照"
        yield _page(path, "reference_chapter.html.j2", chapter, title, f"{chapter.title}的每一條規則。")
    for name, clause in reference.clauses.items():
        rule = clause.rule
        title = f"{rule.id} {rule.title}"
        page = _page(f"handbook/rules/{name}.md", "reference_rule.html.j2", clause, title, rule.quote)
        yield replace(page, words=(rule.quote,), boost=REFERENCE["boost"])


def _page(
    path: str,
    template: str,
    view: Any,
    title: str,
    description: str,
    *,
    frame: str = FRAME,
    in_nav: bool = False,
    search: dict[str, Any] = UNFOUND,
) -> GeneratedPage:
    # Material prints both as they are.
    words = {"title": escape(title), "description": escape(description)}
    meta = {**words, "template": frame, "hide": HIDDEN, "search": search}
    return GeneratedPage(path, template, view, meta, in_nav)
