"""The layers: imports only go down, and only the adapters know the hosts."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from guidekit import extras

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
    {"checklist_words", "diagnostics", "docset", "layout", "mount", "setting_values", "settings", "translations"},
    {"text", "extras", "garbage_collection"},
)
"""The folders and modules of the package, those first that know the others."""

STRANGERS = ({"rules", "rendering"}, {"library", "disk"})
"""Folders of one floor that do not know each other."""

STARTS = re.compile(
    r"(asyncio|concurrent|multiprocessing|pty|runpy|subprocess|webbrowser)\b|shutil\.which$|(exec|eval)$"
    r"|os\.(exec|fork|popen|posix_spawn|spawn|startfile|system)|click\.(echo_via_pager|edit|launch)"
)
"""The names by which Python starts a program, looks for one, or runs what a text says."""

HOSTS = {"mkdocs": {"plugin"}, "markdown": {"extension", "plugin"}, "pymdownx": {"extension"}, "click": {"cli"}}

REST = "*"

FLOORS_OF_FOLDERS: dict[str, tuple[set[str], ...]] = {
    "cli": (
        {"__init__"},
        {REST},
        {"changing", "content_set", "output_files"},
        {"console", "interrupts", "progress", "working_directory"},
        {"loading", "messages", "option_groups", "terminal"},
    ),
    "plugin": ({"__init__"}, {REST}, {"log"}),
    "authoring": ({"guide", "item_import", "moving", "retirement"}, {REST}, {"__init__", "wording"}),
    "exports/catalogue": ({"__init__"}, {REST}, {"items"}),
    "exports/conversion": (
        {"__init__"},
        {"converted_page", "files"},
        {"commonmark", "material", "writer"},
        {"blocks"},
        {"lists", REST},
        {"joining"},
        {"dialect", "html_pieces", "pieces"},
        {"marks"},
    ),
    "exports/graph": ({"__init__"}, {REST}, {"include_graph"}),
    "exports/reports": ({"__init__", "state_pages"}, {REST}, {"report"}),
    "exports/schemas": ({"__init__"}, {REST}),
    "reporting": ({"outputs"}, {"__init__"}, {REST}, {"words"}),
    "rules": ({"selection"}, {"__init__"}, {"running"}, {REST}, {"recording", "rule"}),
    "rendering": ({"article", "markdown"}, {"constructs"}, {REST}, {"link_targets", "new_tokens"}),
    "built_site/links": ({"survey"}, {"origin"}, {"link_index"}, {REST}, {"site_addresses", "styles"}),
    "built_site/packing": ({"__init__"}, {REST}, {"used_names"}),
    "library": (
        {"mount_uses"},
        {"library", "queries"},
        {"page"},
        {REST},
        {"file_index", "includes"},
        {"code_snippets", "site_places", "yaml_files"},
        {"failure"},
    ),
    "disk": (
        {"comparison", "patches", "watching"},
        {REST},
        {"content_set", "file_status", "programs", "temporary_files"},
        {"held_files"},
    ),
    "syntax": ({"yaml_document"}, {"document"}, {"fact_reader", "suppression"}, {"__init__"}, {REST}, {"fact", "run"}),
    "syntax/yaml_page": (
        {"page_kinds"},
        {"faq", "hub", "marketing", "composer", "page_markdown"},
        {"landing"},
        {REST},
        {"parts"},
        {"scalar"},
    ),
}
"""The floors of folders that have some: modules, those first that know the others; ``*`` are those without a name here.

The folders that are not named have none: ``text``, and what a folder holds beside its subfolders.
"""

_METHODS = (
    *("open", "read_text", "read_bytes", "write_text", "write_bytes", "exists", "is_file", "is_dir", "is_symlink"),
    *("is_mount", "is_socket", "is_fifo", "is_block_device", "is_char_device", "is_junction", "stat", "lstat"),
    *("iterdir", "glob", "rglob", "walk", "scandir", "mkdir", "rmdir", "unlink", "touch", "rename", "resolve"),
    *("readlink", "symlink_to", "hardlink_to", "link_to", "chmod", "lchmod", "samefile", "expanduser"),
)
"""The methods of ``Path`` that ask or change the disk; ``replace`` is told by its arguments."""

_MODULES = re.compile(
    r"(dbm|fcntl|fileinput|glob|linecache|mmap|shelve|shutil|sqlite3|subprocess|tempfile)\b|(io|os|pathlib) as "
)
"""The modules of Python that are there to touch the disk, and names under which a function below would not be seen."""

_FUNCTIONS = re.compile(
    r"io\.(FileIO|open)|open$"
    r"|os\.(?!(environ|fs(de|en)code|linesep|name|path|PathLike|sep|devnull|O_[A-Z]+)\b)"
    r"|os\.path\.(abspath|exists|expanduser|get.time|getsize|is(dir|file|junction|link|mount)|lexists|realpath|same)"
)
"""The names by which Python opens files, lists folders, or asks the system for either; ``os.sep`` and the like do not."""

_HARMLESS = re.compile(r"(session\.)?(Library|Session)\.open$|archive\.open$|(file_status|reading)\.|previous\.exists$")
"""What is called like a method of ``Path``: functions of ``disk``, and values that lie in memory."""

TOUCHING = {
    "cli/check_links.py": {"resolve"},
    "cli/console.py": {"os.fstat"},
    "cli/content_set.py": {"resolve"},
    "cli/interrupts.py": {"os.dup2", "os.open"},
    "cli/output_files.py": {"resolve"},
    "cli/scope.py": {"resolve"},
    "cli/several_sets.py": {"resolve"},
    "cli/showing.py": {"resolve"},
    "cli/working_directory.py": {"os.path.realpath"},
}
"""The modules outside of ``disk`` that ask the system, each with what for: where a path leads that somebody typed or that
a build service names, and what standard output is."""


@cache
def parsed(project: Path) -> dict[str, ast.Module]:
    """Parse the modules of the package, by their paths."""
    package = project / "plugins" / "guidekit"
    return {
        path.relative_to(package).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(package.rglob("*.py"))
    }


@cache
def imports(project: Path) -> dict[str, set[str]]:
    """Find what each module imports: modules of ours by path without suffix, others by their full names."""
    trees = parsed(project)
    ours = {path.removesuffix(".py") for path in trees}
    return {
        path.removesuffix(".py"): {module_of(name, ours) for node in ast.walk(tree) for name in imported(node)}
        for path, tree in trees.items()
    }


def imported(node: ast.AST) -> list[str]:
    """List the full names that a node imports."""
    return names_in(node) if isinstance(node, ast.Import | ast.ImportFrom) else []


def module_of(name: str, ours: set[str]) -> str:
    """Find the module of ours from which a full name comes, by its path; other names stay."""
    parts = name.split(".")
    if parts[0] != "guidekit":
        return name
    for length in range(len(parts), 1, -1):
        path = "/".join(parts[1:length])
        if found := {path, f"{path}/__init__"} & ours:
            return found.pop()
    return "__init__"


def test_imports_only_go_down(project: Path) -> None:
    """No folder imports from one of a floor above its own; judging and drawing, library and disk do not know each other."""
    floor = {name: number for number, names in enumerate(FLOORS) for name in names}
    found = imports(project)
    assert {name.split("/")[0] for name in found} == floor.keys()
    for name, others in found.items():
        one = name.split("/")[0]
        for other in {other.split("/")[0] for other in others & found.keys()} - {one, "__init__"}:
            assert floor[other] >= floor[one], f"{name} imports {other}"
            assert {one, other} not in STRANGERS, f"{name} imports {other}"


def test_imports_within_a_folder_only_go_down(project: Path) -> None:
    """In a folder with floors of its own, no module imports one of a floor above."""
    found = imports(project)
    for folder, floors in FLOORS_OF_FOLDERS.items():
        floor = {name: number for number, names in enumerate(floors) for name in names}
        inside = {name for name in found if name.rpartition("/")[0] == folder}
        inside -= {f"{folder}/__init__"} if "__init__" not in floor else set()
        assert {f"{folder}/{name}" for name in floor.keys() - {REST}} <= inside, folder

        def floor_of(name: str, floor: dict[str, int] = floor) -> int:
            return floor.get(name.rpartition("/")[2], floor.get(REST, -1))

        assert [name for name in inside if floor_of(name) < 0] == [], folder
        wrong = [(one, other) for one in inside for other in found[one] & inside if floor_of(other) < floor_of(one)]
        assert wrong == []


def test_no_two_modules_import_each_other(project: Path) -> None:
    """No module imports itself by way of others, in whatever folder."""
    left = imports(project)
    while done := {name for name, others in left.items() if not others & left.keys() - {name}}:
        left = {name: others for name, others in left.items() if name not in done}
    assert left == {}


def test_only_the_adapters_know_their_hosts(project: Path) -> None:
    """Everything below the adapters works without MkDocs, Python-Markdown and click."""
    for name, others in imports(project).items():
        for host, allowed in HOSTS.items():
            if any(other.split(".")[0] == host for other in others):
                assert name.split("/")[0] in allowed, f"{name} imports {host}"


def test_only_the_disk_opens_files(project: Path) -> None:
    """No module outside of ``disk`` opens, reads, lists, asks for or changes anything on disk, but for what is named."""
    touching = {
        name: found
        for name, tree in parsed(project).items()
        if not name.startswith("disk/") and (found := {word for node in ast.walk(tree) for word in touched(node)})
    }
    assert touching == TOUCHING


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("open('a')", {"open"}),
        ("import io; io.open('a')", {"io.open"}),
        ("Path('a').open()", {"open"}),
        ("map(Path.exists, paths)", {"exists"}),
        ("a.replace(b)", {"replace"}),
        ("a.replace('b', 'c'), PurePosixPath(a).parent, Library.open(a)", set()),
        ("import os; os.listdir(); os.path.realpath(a)", {"os.listdir", "os.path.realpath"}),
        ("import os; os.environ['A'], os.path.join(a, b), os.fsencode(a)", set()),
        ("from os import scandir", {"os.scandir"}),
        ("from os.path import isfile as is_there", {"os.path.isfile"}),
        ("import os as system", {"os as system"}),
        ("import shutil", {"shutil"}),
        ("from tempfile import mkdtemp", {"tempfile.mkdtemp"}),
        ("import subprocess", {"subprocess"}),
    ],
)
def test_what_touches_the_disk_is_seen(code: str, found: set[str]) -> None:
    """Whatever the way that code takes to the disk, the test above sees it."""
    assert {word for node in ast.walk(ast.parse(code)) for word in touched(node)} == found


def touched(node: ast.AST) -> list[str]:
    """List what a node names that asks or changes the disk: a function in full, a method of ``Path`` without its object."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "replace":
        return ["replace"] if len(node.args) == 1 and not node.keywords else []
    names = names_in(node)
    functions = [name for name in names if _FUNCTIONS.match(name)]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return functions or [name for name in names if _MODULES.match(name)]
    if functions or not isinstance(node, ast.Attribute) or any(map(_HARMLESS.match, names)):
        return functions
    return [node.attr] if node.attr in _METHODS else []


def test_only_programs_starts_programs(project: Path) -> None:
    """No other module of the package starts a program, or looks for one: what is started must obey no content."""
    starting = {
        (path, name)
        for path, tree in parsed(project).items()
        for node in ast.walk(tree)
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
            return [alias.name if alias.asname is None else f"{alias.name} as {alias.asname}" for alias in names]
        case ast.ImportFrom(module=str(module), names=names):
            return [f"{module}.{alias.name}" for alias in names]
        case ast.Attribute(value=of, attr=name):
            return [f"{full}.{name}" for full in names_in(of)]
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
    for name, tree in parsed(project).items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                assert ast.unparse(node) not in {"sys.stdout.write", "sys.stderr.write", "sys.stdout.buffer"}, name
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in SPEAKING:
                    assert {called, ast.unparse(node.func)} & TELLING.get(name, set()), f"{name} calls {called}"


DISTRIBUTIONS = {"minify": "tdewolff-minify"}
"""The distribution of a module, where it has another name."""


def test_extras_name_the_modules_that_they_bring(project: Path) -> None:
    """What the code says of its extras, the package's settings say too, and ``all`` holds each of them."""
    settings = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = settings["optional-dependencies"]
    (everything,) = declared["all"]
    assert set(everything.removeprefix("guidekit[").removesuffix("]").split(",")) == declared.keys() - {"all"}
    for extra, modules in extras.MODULES.items():
        brought = {re.split(r"[\[>=<]", requirement)[0] for requirement in declared[extra]}
        assert {DISTRIBUTIONS.get(module, module) for module in modules} <= brought
