"""The schemas of the settings, and of the settings file as far as guidekit reads it: made from the settings themselves."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Union, get_args, get_origin, get_type_hints

from guidekit import rules
from guidekit.diagnostics import Severity
from guidekit.setting_values import NO_LIMIT, REDIRECT_FORMATS, SEARCH_BUDGET, Service
from guidekit.settings import Settings
from guidekit.text.guid import GUID

_GUID = f"^{GUID}$"
_TEXT = {"type": "string"}
_NATURAL = {"type": "integer", "minimum": 1}
_LIMIT = {"anyOf": [_NATURAL, {"enum": [NO_LIMIT, None]}]}


def of_settings() -> dict[str, Any]:
    """Describe each setting with its type, its default and its help."""
    return {
        "title": "Settings of guidekit",
        "description": "What stands below `guidekit` in the `plugins` of mkdocs.yml.",
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {
            declared.name: _setting(declared.name, declared.metadata["help"]) for declared in fields(Settings)
        }
        | {"enabled": {"type": "boolean", "default": True, "description": "Is guidekit on in a build? MkDocs asks."}},
    }


def of_settings_file() -> dict[str, Any]:
    """Describe mkdocs.yml as far as guidekit reads it; all other keys are left to MkDocs."""
    options = {"$ref": "#/$defs/settings"}
    plugin = {"type": "object", "properties": {"guidekit": options}}
    return {
        "title": "mkdocs.yml with guidekit",
        "description": "The settings file of a site, as far as guidekit reads it.",
        "type": "object",
        "properties": {
            "docs_dir": {**_TEXT, "default": "docs", "description": "The content folder."},
            "site_url": {"type": ["string", "null"], "description": "The address of the site."},
            "use_directory_urls": {"type": "boolean", "default": True, "description": "Do addresses end in a slash?"},
            "plugins": {
                "description": "The plugins of MkDocs; guidekit is one of them.",
                "anyOf": [{"type": "array", "items": {"anyOf": [_TEXT, plugin]}}, plugin],
            },
        },
        "$defs": {"settings": of_settings()},
    }


def _setting(name: str, help: str) -> dict[str, Any]:
    default = getattr(Settings(), name)
    described = _of_type(get_type_hints(Settings)[name]) | _narrowed().get(name, {})
    return {**described, "default": _plain(default), "description": help}


def _of_type(hint: Any) -> dict[str, Any]:
    """Describe a value by the type of its setting."""
    if hint in (str, bool, int):
        return {"type": {str: "string", bool: "boolean", int: "integer"}[hint]}
    if hint is Service:
        label = {"type": ["string", "null"], "pattern": r"^[^;]*[^;\s][^;]*$"}
        day = {"type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
        parts = {
            "label": label,
            "names": {"type": ["array", "null"], "items": {**label, "type": "string"}},
            "changed": day,
        }
        return {"anyOf": [label, {"type": "object", "properties": parts, "additionalProperties": False}]}
    arguments = get_args(hint)
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _of_type(arguments[0])}
    if get_origin(hint) is Mapping:
        return {"type": "object", "additionalProperties": _of_type(arguments[1])}
    if get_origin(hint) in (Union, types.UnionType) and Severity in arguments:
        return {
            "enum": [*(str(level) for level in sorted(Severity, reverse=True)), "off", False]
        }  # YAML 1.1 reads off so
    if get_origin(hint) in (Union, types.UnionType) and type(None) in arguments:
        given = _of_type(arguments[0])
        return {**given, "type": [given["type"], "null"]}
    raise TypeError(f"no schema for the type {hint}")


def _narrowed() -> dict[str, dict[str, Any]]:
    """Say more of some settings than their types do."""
    codes = {"enum": [rule.code for rule in rules.RULES]}
    return {
        "feedback": {"pattern": "^$|^(https?://|mailto:)"},
        "html": {"enum": ["any", "learn"]},
        "redirects": {"enum": list(REDIRECT_FORMATS)},
        "search": {"enum": ["material", "guidekit", "pagefind"]},
        "search_synonyms": {"items": {"type": "array", "items": _TEXT, "minItems": 2}},
        "search_budget": {"properties": dict.fromkeys(SEARCH_BUDGET, _LIMIT), "additionalProperties": False},
        "severity": {"propertyNames": codes},
        "per_file_ignores": {"additionalProperties": {"type": "array", "items": codes}},
        "root_links": {"propertyNames": {"pattern": "^/(.*/)?$"}},
        "aliases": {"propertyNames": {"pattern": _GUID}, "additionalProperties": {**_TEXT, "pattern": _GUID}},
        "reports": {"not": {"pattern": r"^/|\\|(^|/)\.\.(/|$)"}},
        "max_include_depth": {"minimum": 1, "maximum": 100},
        "max_includes": {"minimum": 1},
        "max_file_size": {"minimum": 1},
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(below) for key, below in value.items()}
    return list(value) if isinstance(value, tuple) else value
