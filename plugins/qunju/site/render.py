"""Views to HTML: the templates of the theme, which get a view and nothing else."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from qunju.site.pages import GeneratedPage


class Renderer:
    """Renders generated pages; a template that names what its view does not have raises."""

    def __init__(self, templates: Path) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    def render(self, page: GeneratedPage) -> str:
        """Return the content of a page as HTML."""
        return self._environment.get_template(page.template).render(view=page.view)
