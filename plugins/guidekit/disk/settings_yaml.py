"""The text of a settings file of MkDocs, with what it inherits and what it takes from the environment."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from guidekit.disk.file_status import RootError
from guidekit.disk.reading import read_data
from guidekit.text import yaml_nodes

Read = Callable[[Path], bytes]
"""Answers what a settings file holds."""

_MAX_INHERITANCE = 10
_MAX_SETTINGS = 2_000_000
_MAX_NODES = 500_000
_MAX_DIGITS = 1_000


def read_bytes(file: Path) -> bytes:
    """Read a settings file as it is on disk. Raises `RootError`."""
    return read_data(file, _MAX_SETTINGS)


def read(file: Path, read: Read = read_bytes) -> dict[str, Any]:
    """Read a settings file, and those from which it inherits. Raises `RootError`."""
    return _read(file, read, 0)


class _Loader(yaml.SafeLoader):
    """Reads MkDocs's settings without running anything: ``!!python/name:…``, ``!relative`` and their like are nothing."""


def _whole_number(loader: _Loader, node: yaml.ScalarNode) -> int:
    """Read a whole number; one in sixties, of many parts, costs the square of its length."""
    if len(node.value) > _MAX_DIGITS:
        raise ValueError(f"a number has more than {_MAX_DIGITS:,} digits")
    return int(loader.construct_yaml_int(node))


def _from_environment(loader: _Loader, node: yaml.Node) -> Any:
    """Take the first variable that is set, else the default, which stands behind the names; as MkDocs does.

    See https://github.com/waylan/pyyaml-env-tag.
    """
    parts: list[Any] = node.value if isinstance(node, yaml.SequenceNode) else [node]
    *names, default = parts if len(parts) > 1 else [*parts, None]
    for name in names:
        value = os.environ.get(str(loader.construct_scalar(name)))
        if value is not None:
            tag = loader.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
            return loader.construct_object(yaml.ScalarNode(tag, value))
    return default and loader.construct_object(default, deep=True)


_Loader.add_multi_constructor("", lambda *_: None)
_Loader.add_constructor("tag:yaml.org,2002:int", _whole_number)
_Loader.add_constructor("!ENV", _from_environment)


def _read(file: Path, read: Read, depth: int) -> dict[str, Any]:
    data = read(file)
    if len(data) > _MAX_SETTINGS:
        raise RootError(f"{file}: has {len(data):,} bytes, more than the {_MAX_SETTINGS:,} that are read")
    try:
        config: dict[str, Any] = _parse(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise RootError(f"{file}: cannot be read: {error}") from None
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, RecursionError) as error:  # !!int x, !!timestamp x
        raise RootError(f"{file}: is not valid YAML: {_yaml_problem(error)}") from None
    if not isinstance(config, dict):
        raise RootError(f"{file}: expected keys with values")
    parent = config.get("INHERIT")
    if isinstance(parent, str):
        if depth == _MAX_INHERITANCE:
            raise RootError(f"{file}: INHERIT leads through more than {_MAX_INHERITANCE} files")
        try:
            config = _merge(_read(file.parent / parent, read, depth + 1), config)
        except RecursionError:
            raise RootError(f"{file}: a value holds itself") from None
    return config


def _parse(text: str) -> Any:
    """Read YAML, if it does not hold too much when its aliases are written out."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        if yaml_nodes.count(node, _MAX_NODES) > _MAX_NODES:
            raise ValueError(f"its aliases (*name) multiply to more than the {_MAX_NODES:,} values that it may hold")
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        inherited = merged.get(key)
        merged[key] = _merge(inherited, value) if isinstance(inherited, dict) and isinstance(value, dict) else value
    return merged


def _yaml_problem(error: Exception) -> str:
    """Say what is wrong and on which line, but not what stands there: INHERIT could name a file with a secret."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return " ".join(str(error).split())
    mark = error.problem_mark or error.context_mark
    return f"{error.problem or error.context}{f' on line {mark.line + 1}' if mark else ''}"
