"""What ``make quick`` leaves out: the tests that take long by their nature, which nobody has to mark by hand."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HOSTS = ("mkdocs", "properdocs")
BY_HAND = {
    "site_build.py": "what its fixtures give",
    "test_package.py": "makes an environment",
    "test_programs.py": "starts MkDocs by its script",
}
"""The files that start a host without the fixtures: what else they are."""


def starts_host(tree: ast.Module) -> Iterator[int]:
    """Find the lines with a list of words, or of arguments, that names a host and then ``build`` or ``serve``."""
    for node in ast.walk(tree):
        parts = node.elts if isinstance(node, ast.List | ast.Tuple) else node.args if isinstance(node, ast.Call) else []
        words = [word.value for part in parts for word in ast.walk(part) if isinstance(word, ast.Constant)]
        hosts = [number for number, word in enumerate(words) if word in HOSTS]
        if hosts and {"build", "serve"} & set(map(str, words[hosts[0] :])):
            yield node.lineno


def test_sites_and_browsers_come_from_fixtures(project: Path) -> None:
    """No test starts a host or a browser by itself, past the fixtures by which it is known to be slow."""
    trees = {path.name: ast.parse(path.read_text(encoding="utf-8")) for path in (project / "tests").glob("*.py")}
    assert {name for name, tree in trees.items() if any(starts_host(tree))} == BY_HAND.keys()
    browsers = {
        name
        for name, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and "sync_playwright" in {alias.name for alias in node.names}
    }
    assert browsers == {"conftest.py"}


def test_tests_with_a_slow_fixture_are_left_out(project: Path) -> None:
    """What takes a slow fixture, itself or by another one, is marked, and nothing else is."""
    files = [project / "tests" / name for name in ("test_globs.py", "test_glossary.py", "test_serve.py")]
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", "slow", "-p", "no:cacheprovider", *files]
    told = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, timeout=120).stdout
    marked = {line.partition("[")[0].rpartition("::")[2] for line in told.splitlines() if "::" in line}
    functions = [node for file in files for node in ast.parse(file.read_text(encoding="utf-8")).body]
    slow = {"build", "browser", "served", "address", "open_page"}
    taking = {
        node.name
        for node in functions
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        if slow & {argument.arg for argument in node.args.args}
    }
    assert marked == taking
