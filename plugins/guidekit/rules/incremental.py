"""Reuse a file's findings while its recorded queries answer the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from guidekit.library.queries import Queries
from guidekit.rules.recording import Query, comparable
from guidekit.rules.rule import Finding

CodedFinding = tuple[str, Finding]
"""A finding with the code of the rule that found it."""


@dataclass(frozen=True, kw_only=True)
class CachedResult:
    """What the rules found in one file, what they asked for that, and what was answered.

    ``digest`` is that of the document, or of the page where the file is one. Everything in it is a value that could be
    sent to another process.
    """

    digest: str
    findings: tuple[CodedFinding, ...]
    answers: Mapping[Query[object], object]


class ResultCache:
    """The results of the previous run, file by file; ``library`` is the one that is checked now."""

    def __init__(self, results: Mapping[PurePosixPath, CachedResult], library: Queries) -> None:
        self._results = results
        self._library = library
        self._unchanged: dict[Query[object], bool] = {}

    def find(self, path: PurePosixPath, digest: str) -> CachedResult | None:
        """Find the result of a file; ``None`` where there is none or it is stale, so that the rules have to run."""
        result = self._results.get(path)
        if result is None or result.digest != digest:
            return None
        return result if all(self._is_unchanged(query, answer) for query, answer in result.answers.items()) else None

    def _is_unchanged(self, query: Query[object], answer: object) -> bool:
        """Ask a query again, once for all files: in the previous run, all of them had the same answer."""
        if query not in self._unchanged:
            self._unchanged[query] = comparable(query.ask(self._library)) == answer
        return self._unchanged[query]
