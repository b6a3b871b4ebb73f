"""What a person in an outage can rely on in the pages about restoring."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

import pytest
import shell
from markdown_it.token import Token

from guidekit import Library
from guidekit.syntax.document import Document
from guidekit.syntax.link import Link
from guidekit.syntax.visible_text import plain_text

FOLDER = PurePosixPath("content/restore")
SHELL = ("azurecli", "bash")
DESTROYS: dict[str, Callable[[list[str]], bool]] = {
    "az appconfig kv restore": lambda call: "--dry-run" not in call,
    "az backup restore restore-disks": lambda call: "OriginalLocation" in call,
    "az cosmosdb offline-region": lambda _: True,
    "az eventhubs georecovery-alias fail-over": lambda _: True,
    "az group delete": lambda _: True,
    "az mysql flexible-server replica stop-replication": lambda _: True,
    "az postgres flexible-server replica promote": lambda call: "forced" in call,
    "az servicebus georecovery-alias fail-over": lambda _: True,
    "az servicebus namespace failover": lambda call: "--force" in call,
    "az servicebus namespace replica remove": lambda _: True,
    "az sql failover-group set-primary": lambda call: "--allow-data-loss" in call,
    "az storage account failover": lambda _: True,
    "az storage blob restore": lambda _: True,
    "az webapp deleted restore": lambda _: True,
    "git push": lambda call: bool({"--force", "--force-with-lease"} & set(call)),
    "terraform force-unlock": lambda _: True,
}
"""Commands that destroy or overwrite, and with which options they do."""


@pytest.fixture(scope="module")
def pages(project: Path) -> list[Document]:
    """The pages about restoring."""
    library = Library.open(project)
    found = [page.document for page in library.pages if page.document.source.path.parent == FOLDER]
    assert len(found) >= 15
    return found


def name_of(document: Document) -> str:
    """Name a page."""
    return document.source.path.name


def blocks(document: Document) -> Iterator[tuple[Token, list[Token]]]:
    """Go through the shell blocks of a page, each with all tokens above it."""
    tokens = list(document.tokens)
    for index, token in enumerate(tokens):
        if token.type == "fence" and token.info in SHELL:
            yield token, tokens[:index]


def destroying(block: str) -> list[str]:
    """Find the commands of a block that destroy something."""
    found = []
    for program in ("az", "git", "terraform"):
        for call in shell.commands(program, block):
            text = " ".join([program, *call])
            found += [text for start, does in DESTROYS.items() if text.startswith(start) and does(call)]
    return found


def test_each_page_begins_with_what_to_do_in_an_outage(pages: list[Document]) -> None:
    """The first section is "In an outage", and it says when to stop."""
    for page in pages:
        lines = "\n".join(page.source.lines)
        first, *_ = re.findall(r"^## (.+)\n((?:(?!^## ).*\n)*)", lines, re.MULTILINE)
        assert first[0] == "In an outage", name_of(page)
        assert re.search(r"\bstop\b", first[1], re.IGNORECASE), name_of(page)


def test_command_that_destroys_stands_alone_behind_its_caution(pages: list[Document]) -> None:
    """Such a command has its block to itself, a caution before it says what is lost, and nothing answers for people."""
    found = set()
    for page in pages:
        for block, above in blocks(page):
            for text in destroying(block.content):
                found.add(next(start for start in DESTROYS if text.startswith(start)))
                calls = [call for name in ("az", "git", "terraform") for call in shell.commands(name, block.content)]
                assert len(calls) == 1, f"{name_of(page)}: {block.content}"
                assert not {"--yes", "-y"} & set(calls[0]), f"{name_of(page)}: {text}"
                assert "caution" in last_section(above), f"{name_of(page)}: no caution before {text}"
    assert {"az cosmosdb offline-region", "az storage blob restore", "git push"} <= found


def last_section(above: list[Token]) -> str:
    """Say in small letters what stands between a block and the heading above it, alerts by their kind."""
    section: list[str] = []
    for token in reversed(above):
        if token.type == "heading_open":
            break
        section.append(
            plain_text(token.children) if token.type == "inline" else f"{token.type} {token.info} {token.meta}"
        )
    return " ".join(section).lower()


def test_overview_leads_to_every_page(pages: list[Document]) -> None:
    """The overview links to each page about restoring, so that a loss is one step from its restore."""
    (index,) = (page for page in pages if name_of(page) == "index.md")
    linked = {link.address.partition("#")[0] for link in index.of(Link)}
    assert {name_of(page) for page in pages} - {"index.md"} <= linked


@pytest.mark.parametrize(
    ("script", "destroys"),
    [
        ("az sql failover-group set-primary --name a", False),
        ("az sql failover-group set-primary --name a --allow-data-loss", True),
        ("az group show --name a\naz cosmosdb offline-region --name a", True),
        ("git push origin main", False),
        ("git push --force-with-lease origin main", True),
    ],
)
def test_commands_that_destroy_are_told_from_others(script: str, destroys: bool) -> None:
    """A command counts by its name and by the options that make it destroy."""
    assert bool(destroying(script)) is destroys
