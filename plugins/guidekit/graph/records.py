"""The graph for programs, as `graph.schema.json` describes it."""

from __future__ import annotations

from guidekit.escaping import as_json
from guidekit.graph.contents import Graph

VERSION = 1
"""The version of the format; it grows when a reader of the old one would go wrong."""


def write(graph: Graph) -> str:
    """Write one document; paths count from the settings file, lines from 1."""
    document = {
        "schemaVersion": VERSION,
        "nodes": [{"path": str(node.path), "kind": node.kind, "title": node.title} for node in graph.nodes],
        "edges": [{"source": str(edge.source), "target": str(edge.target), "line": edge.line} for edge in graph.edges],
    }
    return as_json(document) + "\n"
