"""JSON Schemas by name: those of what people write are made from the code, those of what is written are files."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from guidekit.disk import reading
from guidekit.exports.schemas import front_matter_schema, settings_schema
from guidekit.text import escaping

ADDRESS = "https://guidekit.github.io/guidekit/schemas/{}.schema.json"
"""Where the schemas are published."""

_MADE: Mapping[str, Callable[[], dict[str, Any]]] = {
    "mkdocs": settings_schema.of_settings_file,
    "settings": settings_schema.of_settings,
    "front-matter": front_matter_schema.of_front_matter,
}
_SHIPPED: Mapping[str, str] = {
    "check": "exports/schemas/check.schema.json",
    "report": "exports/schemas/report.schema.json",
    "graph": "exports/schemas/graph.schema.json",
    "catalogue": "exports/catalogue/catalogue.schema.json",
}

NAMES = (*_MADE, *_SHIPPED)
"""The names of all schemas: first of what people write, then of what guidekit writes."""


def read(name: str) -> dict[str, Any]:
    """Make or read the schema ``name``, one of `NAMES`."""
    if name in _MADE:
        draft = "https://json-schema.org/draft/2020-12/schema"
        return {"$schema": draft, "$id": ADDRESS.format(name), **_MADE[name]()}
    schema: dict[str, Any] = json.loads(reading.read_shipped(_SHIPPED[name]))
    return schema


def write(name: str) -> str:
    """Write the schema ``name`` as text, a file that is shipped as it is."""
    if name in _SHIPPED:
        return reading.read_shipped(_SHIPPED[name])
    return escaping.as_json(read(name)) + "\n"
