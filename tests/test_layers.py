"""The layers: imports only go down, and only the adapters know the hosts."""

from __future__ import annotations

import ast
import re
from pathlib import Path

LAYERS = (
    {"cli", "plugin", "extension", "reference", "api", "outputs", "selection", "__init__"},
    {
        "files",
        "repository",
        "comparison",
        "baseline",
        "changes",
        "fixes",
        "authoring",
        "reporting",
        "catalogue",
        "inventory",
        "graph",
        "schemas",
        "search",
        "packing",
        "watching",
        "lychee",
    },
    {"rules", "rendering"},
    {
        "library",
        "links",
        "destinations",
        "outline",
        "checklist",
        "guidance",
        "review",
        "glossary",
        "includes",
        "publication",
        "earlier",
        "redirections",
        "code_owners",
        "substance",
    },
    {"document", "syntax", "paths", "edits"},
    {"source", "diagnostics", "settings", "globs", "yaml_nodes", "alignment", "collector"},
)
HOSTS = {"mkdocs": {"plugin"}, "markdown": {"extension"}, "pymdownx": {"extension"}, "click": {"cli", "reference"}}


def modules(project: Path) -> dict[str, set[str]]:
    """Find what each module or subpackage of ours imports, by its full name."""
    package = project / "plugins" / "guidekit"
    imported: dict[str, set[str]] = {}
    for path in package.rglob("*.py"):
        name = path.relative_to(package).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported.setdefault(name, set()).update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                full = {f"{node.module}.{alias.name}" for alias in node.names} if node.module == "guidekit" else set()
                imported.setdefault(name, set()).update(full or {node.module})
    return imported


def test_imports_only_go_down(project: Path) -> None:
    """No module imports one of a layer above its own; judgment and presentation do not know each other."""
    level = {name: number for number, names in enumerate(LAYERS) for name in names}
    for name, imports in modules(project).items():
        for part in (full.split(".")[1] for full in imports if full.startswith("guidekit.")):
            if part in level and part != name:
                assert level[part] >= level[name], f"{name} imports {part}"
                assert {name, part} != {"rules", "rendering"}


def test_only_the_adapters_know_their_hosts(project: Path) -> None:
    """Everything below the adapters works without MkDocs, Python-Markdown and click."""
    for name, imports in modules(project).items():
        for host, allowed in HOSTS.items():
            if any(full.split(".")[0] == host for full in imports):
                assert name in allowed, f"{name} imports {host}"


def test_only_files_opens_files(project: Path) -> None:
    """No other module of the core opens, reads or lists anything on disk."""
    package = project / "plugins" / "guidekit"
    for path in package.rglob("*.py"):
        name = path.relative_to(package).parts[0].removesuffix(".py")
        if name not in {"files", "cli", "plugin", "extension", "reference"}:
            calls = {
                node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                if isinstance(node, ast.Call)
            }
            assert not calls & {"read_text", "read_bytes", "iterdir", "glob", "exists", "is_file", "print"}, path


def test_table_of_modules_names_each_one(project: Path) -> None:
    """CONTRIBUTING.md says what each module or subpackage is for, and names none that is gone."""
    text = (project / "CONTRIBUTING.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\|[^|]*\| (`[^|]*) \|[^|]*\|$", text, re.MULTILINE)
    named = {name for cell in cells for name in re.findall("`([^`]+)`", cell)}
    package = project / "plugins" / "guidekit"
    modules = {path.relative_to(package) for path in package.rglob("*.py") if path.name != "__init__.py"}
    missing = {str(path) for path in modules if not {str(path), f"{path.parts[0]}/"} & named}
    gone = {name for name in named if not (package / name).exists()}
    assert (missing, gone) == (set(), set())
