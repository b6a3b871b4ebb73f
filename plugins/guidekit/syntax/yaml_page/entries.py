"""The keys and values of a YAML page, with their places, and what is wrong with them.

Keys that nobody asks for are Learn's business. A value of another shape than its key's says what it is, and counts as none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from guidekit.syntax.header_problem import Problem, duplicate
from guidekit.syntax.yaml_page.scalar import Scalar
from guidekit.text.source import Source, Span

_NULL = "tag:yaml.org,2002:null"
_SHAPES: tuple[tuple[type[yaml.Node], str], ...] = (
    (yaml.ScalarNode, "a text"),
    (yaml.SequenceNode, "a list"),
    (yaml.MappingNode, "keys with values"),
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Entries:
    """The keys of one mapping; ``problems`` collects what is wrong in the whole file."""

    file: Source = field(repr=False)
    node: yaml.MappingNode = field(repr=False)
    problems: list[Problem] = field(repr=False)
    values: Mapping[str, yaml.Node] = field(repr=False)

    @classmethod
    def of(cls, node: yaml.MappingNode, file: Source, problems: list[Problem]) -> Entries:
        """Read the keys of a mapping; of one that stands twice the last value counts."""
        values: dict[str, yaml.Node] = {}
        keys: dict[str, Span] = {}
        for key, value in node.value:
            name, span = str(key.value), span_of(key, file)
            if name in keys:
                problems.append(duplicate(name, span, keys[name]))
            values[name], keys[name] = value, span
        return cls(file=file, node=node, problems=problems, values=values)

    @property
    def span(self) -> Span:
        """The first line of it."""
        at = self.node.start_mark.index
        return self.file.stretch(at, max(self.file.text.find("\n", at), at))

    def text(self, key: str) -> Scalar | None:
        """Read the text of a key; ``None`` where there is none."""
        node = self._value(key, yaml.ScalarNode)
        scalar = Scalar(file=self.file, node=node) if isinstance(node, yaml.ScalarNode) else None
        return scalar if scalar and scalar.text else None

    def needed(self, key: str, what: str) -> Scalar | None:
        """Read the text of a key that ``what`` cannot do without."""
        found = self.text(key)
        if found is None:
            self.miss(key, what)
        return found

    def miss(self, key: str, what: str) -> None:
        """Note that a key is missing."""
        if not isinstance(self.values.get(key), (yaml.SequenceNode, yaml.MappingNode)):
            message = f"{what} has no '{key}'"
            self.problems.append(Problem(kind="missing-attribute", message=message, span=self.span))

    def entries(self, key: str) -> Entries | None:
        """Read the keys below a key."""
        node = self._value(key, yaml.MappingNode)
        return self._below(node) if isinstance(node, yaml.MappingNode) else None

    def list(self, key: str) -> list[Entries]:
        """Read the list of a key, whose items are keys with values."""
        node = self._value(key, yaml.SequenceNode)
        items = node.value if isinstance(node, yaml.SequenceNode) else ()
        fitting = (item for item in items if self._fits(item, yaml.MappingNode, f"an item of '{key}'"))
        return [self._below(item) for item in fitting]

    def is_mapping(self, key: str) -> bool:
        """Has a key keys with values below it, where it may as well have a text?"""
        return isinstance(self.values.get(key), yaml.MappingNode)

    def _below(self, node: yaml.MappingNode) -> Entries:
        return Entries.of(node, self.file, self.problems)

    def _value(self, key: str, shape: type[yaml.Node]) -> yaml.Node | None:
        node = self.values.get(key)
        return node if node is not None and self._fits(node, shape, f"'{key}'") else None

    def _fits(self, node: yaml.Node, shape: type[yaml.Node], named: str) -> bool:
        if isinstance(node, yaml.ScalarNode) and (node.tag == _NULL or not node.value.strip()):
            return False
        if isinstance(node, shape):
            return True
        words = dict(_SHAPES)
        message = f"{named} must be {words[shape]}, but is {words[type(node)]}"
        self.problems.append(Problem(kind="unexpected-type", message=message, span=span_of(node, self.file)))
        return False


def span_of(node: yaml.Node, file: Source) -> Span:
    """Find where a node stands, without the blanks behind it; of one of several lines, the first."""
    start, end = node.start_mark.index, node.end_mark.index
    return file.stretch(start, start + len(file.text[start:end].partition("\n")[0].rstrip()))
