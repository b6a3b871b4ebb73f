"""The layers: imports only go down, and only the adapters know the hosts."""

from __future__ import annotations

import ast
import re
from pathlib import Path

FLOORS = (
    {"cli", "plugin", "extension", "catalogue", "__init__"},
    {"session"},
    {"authoring"},
    {"exports"},
    {"reporting"},
    {"rules", "rendering"},
    {"built_site"},
    {"library", "disk"},
    {"syntax"},
    {"diagnostics", "layout", "setting_values", "settings"},
    {"text", "garbage_collection"},
)
"""The folders and modules of the package, those first that know the others."""

STRANGERS = ({"rules", "rendering"}, {"library", "disk"})
"""Folders of one floor that do not know each other."""

STARTS = re.compile(
    r"(asyncio|concurrent|multiprocessing|pty|runpy|subprocess|webbrowser)(\.|$)|shutil\.which$|(exec|eval)$"
    r"|os\.(exec|fork|popen|posix_spawn|spawn|startfile|system)|click\.(echo_via_pager|edit|launch)"
)
"""The names by which Python starts a program, looks for one, or runs what a text says."""

HOSTS = {"mkdocs": {"plugin"}, "markdown": {"extension", "plugin"}, "pymdownx": {"extension"}, "click": {"cli"}}


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
    """No folder imports from one of a floor above its own; judging and drawing, library and disk do not know each other."""
    floor = {name: number for number, names in enumerate(FLOORS) for name in names}
    found = modules(project)
    assert found.keys() == floor.keys()
    for name, imports in found.items():
        for part in (full.split(".")[1] for full in imports if full.startswith("guidekit.")):
            if part in floor and part != name:
                assert floor[part] >= floor[name], f"{name} imports {part}"
                assert {name, part} not in STRANGERS


def test_only_the_adapters_know_their_hosts(project: Path) -> None:
    """Everything below the adapters works without MkDocs, Python-Markdown and click."""
    for name, imports in modules(project).items():
        for host, allowed in HOSTS.items():
            if any(full.split(".")[0] == host for full in imports):
                assert name in allowed, f"{name} imports {host}"


def test_only_the_disk_opens_files(project: Path) -> None:
    """No other folder of the core opens, reads or lists anything on disk."""
    package = project / "plugins" / "guidekit"
    for path in package.rglob("*.py"):
        name = path.relative_to(package).parts[0].removesuffix(".py")
        if name not in {"disk", "cli", "plugin", "extension"}:
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
    assert {path for path, _ in starting} == {"disk/programs.py"}, starting


def test_only_commands_set_the_garbage_collector_for_good(project: Path) -> None:
    """Elsewhere the collector is only paused within a call: the process belongs to the host."""
    package = project / "plugins" / "guidekit"
    setting = {"garbage_collection.keep", "garbage_collection.release", "gc.disable", "gc.freeze", "gc.set_threshold"}
    found = {
        path.relative_to(package).parts[0]
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in setting
    }
    assert found == {"cli", "garbage_collection.py"}


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


def test_table_of_folders_names_each_one(project: Path) -> None:
    """CONTRIBUTING.md says what each folder and module of the package's root is for, and names none that is gone."""
    text = (project / "CONTRIBUTING.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| (`[^|]*) \|[^|]*\|$", text, re.MULTILINE)
    named = {name.rstrip("/") for cell in cells for name in re.findall("`([^`]+)`", cell)}
    package = project / "plugins" / "guidekit"
    there = {path.name for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert named == there - {"__init__.py"}


def test_no_file_name_stands_for_two_things(project: Path) -> None:
    """A file's name is found once in the package, but for commands, and for what draws a construct of the dialect.

    A command is named after what it shows, and both modules of a construct after the construct.
    """
    package = project / "plugins" / "guidekit"
    places: dict[str, list[str]] = {}
    for path in package.rglob("*.py"):
        if path.name != "__init__.py" and path.parent.name != "cli":
            places.setdefault(path.stem, []).append(path.parent.name)
    twice = {name: sorted(folders) for name, folders in places.items() if len(folders) > 1}
    assert {name: folders for name, folders in twice.items() if folders != ["rendering", "syntax"]} == {}
    rows = (package / "rendering" / "constructs.py").read_text(encoding="utf-8")
    assert all(re.search(rf"\b{name}\.(draw|write)", rows) for name in twice)


TELLING = {
    "cli/messages.py": {"click.echo", "click.UsageError"},
    "cli/console.py": {"click.echo", "Console", "print"},
    "cli/progress.py": {"Console"},
    "cli/interrupts.py": set(),
    "plugin/log.py": {"PluginError", "ValidationError", "get_plugin_logger", "log"},
    "disk/watching.py": {"getLogger"},
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
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                assert ast.unparse(node) not in {"sys.stdout.write", "sys.stderr.write", "sys.stdout.buffer"}, name
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in SPEAKING:
                    assert {called, ast.unparse(node.func)} & TELLING.get(name, set()), f"{name} calls {called}"
