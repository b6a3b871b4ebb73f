"""The reference pages are those that the code makes, and name all there is: no rule, setting or command more or less."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import click
import minify
import pytest
import reference
from click.testing import CliRunner

from guidekit import Settings, cli, rules


@pytest.fixture
def contribute(project: Path) -> Path:
    """The folder of the committed pages."""
    return project / "content" / "contribute"


@pytest.mark.parametrize("name", reference.PAGES)
def test_committed_page_is_the_one_that_the_code_makes(name: str, contribute: Path) -> None:
    """A rule, a setting or a command changes together with its page."""
    committed = (contribute / name).read_text(encoding="utf-8")
    assert committed == reference.PAGES[name](), f"content/contribute/{name} is out of date: run 'make docs'"


def test_scripts_for_browsers_are_their_sources_made_smaller(project: Path) -> None:
    """Each small script of the package is made of the one beside it, which is to read."""
    made = sorted((project / "plugins/guidekit/assets").glob("*.min.js"))
    assert made
    for path in made:
        source = path.with_name(path.name.replace(".min.js", ".js")).read_text(encoding="utf-8")
        assert path.read_text(encoding="utf-8") == minify.string("text/javascript", source), f"{path}: run 'make docs'"


def test_rules_page_has_every_rule_and_no_other(contribute: Path) -> None:
    """The rules page explains the rules that there are, in their order."""
    assert titles(contribute / "rules.md", level=3) == [rule.code for rule in rules.RULES]


def test_settings_page_has_every_setting_and_no_other(contribute: Path) -> None:
    """The settings page explains the settings that there are, in their order."""
    assert titles(contribute / "settings.md", level=2) == [declared.name for declared in fields(Settings)]


def test_commands_page_has_every_command_and_no_other(contribute: Path) -> None:
    """The commands page explains the commands that there are, the program itself first."""
    assert titles(contribute / "commands.md", level=2) == list(paths("guidekit", cli.main))


def test_module_writes_the_pages_into_a_folder(tmp_path: Path) -> None:
    """The command behind `make docs` writes each page under its name."""
    result = CliRunner().invoke(reference.main, [str(tmp_path)])
    assert result.exit_code == 0
    written = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert written == {name: write() for name, write in reference.PAGES.items()}


def test_fence_is_longer_than_any_in_its_example(monkeypatch: pytest.MonkeyPatch) -> None:
    """An example that holds a fence is shown whole."""
    example = "content/guide.md\n    ```text\n    code\n    ```"
    rule = replace(rules.RULES[0], doc=f"Ask.\n\nBad:\n{example}\n\nGood:\n{example}\n\nWhy:\n    So.")
    monkeypatch.setattr(reference, "RULES", (rule,))
    assert reference.rules_page().count("````markdown\n```text\ncode\n```\n````\n") == 2


def paths(path: str, command: click.Command) -> Iterator[str]:
    """Write a command as it is typed, and all below it."""
    yield path
    for name, below in command.commands.items() if isinstance(command, click.Group) else ():
        yield from paths(f"{path} {name}", below)


def titles(page: Path, *, level: int) -> list[str]:
    """Read the headings of one level that are nothing but code."""
    return re.findall(rf"^{'#' * level} `(.+)`$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
