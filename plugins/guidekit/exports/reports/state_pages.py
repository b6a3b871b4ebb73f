"""The reports as pages of a site, in the dialect: facts, a chart, tables whose files are links where they lead somewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from guidekit.exports.reports import chart, report_markdown
from guidekit.exports.reports.report import View
from guidekit.library import output_paths
from guidekit.library.library import Library
from guidekit.text import paths
from guidekit.text.escaping import in_markdown

_TITLE = "State of the content"


def pages(
    library: Library, views: Sequence[View], linked: Collection[PurePosixPath]
) -> Iterator[tuple[PurePosixPath, str]]:
    """Write the pages that `publication` names: one on all reports, and one on each.

    The settings must name their folder. ``linked`` are the pages that the site publishes.
    """
    first, *others = output_paths.of_reports(library.settings.reports, library.layout)
    names = _names(library, linked)
    yield first, _index(views)
    for view, place in zip(views, others, strict=True):
        yield place, _page(view, names, place)


def _index(views: Sequence[View]) -> str:
    about = f"How complete and how fresh the content of this site is, who answers for it, and what shows what. As of {views[0].day}."
    blocks = [_header(_TITLE, about), f"# {_TITLE}", about]
    for view in views:
        blocks += [f"## {view.title}", view.about, report_markdown.facts(view), f"[All on {view.name}]({view.name}.md)"]
    return "\n\n".join(blocks) + "\n"


def _page(view: View, names: Mapping[PurePosixPath, tuple[str, PurePosixPath, str]], place: PurePosixPath) -> str:
    def named(path: PurePosixPath) -> str:
        if path not in names:
            return report_markdown.plain_name(path)
        title, page, anchor = names[path]
        return f"[{in_markdown(title)}](<{paths.as_url(paths.relative(page, place))}{anchor}>)"

    text = report_markdown.write(view, named, chart.draw(view.chart))
    return f"{_header(view.title, view.about)}\n\n{text}"


def _header(title: str, about: str) -> str:
    """Write a header; the search leaves these pages out, for they name every page and help no reader of one."""
    return f"---\ntitle: {title}\ndescription: >-\n  {about}\nlearn: true\nsearch:\n  exclude: true\n---"


def _names(
    library: Library, linked: Collection[PurePosixPath]
) -> Mapping[PurePosixPath, tuple[str, PurePosixPath, str]]:
    """Name pages by their title, and guidance by its item's, each with where it is published: page and anchor."""
    names = {page.path: (page.title, page.path, "") for page in library.pages if page.path in linked}
    for checklist in library.checklists:
        for item in checklist.items:
            if item.fragment and item.guid and checklist.page in linked:
                names.setdefault(item.fragment, (item.heading or item.title, checklist.page, f"#{item.guid}"))
    return names
