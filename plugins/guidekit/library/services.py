"""The services of which an item's guidance speaks: their names in front matter, and the labels that readers see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from guidekit.setting_values import Service
from guidekit.syntax.front_matter import FrontMatter

SEPARATOR = "; "
"""What stands between services where a format has one text for all of them."""

EVERY = "cross-service"
"""The name that stands for every service: an item with it applies to any workload."""


def read(header: FrontMatter) -> tuple[str, ...]:
    """Read the names in ``service``, a text or a list of texts, each name once."""
    value = header.values.get("service")
    entries = value if isinstance(value, list) else [value]
    names = (str(entry).strip() for entry in entries if is_name(entry))
    return tuple(dict.fromkeys(name for name in names if name))


def is_name(value: object) -> bool:
    """Can this value of front matter be the name of a service?"""
    return isinstance(value, (str, int, float))


def label(name: str, declared: Mapping[str, Service]) -> str:
    """Find what readers see of a service: its label where it is declared, else its name."""
    return declared[name].label if name in declared else name


def shown(names: Iterable[str], declared: Mapping[str, Service]) -> str:
    """Write services as one text, by their labels."""
    return SEPARATOR.join(label(name, declared) for name in names)


def recognize(text: str, declared: Mapping[str, Service]) -> tuple[str, ...]:
    """Read services from such a text: names, or labels in any letter case; what is not declared is its own name."""
    names = {service.label.casefold(): name for name, service in declared.items()}
    parts = (part.strip() for part in text.split(SEPARATOR.strip()))
    found = (part if part in declared else names.get(part.casefold(), part) for part in parts if part)
    return tuple(dict.fromkeys(found))
