"""Material's script without the stylesheet that it brings for diagrams."""

from __future__ import annotations

import re

_STYLES = re.compile(r'(?<==)"[.#][^"\\\n]*--md-mermaid-[^"\\\n]*\}"')
"""The stylesheet, as the one text of a script that sets or reads these custom properties, from ``=`` up to its last brace."""


def without_diagrams(script: str) -> str:
    """Empty the stylesheet for Mermaid's diagrams, which is of no use to a site that has none."""
    return _STYLES.sub('""', script) if "--md-mermaid-" in script else script
