"""Rules on code of other files: what a snippet asks for is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from guidekit.diagnostics import Severity
from guidekit.library.failure import Failure
from guidekit.library.queries import NameQueries, Queries
from guidekit.rules.rule import Finding, Search, document_rule
from guidekit.syntax.code_snippet import CodeSnippet, Selection, as_path
from guidekit.syntax.document import Document
from guidekit.text import likeness, paths


@document_rule(Severity.WARNING)
def codesnippet_not_found(document: Document, queries: Queries) -> Iterator[Finding]:
    """Code of another file must be there: the file, the marks with the name in it, and the lines.

    Bad:
        content/guide.md
            [!code-python[Restore](code/restore.py#drill)]
        content/code/restore.py
            # <restore>
            restore("vault")
            # </restore>

    Good:
        content/guide.md
            [!code-python[Restore](code/restore.py#restore)]
        content/code/restore.py
            # <restore>
            restore("vault")
            # </restore>

    Why:
        Readers see a note in place of the code. Code is read from the content folder and from the folders that `roots`
        names, and from nowhere else.
    """
    for snippet in document.of(CodeSnippet):
        failure = queries.code_failure(snippet.selection, document.source.path)
        if failure and failure.kind not in ("too-large", "not-mounted"):
            yield Finding(
                message=_message(snippet.selection, failure),
                span=snippet.span,
                hint=_hint(failure, document.source.path),
            )


def _message(selection: Selection, failure: Failure) -> str:
    if not selection.path:
        return f"this code {failure.detail}"
    return f"code file '{failure.target or selection.path}' {failure.detail}"


def _hint(failure: Failure, base: PurePosixPath) -> str | Search:
    target = failure.target
    if target and failure.kind == "outside-roots":
        return f"if it lies there, name '{target.parts[0]}' in the setting 'roots'"
    return NearestCode(missing=target, base=base) if target and failure.kind == "not-found" else ""


@dataclass(frozen=True, kw_only=True)
class NearestCode:
    """A hint at the file of code that was most likely meant by ``missing`` in the file ``base``."""

    missing: PurePosixPath
    base: PurePosixPath

    def hint(self, names: NameQueries, /) -> str:
        """Name the file as a snippet names it."""
        found = (names.nearest(self.missing, self.base, fragments=wanted) for wanted in (False, True))
        near = next(filter(None, found), None)
        missing = as_path(paths.relative(self.missing, self.base))
        return likeness.did_you_mean(missing, as_path(paths.relative(near, self.base))) if near else ""
