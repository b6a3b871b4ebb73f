"""Rules on the built site: what its pages name is there, whoever wrote it: an author, the theme or a plugin."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidekit.diagnostics import Related, Severity
from guidekit.library.queries import NameQueries
from guidekit.rules.rule import Finding, Search, site_rule
from guidekit.text import likeness
from guidekit.text.paths import close_match

if TYPE_CHECKING:
    from guidekit.built_site.links.link_index import Site  # only a check of a built site needs these
    from guidekit.built_site.links.survey import Fault, Survey


@site_rule(Severity.ERROR)
def site_file_not_found(survey: Survey) -> Iterator[Finding]:
    """What a page of the built site is made of must be there: images, style sheets, scripts, films, frames.

    Bad:
        site/index.html
            <!doctype html>
            <img src="images/layers.png" alt="Three layers of backup">

    Good:
        site/index.html
            <!doctype html>
            <img src="images/layers.png" alt="Three layers of backup">
        site/images/layers.png
            (an image)

    Why:
        Something is missing from the published page: a drawing, the page's looks, or all that a script does.
    """
    for fault in survey.faults:
        if fault.reference.part and fault.lead.kind in ("no-file", "refused"):
            yield _finding(fault, _leads_nowhere(fault), NearestAddress(fault=fault, site=survey.site))


@site_rule(Severity.WARNING)
def site_link_not_found(survey: Survey) -> Iterator[Finding]:
    """A link on the built site must lead to a page or file of the site.

    Bad:
        site/index.html
            <!doctype html>
            <a href="gides/">Guides</a>
        site/guides/index.html
            <!doctype html>
            <h1 id="guides">Guides</h1>

    Good:
        site/index.html
            <!doctype html>
            <a href="guides/">Guides</a>
        site/guides/index.html
            <!doctype html>
            <h1 id="guides">Guides</h1>

    Why:
        `guidekit check` follows what authors write in Markdown. This rule sees the rest too: menus, templates, plugins.
    """
    for fault in survey.faults:
        if not fault.reference.part and fault.lead.kind in ("no-file", "refused"):
            yield _finding(fault, _leads_nowhere(fault), NearestAddress(fault=fault, site=survey.site))


@site_rule(Severity.WARNING)
def site_bookmark_not_found(survey: Survey) -> Iterator[Finding]:
    """A link's `#bookmark` must be an anchor of the page of the built site that it leads to.

    Bad:
        site/index.html
            <!doctype html>
            <a href="guides/#recover">Recovery</a>
        site/guides/index.html
            <!doctype html>
            <h2 id="recovery">Recovery</h2>

    Good:
        site/index.html
            <!doctype html>
            <a href="guides/#recovery">Recovery</a>
        site/guides/index.html
            <!doctype html>
            <h2 id="recovery">Recovery</h2>

    Why:
        The reader lands at the top of a page and has to search.
    """
    for fault in survey.faults:
        place, file = fault.lead.place, fault.lead.file
        if fault.lead.kind == "no-bookmark" and place:
            bookmark = str(place).partition("#")[2]
            message = f"no heading or anchor '#{bookmark}' in '{file}' of the site"
            yield _finding(fault, message, NearestAnchor(bookmark=bookmark, anchors=survey.site.markup(file).anchors))


def _leads_nowhere(fault: Fault) -> str:
    what, lead = fault.reference.what, fault.lead
    if lead.place is None:
        return f"{what} '{fault.reference.address}' {lead.why}"
    return f"{what} '/{lead.place.path}' leads nowhere on the site"


def _finding(fault: Fault, message: str, hint: Search) -> Finding:
    related: tuple[Related, ...] = ()
    if fault.built:
        related = (Related(message="it stands here on the site", span=fault.built),)
    if len(fault.files) > 1:
        message = f"{message}, on {len(fault.files):,} pages"
        return Finding(message=message, span=fault.span, hint=OrTheme(search=hint), related=related)
    return Finding(message=message, span=fault.span, hint=hint, related=related)


@dataclass(frozen=True, kw_only=True)
class NearestAddress:
    """A hint at the file of the site that an address which leads nowhere most likely means."""

    fault: Fault
    site: Site

    def hint(self, _: NameQueries) -> str:
        """Look for it."""
        if self.fault.lead.place is None:
            return ""
        path = self.fault.lead.place.path
        if actual := self.site.in_other_case(path):
            return f"letter case differs from '/{actual}'"
        if self.site.has_folder(path):
            return "there is such a folder, but it has no index.html"
        near = close_match(path, self.site.addresses)
        return likeness.did_you_mean(path, near, before="/") if near else ""


@dataclass(frozen=True, kw_only=True)
class NearestAnchor:
    """A hint at the anchor of a page that a bookmark most likely means."""

    bookmark: str
    anchors: Collection[str]

    def hint(self, _: NameQueries) -> str:
        """Look for it."""
        near = close_match(self.bookmark, self.anchors)
        return likeness.did_you_mean(self.bookmark, near, before="#") if near else ""


@dataclass(frozen=True, kw_only=True)
class OrTheme:
    """A hint at the theme, where another search finds nothing."""

    search: Search

    def hint(self, names: NameQueries) -> str:
        """Look for the other hint first."""
        return self.search.hint(names) or "no page's source has it: look in the theme, in its settings and in plugins"
