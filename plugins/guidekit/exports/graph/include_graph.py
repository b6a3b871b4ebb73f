"""Who includes whom, as a graph: files that are joined by includes, each pair once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from guidekit.library.failure import Failure
from guidekit.library.library import Library
from guidekit.syntax.document import Document
from guidekit.syntax.include import Include

Kind = Literal["page", "fragment", "missing"]


@dataclass(frozen=True, kw_only=True)
class Node:
    """A file; ``title`` is a page's title or a fragment's statement, and may be empty. A missing file is only named."""

    path: PurePosixPath
    kind: Kind
    title: str


@dataclass(frozen=True, kw_only=True)
class Edge:
    """An include: which file shows which, and on which line of it the first such include stands."""

    source: PurePosixPath
    target: PurePosixPath
    line: int


@dataclass(frozen=True, kw_only=True)
class Graph:
    """The files in order, pages first, and the includes between them."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def read(library: Library, wanted: Collection[PurePosixPath] = ()) -> Graph:
    """Draw the graph of all fragments and of the Learn pages that include something.

    ``wanted`` narrows it to files and folders, with all that they show and all that shows them.
    """
    documents = {page.path: page.document for page in library.pages if page.learn}
    documents |= {fragment.path: fragment.document for fragment in library.fragments}
    edges = tuple(edge for document in documents.values() for edge in _edges(library, document))
    paths = (*documents, *(edge.target for edge in edges))
    kept = {path for path in paths if any(map(path.is_relative_to, wanted or (PurePosixPath(),)))}
    if wanted:
        kept = _joined(kept, edges)
    else:
        kept -= {page.path for page in library.pages} - {path for edge in edges for path in (edge.source, edge.target)}
    return Graph(
        nodes=tuple(_node(path, library) for path in dict.fromkeys(paths) if path in kept),
        edges=tuple(edge for edge in edges if edge.source in kept and edge.target in kept),
    )


def _edges(library: Library, document: Document) -> Iterator[Edge]:
    """List what a file includes; an include that names no file of the content set joins nothing."""
    base = document.source.path
    first: dict[PurePosixPath, int] = {}
    for include in document.of(Include):
        found = library.locate(include, base)
        if found_path := found.target if isinstance(found, Failure) else found.path:
            first.setdefault(found_path, include.span.start.line)
    return (Edge(source=base, target=target, line=line) for target, line in first.items())


def _joined(start: set[PurePosixPath], edges: tuple[Edge, ...]) -> set[PurePosixPath]:
    """Find all that is shown by the files in ``start``, and all that shows them."""
    down: dict[PurePosixPath, set[PurePosixPath]] = {}
    up: dict[PurePosixPath, set[PurePosixPath]] = {}
    for edge in edges:
        down.setdefault(edge.source, set()).add(edge.target)
        up.setdefault(edge.target, set()).add(edge.source)
    return _reached(start, down) | _reached(start, up)


def _reached(start: set[PurePosixPath], steps: dict[PurePosixPath, set[PurePosixPath]]) -> set[PurePosixPath]:
    reached, ahead = set(start), list(start)
    while ahead:
        for path in steps.get(ahead.pop(), ()):
            if path not in reached:
                reached.add(path)
                ahead.append(path)
    return reached


def _node(path: PurePosixPath, library: Library) -> Node:
    if page := library.page(path):
        return Node(path=path, kind="page", title=page.title)
    document = library.load(path)
    if not isinstance(document, Document):
        return Node(path=path, kind="missing", title="")
    return Node(path=path, kind="fragment", title=document.front_matter.text("ms.assessment_question"))
