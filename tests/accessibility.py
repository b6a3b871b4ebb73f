"""What axe finds on a page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
COLORS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""The rules that look at colors; all others look at what is the same in light and dark."""


def violations(page: Page, rules: object, context: str | dict[str, list[list[str]]] | None = None) -> list[str]:
    """List what axe finds on a page as it is now, or in a part of it, each with its rule and its element."""
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = Axe().run(page, context=context, options=options).response["violations"]
    return [f"{rule['id']}: {node['html']}: {node['failureSummary']}" for rule in found for node in rule["nodes"]]
