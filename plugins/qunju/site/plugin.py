"""The hooks of mkdocs, each one call into something that knows nothing of mkdocs."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from qunju.regulation.situation import CASES
from qunju.schema.form import ConfigurationError
from qunju.site.assets import BUNDLE, list_assets
from qunju.site.config import QunjuConfig
from qunju.site.content import Content, gather
from qunju.site.pages import GeneratedPage, list_pages
from qunju.site.render import Renderer
from qunju.site.search import SCRIPT, Entry, complete, entry, teach
from qunju.site.swap import Swap

log = logging.getLogger("mkdocs.plugins.qunju")

_ANCHOR = re.compile(r'\sid="([^"]+)"')
WATCHED = ("proposals", "schema", "theme", CASES.as_posix())


class QunjuPlugin(BasePlugin[QunjuConfig]):
    """Checks every proposal before anything is built, and adds the pages of those that may be shown."""

    def __init__(self) -> None:
        self._serving = False
        self._swap: Swap | None = None
        self._content: Content | None = None
        self._renderer: Renderer | None = None
        self._pages: dict[str, GeneratedPage] = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether a person is looking at the pages while writing them."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check the proposals; an error stops the build before mkdocs touches a file."""
        root = Path(config.config_file_path).parent
        if not self._serving:
            self._swap = Swap(Path(config.site_dir))
            config.site_dir = str(self._swap.staging)
        try:
            self._content = gather(root, drafts=self.config.drafts or self._serving)
        except ConfigurationError as error:
            raise PluginError(str(error)) from error
        if self._content.totals.errors and not self._serving:
            raise PluginError(f"提案有錯誤，網站沒有更新。\n\n{self._content.report}")
        log.info("%s", self._content.totals.line)
        self._renderer = Renderer(Path(self.config.templates))
        config.extra_css.insert(0, BUNDLE)
        config.extra_javascript.append(SCRIPT)
        config.watch.extend(str(root / name) for name in WATCHED if (root / name).exists())
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the generated pages and the theme's assets."""
        self._pages = {page.path: page for page in list_pages(_present(self._content))}
        for page in self._pages.values():
            inclusion = InclusionLevel.INCLUDED if page.in_nav else InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, page.path, content="", inclusion=inclusion))
        for asset in list_assets(Path(self.config.assets)):
            files.append(File.generated(config, asset.target, content=asset.content))
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Date every page by the data, so that the same input gives the same bytes on any day."""
        content: Content = _present(self._content)
        if _search_entries(config) is not None:
            teach((cluster.showcase for cluster in content.clusters), content.programme)
        day = content.as_of.isoformat()
        for page in files.documentation_pages():
            if page.page is not None:
                page.page.update_date = day

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str | None:
        """Give a generated page its title, description and template."""
        generated = self._pages.get(page.file.src_uri)
        if generated is not None:
            page.meta = generated.meta
        return None

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str | None:
        """Render a generated page past Markdown, and let mkdocs know its anchors, to which the handbook links."""
        generated = self._pages.get(page.file.src_uri)
        if generated is None:
            return None
        rendered: str = _present(self._renderer).render(generated)
        page.present_anchor_ids = set(_ANCHOR.findall(rendered))
        return rendered

    def on_page_context(self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
        """Let a cluster and a clause be found by their words."""
        generated, entries = self._pages.get(page.file.src_uri), _search_entries(config)
        if generated is not None and generated.words and entries is not None:
            entries.append(entry(page.url, generated.meta["title"], generated.words, generated.boost))

    @event_priority(100)
    def _complete_search(self, *, config: MkDocsConfig) -> None:
        """Complete the search index before Material writes it."""
        complete(_search_entries(config) or ())

    @event_priority(-100)
    def _publish(self, *, config: MkDocsConfig) -> None:
        """Publish the build, complete as it is now, where `mkdocs gh-deploy` then looks for it."""
        if self._swap is not None:
            try:
                self._swap.complete()
            except OSError as error:
                raise PluginError(f"網站建好了，但無法換上（{error.strerror}），原來的網站沒有更動。") from error
            config.site_dir = str(self._swap.published)

    on_post_build = CombinedEvent(_complete_search, _publish)

    def on_build_error(self, *, error: Exception) -> None:
        """Leave what is published as it was."""
        if self._swap is not None:
            self._swap.discard()


def _search_entries(config: MkDocsConfig) -> list[Entry] | None:
    """Return what Material's search has gathered so far, or None where it is switched off."""
    search = config.plugins.get("material/search")
    index = getattr(search, "search_index", None)
    return None if index is None else index.entries


def _present(value: Any) -> Any:
    """Return what an earlier hook has set."""
    assert value is not None, "mkdocs calls on_config first"  # noqa: S101  # the order of hooks is mkdocs's contract
    return value
