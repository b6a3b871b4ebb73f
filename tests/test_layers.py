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
        "programs",
        "comparison",
        "baseline",
        "former_outputs",
        "changes",
        "patches",
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
        "symlinks",
        "temporary_files",
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
    {"source", "diagnostics", "settings", "escaping", "globs", "yaml_nodes", "alignment", "collector"},
)
STARTS = re.compile(
    r"(asyncio|concurrent|multiprocessing|pty|runpy|subprocess|webbrowser)(\.|$)|shutil\.which$|(exec|eval)$"
    r"|os\.(exec|fork|popen|posix_spawn|spawn|startfile|system)|click\.(echo_via_pager|edit|launch)"
)
"""The names by which Python starts a program, looks for one, or runs what a text says."""

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


def test_only_programs_starts_programs(project: Path) -> None:
    """No other module of the package starts a program, or looks for one: what is started must obey no content."""
    package = project / "plugins" / "guidekit"
    starting = {
        (str(path.relative_to(package)), name)
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in names_in(node)
        if STARTS.match(name)
    }
    assert {path for path, _ in starting} == {"programs.py"}, starting


def names_in(node: ast.AST) -> list[str]:
    """List what a node of a module names: what it imports, an attribute with what it is of, or a name."""
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(module), names=names):
            return [f"{module}.{alias.name}" for alias in names]
        case ast.Attribute(value=ast.Name(id=of), attr=name):
            return [f"{of}.{name}"]
        case ast.Name(id=name):
            return [name]
    return []


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


TELLING = {
    "cli/telling.py": {"click.echo", "click.UsageError"},
    "cli/console.py": {"click.echo", "Console", "print"},
    "cli/progress.py": {"Console"},
    "cli/ending.py": set(),
    "plugin/telling.py": {"PluginError", "ValidationError", "get_plugin_logger", "log"},
    "watching.py": {"getLogger"},
}
"""The modules that reach a terminal or a log, each with what it calls for that: they make every text fit to be shown."""
SPEAKING = {
    "echo",
    "secho",
    "print",
    "write_text",
    "log",
    "debug",
    "info",
    "warning",
    "error",
    "critical",
    "getLogger",
} | {
    "Console",
    "get_plugin_logger",
    "PluginError",
    "ValidationError",
    "ClickException",
    "UsageError",
    "BadParameter",
    "warn",
}


def test_only_a_few_modules_reach_a_terminal_or_a_log(project: Path) -> None:
    """Everything is told by the modules that make it fit to be shown; no other one prints, logs or refuses by itself."""
    package = project / "plugins" / "guidekit"
    for path in package.rglob("*.py"):
        name = path.relative_to(package).as_posix()
        if name == "reference.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                assert ast.unparse(node) not in {"sys.stdout.write", "sys.stderr.write", "sys.stdout.buffer"}, name
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in SPEAKING:
                    assert {called, ast.unparse(node.func)} & TELLING.get(name, set()), f"{name} calls {called}"
