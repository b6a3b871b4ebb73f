"""Who includes whom: what the graph holds, and a module a format in which it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from guidekit.graph import dot, mermaid, records
from guidekit.graph.contents import Edge, Graph, Node, read

__all__ = ["FORMATS", "Edge", "Graph", "Node", "read"]

FORMATS: Mapping[str, Callable[[Graph], str]] = {
    "mermaid": mermaid.write,
    "dot": dot.write,
    "json": records.write,
}
"""The formats by name, and what writes them."""
