"""Commands that people run in an outage: what is theirs in them is told by one rule, on every page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from test_examples import EXAMPLES, Example

from guidekit import Library
from guidekit.syntax.link import Link

FOLDERS = ("content/operate", "content/outage", "content/restore")
RULE = "../kept-true.md#how-to-read-the-commands"
SHELL = ("azurecli", "bash")

NAMES = re.compile(r'[A-Z][A-Z_]*=(?:"[^"$(]+"|[^"\s$(]+)(?:\s+|$)')
"""A name that is set to our example: what a command finds out has a ``$`` in it."""
QUESTION = re.compile(r'read -r -p "[^"]+: " [A-Z][A-Z_]*')
SET = re.compile(r"(?:^|\s)([A-Z][A-Z_]*)=|\bread -r (?:-p \"[^\"]*\" )?([A-Z][A-Z_]*)")
USED = re.compile(r"\$\{?([A-Z][A-Z_]*)")
FOREIGN = re.compile(r"<[A-Za-z][\w -]*>|\byour-|\bmy-|\{\{|\bXXX|\.\.\.")


def page_blocks() -> Mapping[str, Sequence[Example]]:
    """Collect the shell blocks of the pages by page, in the order of the page."""
    found: defaultdict[str, list[Example]] = defaultdict(list)
    for example in EXAMPLES:
        if example.language in SHELL and str(example.path.parent) in FOLDERS:
            found[str(example.path)].append(example)
    return found


PAGES = page_blocks()
each_page = pytest.mark.parametrize("page", PAGES)


@pytest.fixture(scope="module")
def own_library(project: Path) -> Library:
    """Read our own content once for all pages."""
    return Library.open(project)


def settings_of(line: str) -> bool:
    """Does a line set names to our example, and nothing else?"""
    return bool(line) and not NAMES.sub("", line.partition("#")[0].strip())


def test_all_pages_with_commands_are_looked_at() -> None:
    """There are commands on the pages of all three kinds."""
    assert len(PAGES) >= 20
    assert {str(Path(page).parent) for page in PAGES} == set(FOLDERS)


@each_page
def test_page_leads_to_the_rule(own_library: Library, page: str) -> None:
    """A page with commands links to the section that tells how to read them."""
    found = own_library.page(page)
    assert found is not None
    assert RULE in {link.address for link in found.document.of(Link)}


@each_page
def test_own_names_stand_at_the_top_of_a_block_with_a_comment(page: str) -> None:
    """Names are set before any command of a block, below a comment at its top, or each with a comment on its line."""
    for example in PAGES[page]:
        lines = example.code.strip().splitlines()
        commented = lines[0].startswith("# ")
        begun = False
        for line in lines:
            if settings_of(line):
                assert not begun, f"{example}: {line}"
                assert commented or " # " in line, f"{example}: {line}"
            elif not line.startswith("#"):
                begun = True


@each_page
def test_a_question_ends_its_block(page: str) -> None:
    """A block asks at most once, in its last line, in one form: a line pasted below would be taken as the answer."""
    for example in PAGES[page]:
        *before, last = example.code.strip().splitlines()
        assert not [line for line in before if "read -r -p" in line or "read -rp" in line], example
        if last.lstrip().startswith("read "):
            assert QUESTION.fullmatch(last.strip()), f"{example}: {last}"


@each_page
def test_no_variable_comes_from_nowhere(page: str) -> None:
    """Each variable of a command is set or asked for above it on the same page."""
    known: set[str] = set()
    for example in PAGES[page]:
        for line in example.code.splitlines():
            known |= {name for names in SET.findall(line) for name in names if name}
            assert set(USED.findall(line)) <= known, f"{example}: {line}"


@each_page
def test_nothing_else_stands_for_a_name(page: str) -> None:
    """No other sign, such as angle brackets, stands for what a reader has to put in; no name is part of a command."""
    options = "resource-group|account-name|vault-name|cluster-name|organization|project|source-name"
    for example in PAGES[page]:
        for line in example.code.splitlines():
            assert not FOREIGN.search(line.partition("# ")[0]), f"{example}: {line}"
            assert not re.search(rf"--(?:{options}) \"?[a-z]", line), f"{example}: {line}"


@pytest.mark.parametrize(
    ("line", "sets"),
    [
        ("GROUP=rg-orders VM=vm-orders", True),
        ('TEXT="What is broken"', True),
        ("TIME=2026-11-30T09:55:00Z  # UTC", True),
        ('ID=$(az group show --name "$GROUP")', False),
        ('URL="https://$NAME.azconfig.io"', False),
        ("az group list", False),
        ("", False),
    ],
)
def test_names_are_told_from_what_is_found_out(line: str, sets: bool) -> None:
    """A line that holds a command or uses a variable sets no names of a reader's."""
    assert settings_of(line) is sets
