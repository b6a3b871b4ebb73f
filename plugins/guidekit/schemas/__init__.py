"""JSON Schemas by name: those of what people write are made from the code, those of what is written are files."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from guidekit import escaping, files
from guidekit.schemas import header, options

ADDRESS = "https://guidekit.github.io/guidekit/schemas/{}.schema.json"
"""Where the schemas are published."""

_MADE: Mapping[str, Callable[[], dict[str, Any]]] = {
    "mkdocs": options.of_settings_file,
    "settings": options.of_settings,
    "front-matter": header.of_front_matter,
}
_SHIPPED: Mapping[str, str] = {
    "check": "schemas/check.schema.json",
    "report": "schemas/report.schema.json",
    "graph": "schemas/graph.schema.json",
    "catalogue": "catalogue/catalogue.schema.json",
}

NAMES = (*_MADE, *_SHIPPED)
"""The names of all schemas: first of what people write, then of what guidekit writes."""


def read(name: str) -> dict[str, Any]:
    """Make or read the schema ``name``, one of `NAMES`."""
    if name in _MADE:
        draft = "https://json-schema.org/draft/2020-12/schema"
        return {"$schema": draft, "$id": ADDRESS.format(name), **_MADE[name]()}
    schema: dict[str, Any] = json.loads(files.read_shipped(_SHIPPED[name]))
    return schema


def write(name: str) -> str:
    """Write the schema ``name`` as text, a file that is shipped as it is."""
    if name in _SHIPPED:
        return files.read_shipped(_SHIPPED[name])
    return escaping.as_json(read(name)) + "\n"
