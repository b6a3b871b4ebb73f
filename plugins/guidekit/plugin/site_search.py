"""The search of a site: Material's, whose index is weighed, or Pagefind's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from guidekit.built_site import search_index
from guidekit.diagnostics import Severity
from guidekit.disk import site_reader
from guidekit.plugin import log, published_files
from guidekit.settings import Settings


def join(config: MkDocsConfig) -> None:
    """Put Pagefind in the place of Material's search."""
    try:
        search_index.require_pagefind()
    except search_index.SearchError as error:
        raise log.stop(error) from None
    if "search" in config.plugins:  # MkDocs's own, which cannot be told to rest
        raise log.stop("`search: pagefind` takes the place of `search`: take it out of `plugins`")
    if own := config.plugins.get("material/search"):
        own.config["enabled"] = False
    script, style = search_index.ASSETS
    published_files.load(config.extra_javascript, script)
    published_files.load(config.extra_css, style)


def finish(config: MkDocsConfig, settings: Settings) -> tuple[Severity, str] | None:
    """Write Pagefind's index, or weigh Material's and tell what is too heavy; ``None`` where nothing is."""
    if settings.search == "pagefind":
        _index(config)
        return None
    heavy = _weigh(config, settings.search_budget)
    if heavy:
        log.tell(*heavy)
    return heavy


def _index(config: MkDocsConfig) -> None:
    """Write Pagefind's index of the built site."""
    try:
        search_index.run_pagefind(Path(config.site_dir))
    except search_index.SearchError as error:
        raise log.stop(error) from None


def _weigh(config: MkDocsConfig, budget: Mapping[str, int]) -> tuple[Severity, str] | None:
    """Weigh the index that the site's search plugin has written; ``None`` where it is light, or there is none."""
    if not {"search", "material/search"} & config.plugins.keys():
        return None
    written = site_reader.read_file(Path(config.site_dir), search_index.INDEX)
    return None if written is None else search_index.overweight(written, budget)
