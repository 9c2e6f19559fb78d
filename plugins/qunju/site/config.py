"""The options of the plugin in mkdocs.yml."""

from __future__ import annotations

from mkdocs.config import config_options
from mkdocs.config.base import Config


class QunjuConfig(Config):
    """`plugins: - qunju: {…}`."""

    drafts = config_options.Type(bool, default=False)
    """Show proposals that are still drafts, marked 草稿. `mkdocs serve` shows them in any case."""

    templates = config_options.Dir(default="theme/templates", exists=True)
    """Where the page templates stand. They are rendered here and never copied to the site."""

    assets = config_options.Dir(default="theme/assets", exists=True)
    """Style sheets and pictures of the theme, copied to assets/ of the site."""
