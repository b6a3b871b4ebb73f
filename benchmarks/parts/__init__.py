"""The parts of the benchmark: each measures one thing, and yields its sections as soon as they are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bench import Bench

from parts import builds, growth, links, linters, start, watch, wheel

PARTS: Mapping[str, Callable[[Bench], Iterator[str]]] = {
    "builds": builds.measure,
    "costs": growth.costs,
    "faults": growth.faults,
    "start": start.measure,
    "wheel": wheel.measure,
    "linters": linters.measure,
    "links": links.measure,
    "watch": watch.measure,
}
"""The parts by the names under which they are asked for, in the order in which they run."""
