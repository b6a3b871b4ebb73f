"""The search of a site: Material's, whose index is weighed, or Pagefind's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from guidekit import search
from guidekit.diagnostics import Severity
from guidekit.plugin import telling


def join(config: MkDocsConfig) -> None:
    """Put Pagefind in the place of Material's search."""
    try:
        search.require_pagefind()
    except search.SearchError as error:
        raise telling.stop(error) from None
    if "search" in config.plugins:  # MkDocs's own, which cannot be told to rest
        raise telling.stop("`search: pagefind` takes the place of `search`: take it out of `plugins`")
    if own := config.plugins.get("material/search"):
        own.config["enabled"] = False
    script, style = search.ASSETS
    config.extra_javascript.append(script)
    config.extra_css.append(style)


def index(config: MkDocsConfig) -> None:
    """Write Pagefind's index of the built site."""
    try:
        search.run_pagefind(Path(config.site_dir))
    except search.SearchError as error:
        raise telling.stop(error) from None


def weigh(config: MkDocsConfig, budget: Mapping[str, int]) -> tuple[Severity, str] | None:
    """Weigh the index that the site's search plugin has written; ``None`` where it is light, or there is none."""
    written = Path(config.site_dir, search.INDEX)
    if not {"search", "material/search"} & config.plugins.keys() or not written.is_file():
        return None
    return search.overweight(written.read_bytes(), budget)
