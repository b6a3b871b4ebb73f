"""YAML as Learn reads it: YAML 1.2's scalars, within bounds that hold for any text."""

from __future__ import annotations

import re
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler
from yaml.reader import ReaderError

from guidekit.text import yaml_nodes

_MAX_CHARACTERS = 65_536
_MAX_DEPTH = 100
_DEEP = re.compile(r"^[ ?:-]{50}", re.MULTILINE)
_MAX_NODES = 10_000


class _Loader(yaml.CSafeLoader):
    """YAML 1.2's scalars only, so that ``ms.date``, ``12:30`` and ``no`` stay what the author wrote, as do all keys."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            if isinstance(key, yaml.ScalarNode):
                key.tag = "tag:yaml.org,2002:str"
        return super().construct_mapping(node, deep=deep)


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", "~nN"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_pattern})$"), list(_first))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("$"), [""])
_Loader.yaml_constructors = {
    tag: construct
    for tag, construct in yaml.CSafeLoader.yaml_constructors.items()
    if tag is None or tag.rpartition(":")[2] in ("null", "bool", "str", "seq", "map")
}
_Loader.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value))
_Loader.add_constructor("tag:yaml.org,2002:float", lambda _, node: float(node.value))


class UnusableError(Exception):
    """A header, or an entry of one, that YAML cannot read; ``at`` is the offset within the text given."""

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.at = at


def compose(text: str, *, most_characters: int = _MAX_CHARACTERS, most_nodes: int = _MAX_NODES) -> yaml.Node | None:
    """Read the nodes of a text, with their places; ``None`` for an empty one. Raises `UnusableError`."""
    if len(text) > most_characters:
        raise UnusableError(f"it is longer than {most_characters:,} characters")
    try:
        if text.count("[") + text.count("{") > _MAX_DEPTH or _DEEP.search(text):
            _measure_depth(text)
        node = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError) as error:
        raise _unusable(error, text) from None
    if node is not None and yaml_nodes.count(node, most_nodes, within_itself=most_nodes) > most_nodes:
        alias = re.search(r"(?<![\w*])\*\w", text)
        if alias is None:
            raise UnusableError(f"it holds more than {most_nodes:,} values")
        raise UnusableError("its aliases (*name) multiply to more than it may hold", alias.start())
    return node


def _measure_depth(text: str) -> None:
    """Refuse what is nested too deep, before anything that calls itself for each level reads it."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _MAX_DEPTH:
            raise UnusableError("it is nested too deep", event.start_mark.index if event.start_mark else 0)


def load(text: str) -> Any:
    """Read the values of a text. Raises `UnusableError`."""
    try:
        return YAMLHandler().load(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError, TypeError, KeyError) as error:
        raise _unusable(error, text) from None


def construct(node: yaml.Node) -> Any:
    """Make the value of a node. Raises `UnusableError`."""
    try:
        return _Loader("").construct_document(node)
    except (yaml.YAMLError, ValueError, TypeError, KeyError) as error:
        raise _unusable(error, "") from None


def _unusable(error: Exception, text: str) -> UnusableError:
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        return UnusableError(error.problem or "", mark.index if mark else 0)
    if isinstance(error, ReaderError):
        return UnusableError(str(error).splitlines()[0], max(text.find(chr(error.character)), 0))
    return UnusableError(str(error))
