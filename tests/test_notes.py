"""What the command line says besides what was asked for, and how to silence it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guidekit import cli

ContentSet = Callable[[dict[str, str | bytes]], Path]

GUID = "78b95e10-acc0-4749-8f1f-efa8cfb5eb89"
HEAD = "---\ntitle: T\ndescription: D.\nms.topic: article\n---\n\n# T\n\n"
SITE: dict[str, str | bytes] = {"mkdocs.yml": "plugins: [guidekit]\n", "docs/index.md": f"{HEAD}Text.\n"}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a command in a folder."""

    def run(folder: Path, *arguments: str) -> Result:
        monkeypatch.chdir(folder)
        return CliRunner().invoke(cli.main, arguments)

    return run


def test_missing_settings_file_is_said(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """Without a settings file a command says so, and what it reads; with one it does not."""
    root = content_set(SITE)
    assert "settings file" not in run(root, "check").stderr
    (root / "mkdocs.yml").unlink()
    said = "no settings file (mkdocs.yml): 'docs' is read with the default settings\n"
    for command in (("check",), ("list",), ("report", "usage")):
        result = run(root, *command)
        assert result.exit_code == 0
        assert result.stderr.count(said) == 1


@pytest.mark.parametrize(
    ("place", "text", "is_told"),
    [
        ("pyproject.toml", "[tool.guidekit]\nseverity = {}\n", True),
        ("pyproject.toml", '[tool.guidekit.severity]\nh1-missing = "off"\n', True),
        ("pyproject.toml", "[tool.ruff]\n", False),
        ("pyproject.toml", '[project]\ndependencies = ["guidekit"]\n', False),
        ("pyproject.toml", "[tool.guidekit\n", False),
        ("pyproject.toml", b"\xff guidekit", False),
        ("pyproject.toml", "tool = 'guidekit'\n", False),
        ("docs/pyproject.toml", "[tool.guidekit]\n", False),
    ],
)
def test_settings_in_pyproject_are_named_as_not_read(
    content_set: ContentSet, run: Callable[..., Result], place: str, text: str | bytes, is_told: bool
) -> None:
    """A table for guidekit in pyproject.toml is told to be without effect; nothing else there is."""
    result = run(content_set({**SITE, place: text}), "check")
    assert result.exit_code == 0
    assert ("[tool.guidekit] is not read" in result.stderr) == is_told


def test_settings_in_pyproject_of_the_repository_are_named(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """A pyproject.toml above the content set counts up to the repository's folder."""
    site = {f"site/{name}": text for name, text in SITE.items()}
    root = content_set({**site, "pyproject.toml": "[tool.guidekit]\n"})
    assert "tool.guidekit" not in run(root / "site", "check").stderr
    (root / ".git").mkdir()
    assert "[tool.guidekit] is not read" in run(root / "site", "check").stderr


def test_many_files_are_announced(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """A run that reads a thousand files, and shows no bar, says how many they are and where."""
    files = {**SITE, **{f"docs/{number}.md": "" for number in range(999)}}
    root = content_set(files)
    assert "reading 1,000 files in 'docs'\n" in run(root, "list").stderr
    (root / "docs/0.md").unlink()
    assert run(root, "list").stderr == ""


@pytest.mark.parametrize("command", [("check", "-q"), ("-q", "check"), ("check", "--quiet")])
def test_quiet_run_prints_only_what_is_wrong(
    content_set: ContentSet, run: Callable[..., Result], command: tuple[str, ...]
) -> None:
    """Counts and notes are left out; findings and exit code stay."""
    root = content_set({"docs/index.md": f"{HEAD}[x](none.md)\n"})
    result = run(root, *command)
    assert (result.exit_code, result.stderr) == (1, "")
    assert "file-not-found" in result.stdout
    (root / "docs/index.md").write_text(f"{HEAD}Text.\n")
    result = run(root, *command)
    assert (result.exit_code, result.output) == (0, "")


def test_quiet_run_tells_what_is_to_be_done(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """What makes a command end with 1 or 2 is told by a quiet one as well."""
    guide = "---\ntitle: T\nms.custom: Is it?\n---\n# T\n\n<!-- It is. -->\n[!include[x](../includes/x.md)]\n"
    root = content_set({**SITE, "docs/index.md": guide, "includes/x.md": "## It\n\nIt is.\n"})
    result = run(root, "catalogue", "-q")
    assert result.exit_code == 1 and "left out: " in result.stderr
    assert "Error: " in run(root, "check", "-q", "--since", "x").stderr


def test_help_has_whole_sentences_in_sections() -> None:
    """The help lists every command once, under what it is for, with a sentence that is not cut."""
    shown = CliRunner().invoke(cli.main, ["--help"]).stdout
    for title, names in cli.SECTIONS.items():
        _, _, below = shown.partition(f"\n{title}:\n")
        listed = [line.split()[0] for line in below.partition("\n\n")[0].splitlines() if line[2:3].strip()]
        assert listed == list(names)
    for text in (shown, CliRunner().invoke(cli.main, ["new", "--help"]).stdout):
        assert "..." not in text.partition("\n")[2]
