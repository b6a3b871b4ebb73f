"""Paths as they are typed on the command line, from wherever one stands in a content set."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guidekit import cli

ContentSet = Callable[[dict[str, str | bytes]], Path]

HEAD = "---\ntitle: T\ndescription: D.\nms.topic: article\n---\n\n"
FILES: dict[str, str | bytes] = {
    "mkdocs.yml": "site_name: T\nplugins: [search, guidekit]\n",
    "docs/index.md": f"{HEAD}# T\n\n[x](none.md)\n",
    "docs/guides/a.md": f"{HEAD}# A\n\n[!INCLUDE [a](../../includes/a.md)]\n",
    "includes/a.md": "Text.\n",
}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a command in a folder."""

    def run(folder: Path, *arguments: str, text: str = "") -> Result:
        monkeypatch.chdir(folder)
        return CliRunner().invoke(cli.main, arguments, input=text)

    return run


def found(result: Result) -> list[str]:
    """List the files in which something was found."""
    return sorted({one["path"] for one in json.loads(result.stdout)["diagnostics"]})


@pytest.mark.parametrize(
    ("path", "files"),
    [
        ("../index.md", ["docs/index.md"]),
        ("..", ["docs/index.md"]),
        ("../..", ["docs/index.md"]),
        ("../../docs/../docs/index.md", ["docs/index.md"]),
        ("../guides/../index.md", ["docs/index.md"]),
        ("../../docs/..", ["docs/index.md"]),
        ("../../docs/guides", []),
        (".", []),
        ("../guides/./a.md", []),
    ],
)
def test_dots_in_a_path_lead_upward(
    content_set: ContentSet, run: Callable[..., Result], path: str, files: list[str]
) -> None:
    """A path with two dots is the file or folder that a shell means."""
    result = run(content_set(FILES) / "docs/guides", "check", "--output-format", "json", path)
    assert found(result) == files
    assert result.exit_code == bool(files)


def test_dots_lead_up_from_what_a_link_leads_to(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """Two dots behind a symbolic link are the folder above its target, as they are to a shell's commands."""
    root = content_set(FILES)
    (root / "docs/linked").symlink_to(root / "docs/guides", target_is_directory=True)
    (root / "elsewhere").symlink_to(root / "docs/guides", target_is_directory=True)
    for path in ("docs/linked/../index.md", "elsewhere/../index.md"):
        assert found(run(root, "check", "--output-format", "json", path)) == ["docs/index.md"]


@pytest.mark.parametrize("option", ["../../mkdocs.yml", "../../docs/../mkdocs.yml"])
def test_dots_in_the_settings_file_lead_upward(
    content_set: ContentSet, run: Callable[..., Result], option: str
) -> None:
    """Paths count from the folder of the settings file, however that is written."""
    result = run(content_set(FILES) / "docs/guides", "check", "-f", option, "--output-format", "json", "../index.md")
    assert found(result) == ["docs/index.md"]


def test_settings_file_of_a_folder_reached_by_a_link(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """A content set that is named through a symbolic link holds the paths below its real folder."""
    root = content_set({f"site/{name}": text for name, text in FILES.items()})
    (root / "linked").symlink_to(root / "site", target_is_directory=True)
    result = run(
        root / "site/docs/guides", "check", "-f", "../../../linked/mkdocs.yml", "--output-format", "json", ".."
    )
    assert found(result) == ["docs/index.md"]


def test_name_of_standard_input_leads_upward(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """The file in whose place standard input stands may be named with two dots."""
    folder = content_set(FILES) / "docs/guides"
    options = ("--output-format", "json", "--select", "file-not-found")
    for name, path in (("../../includes/a.md", "includes/a.md"), ("../../docs/../docs/new.md", "docs/new.md")):
        result = run(folder, "check", "-", "--stdin-filename", name, *options, text="[x](no.md)\n")
        assert found(result) == [path]


@pytest.mark.parametrize("path", ["../index.md", "../../docs/guides/../index.md"])
def test_dots_in_the_page_to_render_lead_upward(content_set: ContentSet, run: Callable[..., Result], path: str) -> None:
    """`render` takes a path with two dots."""
    assert "<h1" in run(content_set(FILES) / "docs/guides", "render", path).stdout


def test_dots_in_what_is_made_and_moved_lead_upward(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """`new guide` and `mv` take paths with two dots, of what is not there yet too."""
    root = content_set(FILES)
    options = ("--title", "New", "--question", "Is it new?")
    assert run(root / "docs/guides", "new", "guide", "../new.md", *options).exit_code == 0
    assert run(root / "docs/guides", "mv", "../new.md", "../../docs/moved.md").exit_code == 0
    assert (root / "docs/moved.md").exists()
