"""Every example in our own texts is valid in its language."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import kubernetes_validate
import pytest
import shell
import tree_sitter_bicep
import yaml
from conftest import PROJECT
from terraform import check_terraform
from tree_sitter import Language, Parser

from guidekit import Library
from guidekit.syntax.document import Document, parse
from guidekit.text.source import Source

BICEP = Parser(Language(tree_sitter_bicep.language()))
DIALECT = PurePosixPath("content/contribute")  # its examples show mistakes as well
PIPELINE_KEYS = {"trigger", "pr", "schedules", "pool", "stages", "jobs", "steps"}
SCRIPT_KEYS = {"bash", "script", "inlineScript"}
AZ_CALL = re.compile(r"(?<![\w.-])az [a-z]")
TEMPLATE_EXPRESSION = re.compile(r"\$\{\{.*?\}\}")

# Commands of extensions, which are not on PyPI: all that can be told of them is that the shell takes them.
EXTENSIONS = (
    "afd",  # cdn
    "boards",  # azure-devops
    "dataprotection",
    "graph",  # resource-graph
    "k8s-configuration",
    "k8s-extension",
    "logic",
    "pipelines",  # azure-devops
    "repos",  # azure-devops
    "site-recovery",
    "support",
)


@dataclass(frozen=True, kw_only=True)
class Example:
    """A fenced block, and where it stands."""

    path: PurePosixPath
    line: int
    language: str
    code: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


def documents() -> Iterator[Document]:
    """Go through the texts whose examples readers copy."""
    library = Library.open(PROJECT)
    pages = [page.document for page in library.pages]
    fragments = [fragment.document for fragment in library.fragments]
    yield from (one for one in pages + fragments if not one.source.path.is_relative_to(DIALECT))
    for name in ("README.md", "CONTRIBUTING.md"):
        yield parse(Source.of(name, (PROJECT / name).read_text(encoding="utf-8")))


def examples() -> Iterator[Example]:
    """Find the fenced blocks."""
    for document in documents():
        for token in document.tokens:
            if token.type == "fence" and token.map:
                language = token.info.partition(" ")[0].lower().removesuffix("-interactive")
                path, line = document.source.path, token.map[0] + 1
                yield Example(path=path, line=line, language=language, code=token.content)


def check_bash(code: str) -> None:
    """Let bash read a script without running it."""
    result = subprocess.run(["bash", "-n"], input=code, capture_output=True, text=True, check=False, timeout=60)
    assert (result.returncode, result.stderr) == (0, "")


def check_yaml(code: str) -> None:
    """Parse YAML, and judge manifests of Kubernetes and Azure Pipelines by their schemas."""
    for document, untyped in zip(yaml.safe_load_all(code), yaml.load_all(code, yaml.BaseLoader), strict=True):
        keys = set(document) if isinstance(document, dict) else set()
        if {"apiVersion", "kind"} <= keys:
            check_manifest(document)
        elif keys & PIPELINE_KEYS:
            check_pipeline(untyped)  # to Azure Pipelines every value is a string


def check_manifest(manifest: Mapping[str, Any]) -> None:
    """Judge an object of Kubernetes; resources that something else defines, such as Flux, are only parsed."""
    try:
        kubernetes_validate.validate(manifest, kubernetes_validate.latest_version(), strict=True)
    except kubernetes_validate.SchemaNotFoundError as error:
        group = str(manifest["apiVersion"]).rpartition("/")[0]
        assert "." in group, error.message


def check_pipeline(pipeline: Mapping[str, Any]) -> None:
    """Judge a pipeline by the schema of Azure Pipelines, and its scripts by bash."""
    options = "--builtin-schema vendor.azure-pipelines --data-transform azure-pipelines --regex-variant nonunicode -"
    command = [sys.executable, "-m", "check_jsonschema", *options.split()]
    result = subprocess.run(
        command, input=json.dumps(pipeline), capture_output=True, text=True, check=False, timeout=60
    )
    assert result.returncode == 0, result.stdout + result.stderr
    for script in scripts_within(pipeline):
        check_bash(script)


def scripts_within(node: object) -> Iterator[str]:
    """Find the scripts of a pipeline's steps, with something in the place of its expressions."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in SCRIPT_KEYS and isinstance(value, str):
                yield TEMPLATE_EXPRESSION.sub(shell.ANYTHING, value)
            yield from scripts_within(value)
    elif isinstance(node, list):
        for value in node:
            yield from scripts_within(value)


def check_bicep(code: str) -> None:
    """Parse Bicep, and find what the parser had to skip or to make up."""
    nodes = [BICEP.parse(code.encode()).root_node]
    while nodes:
        node = nodes.pop()
        assert not (node.is_error or node.is_missing), f"line {node.start_point.row + 1} of the example: {node}"
        nodes.extend(node.children)


def check_nothing(code: str) -> None:
    """Take anything."""


CHECKS: Mapping[str, Callable[[str], object]] = {
    "azurecli": check_bash,
    "bash": check_bash,
    "bicep": check_bicep,
    "json": json.loads,
    "kusto": lambda _: pytest.skip("there is no parser of Kusto on PyPI"),
    "python": ast.parse,
    "terraform": check_terraform,
    "yaml": check_yaml,
    **dict.fromkeys(("console", "html", "markdown", "output", "text"), check_nothing),
}

EXAMPLES = tuple(examples())


def az_commands(example: Example) -> list[list[str]]:
    """Find the calls of the Azure CLI itself, in scripts and in the steps of pipelines."""
    scripts = [example.code] if example.language in ("azurecli", "bash") else []
    if example.language == "yaml":
        scripts = list(scripts_within(list(yaml.safe_load_all(example.code))))
    found = [command for script in scripts for command in shell.commands("az", script)]
    return [command for command in found if command and command[0] not in EXTENSIONS]


@pytest.fixture
def azure_cli(project: Path) -> Path:
    """The Python that has azure-cli; without one the test is skipped, but in CI it fails."""
    python = Path(os.environ.get("GUIDEKIT_AZURE_CLI", project / ".cache/azure-cli/bin/python"))
    if not python.exists():
        message = "the Azure CLI is not installed (make azure-cli)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return python


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_example_is_valid_in_its_language(example: Example) -> None:
    """A fenced block names a language that can be checked, and is valid in it."""
    check = CHECKS.get(example.language)
    assert check, f"{example}: nothing checks the language '{example.language}'"
    check(example.code)


@pytest.mark.parametrize("example", [one for one in EXAMPLES if AZ_CALL.search(one.code)], ids=str)
def test_azure_cli_takes_the_commands(example: Example, project: Path, azure_cli: Path, tmp_path: Path) -> None:
    """The Azure CLI knows each command, its options and their values; nothing is run."""
    commands = az_commands(example)
    environment = {
        **os.environ,
        "AZURE_CONFIG_DIR": str(tmp_path),
        "AZURE_CORE_COLLECT_TELEMETRY": "no",
        "AZURE_EXTENSION_USE_DYNAMIC_INSTALL": "no",
    }
    result = subprocess.run(
        [azure_cli, project / "tests/azure_cli.py"],
        input="\n".join(map(json.dumps, commands)),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert (result.returncode, result.stdout) == (0, ""), result.stdout + result.stderr


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("echo az vm list  # az vm list\n", []),
        ("az vm list \\\n  --query \"[?name=='a'].id\" -o tsv > ids.txt\n", [["vm", "list", "--query", "[?name=='a'].id", "-o", "tsv"]]),
        ("NAME=a\naz vm show --name \"$NAME b\" -g ${GROUP}\n", [["vm", "show", "--name", "a b", "-g", "1"]]),
        ("if ID=$(az group show -n a | jq .id); then az lock list; fi\n", [["group", "show", "-n", "a"], ["lock", "list"]]),
        ("az vm update --set tags.a='{\"b\": 1}'\n", [["vm", "update", "--set", 'tags.a={"b": 1}']]),
    ],
)  # fmt: skip
def test_commands_are_read_as_the_shell_reads_them(script: str, expected: list[list[str]]) -> None:
    """Calls are found wherever they stand, without their redirections, quotes, and continued lines."""
    assert shell.commands("az", script) == expected
