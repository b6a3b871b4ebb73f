"""The editions of a site that are built within one another, such as its languages: what was found in all of them."""

from __future__ import annotations

from dataclasses import replace

from guidekit.diagnostics import Checked, Diagnostic, Report
from guidekit.text.source import Span

_Key = tuple[str, Span, str]


class Editions:
    """The builds of one configuration: the first one begins, and ends after all others."""

    def __init__(self) -> None:
        self._open = 0
        self._ended: list[Report] = []
        self._told: set[_Key] = set()

    def begin(self) -> None:
        """Note that a build begins."""
        self._open += 1

    def end(self, report: Report) -> bool:
        """Note what was found in a build that ends; answer whether all have ended."""
        self._open = max(self._open - 1, 0)
        self._ended.append(report)
        return self._open == 0

    def untold(self, report: Report) -> Report:
        """Narrow a report to what no build has told: a page that is not translated is in several."""
        found = tuple(one for one in report.diagnostics if _key(one) not in self._told)
        self._told.update(map(_key, found))
        return replace(report, diagnostics=found)

    @property
    def report(self) -> Report:
        """The findings of all builds that have ended, each once, and how much was checked in all of them."""
        if len(self._ended) == 1:
            return self._ended[0]
        found = {_key(one): one for report in self._ended for one in report.diagnostics}
        checked = [report.checked for report in self._ended]
        return Report(
            diagnostics=tuple(found.values()),
            checked=Checked(
                pages=sum(one.pages for one in checked),
                fragments=sum(one.fragments or 0 for one in checked),
                items=sum(one.items or 0 for one in checked),
                links=sum(one.links for one in checked),
            ),
        )


def _key(found: Diagnostic) -> _Key:
    return (found.code, found.span, found.message)
