"""Who includes whom: what the graph holds, and a module a format in which it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from guidekit.exports.graph import dot, graph_json, mermaid
from guidekit.exports.graph.include_graph import Edge, Graph, Node, read

__all__ = ["FORMATS", "Edge", "Graph", "Node", "read"]

FORMATS: Mapping[str, Callable[[Graph], str]] = {
    "mermaid": mermaid.write,
    "dot": dot.write,
    "json": graph_json.write,
}
"""The formats by name, and what writes them."""
