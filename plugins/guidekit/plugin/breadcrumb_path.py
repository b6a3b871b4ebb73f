"""The breadcrumbs of a page, for templates, and in the place of the path that Material draws above an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page as HostPage
from mkdocs.utils import normalize_url

from guidekit.library.breadcrumbs import Breadcrumb
from guidekit.library.library import Library
from guidekit.library.page import Page
from guidekit.plugin.site_navigation import address_in_html, in_html

_FEATURE = "navigation.path"
_PATH = re.compile(r'<nav class="md-path"[^>]*+>')
_END = "</nav>"
_CONTENT = re.compile(r'<div class="md-content"[^>]*>')
_LABEL = re.compile(r'<nav class="md-nav md-nav--primary[^"]*"( aria-label="[^"]*")')


@dataclass(frozen=True, kw_only=True)
class PathEntry:
    """A page above another one, as templates write it: its ``title`` in HTML, its ``url`` as that of an entry of MkDocs's."""

    title: Markup
    url: str


def of(library: Library, page: Page) -> tuple[PathEntry, ...]:
    """List the breadcrumbs of a page, the topmost first."""
    return tuple(_entry(library, crumb) for crumb in library.breadcrumbs_of(page))


def _entry(library: Library, crumb: Breadcrumb) -> PathEntry:
    url = library.url(crumb.leads.path) + crumb.leads.suffix if crumb.leads.path else crumb.leads.url
    return PathEntry(title=in_html(crumb.name), url=address_in_html(url))


def drawn(output: str, entries: Sequence[PathEntry], host: HostPage, config: MkDocsConfig) -> str:
    """Draw the breadcrumbs of a page where a site wants a path above its articles, in the place of Material's."""
    if not entries or _FEATURE not in (config.theme.get("features") or ()):
        return output
    path = "".join(_item(entry, host) for entry in entries)
    items = f'<ol class="md-path__list">{path}</ol></nav>'
    if (found := _PATH.search(output)) and (end := output.find(_END, found.end())) >= 0:
        return f"{output[: found.end()]}{items}{output[end + len(_END) :]}"
    content = _CONTENT.search(output)
    if content is None or "path" in _hidden(host):
        return output
    label = _LABEL.search(output)
    nav = f'<nav class="md-path"{label[1] if label else ""}>{items}'
    return output[: content.end()] + nav + output[content.end() :]


def _item(entry: PathEntry, host: HostPage) -> str:
    link = f'<a href="{normalize_url(entry.url, host)}" class="md-path__link">'
    return f'<li class="md-path__item">{link}<span class="md-ellipsis">{entry.title}</span></a></li>'


def _hidden(host: HostPage) -> Iterable[object]:
    hidden = host.meta.get("hide")
    return hidden if isinstance(hidden, list) else ()
