"""Several content sets in one run of the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guidekit import cli

ContentSet = Callable[[dict[str, str | bytes]], Path]

HEAD = "---\ntitle: T\ndescription: D.\nms.topic: article\n---\n\n# T\n\n"
OFF = "site_name: T\nplugins:\n  - search\n  - guidekit:\n      severity:\n        file-not-found: off\n"
FILES: dict[str, str | bytes] = {
    "a/mkdocs.yml": "site_name: T\nplugins: [search, guidekit]\n",
    "a/docs/index.md": f"{HEAD}Text.\n",
    "b/mkdocs.yml": OFF,
    "b/docs/index.md": f"{HEAD}[x](none.md)\n",
}
FAULTY = {**FILES, "a/docs/index.md": FILES["b/docs/index.md"], "b/mkdocs.yml": FILES["a/mkdocs.yml"]}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a command in a folder."""

    def run(folder: Path, *arguments: str) -> Result:
        monkeypatch.chdir(folder)
        return CliRunner().invoke(cli.main, arguments)

    return run


def found(result: Result) -> list[tuple[str, str]]:
    """List files and codes of what was found."""
    return [(one["path"], one["code"]) for one in json.loads(result.stdout)["diagnostics"]]


@pytest.mark.parametrize("paths", [(), (".",), ("a", "b"), ("b", "a/docs/index.md")])
def test_each_file_is_judged_by_the_settings_of_its_own_set(
    content_set: ContentSet, run: Callable[..., Result], paths: tuple[str, ...]
) -> None:
    """A rule that one set turns off is off there, and on in the other."""
    root = content_set(FILES)
    result = run(root, "check", *paths)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("checked 2 pages, ")
    (root / "a/docs/index.md").write_text(f"{HEAD}[x](none.md)\n")
    result = run(root, "check", "--output-format", "json", *paths)
    assert found(result) == [("a/docs/index.md", "file-not-found")]
    assert result.exit_code == 1


def test_a_page_of_one_set_is_none_of_the_other(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """Nothing is merged: a link from one set into the other leads nowhere."""
    root = content_set({**FILES, "a/docs/index.md": f"{HEAD}[x](only-in-b.md)\n", "b/docs/only-in-b.md": f"{HEAD}B.\n"})
    assert found(run(root, "check", "--output-format", "json")) == [("a/docs/index.md", "file-not-found")]


def test_paths_narrow_each_set(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """Of a set of which one file is named, only that is told."""
    root = content_set({**FAULTY, "a/docs/more.md": f"{HEAD}[x](none.md)\n"})
    result = run(root, "check", "--output-format", "json", "a/docs/more.md", "b")
    assert [path for path, _ in found(result)] == ["a/docs/more.md", "b/docs/index.md"]


def test_paths_count_from_the_folder_that_holds_all_sets(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """A report on several sets counts paths from their common folder, and shows the line of each finding."""
    root = content_set({f"sites/{name}": text for name, text in FAULTY.items()})
    result = run(root / "sites/a/docs", "check", "..", "../../b")
    assert "a/docs/index.md:9:1: " in result.stdout and "b/docs/index.md:9:1: " in result.stdout
    assert result.stdout.count("9 | [x](none.md)") == 2


def test_findings_of_several_sets_have_fingerprints_of_their_own(
    content_set: ContentSet, run: Callable[..., Result]
) -> None:
    """The same finding in a file of the same name is another one in another set."""
    result = run(content_set(FAULTY), "check", "--output-format", "json")
    assert len({one["fingerprint"] for one in json.loads(result.stdout)["diagnostics"]}) == 2


def test_output_is_one_file_on_all_sets(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """`--output` writes one report, in formats for services too, and never over a page of any set."""
    root = content_set(FAULTY)
    run(root, "check", "--output", "sarif:report.sarif")
    results = json.loads((root / "report.sarif").read_text())["runs"][0]["results"]
    places = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results]
    assert places == ["a/docs/index.md", "b/docs/index.md"]
    assert run(root, "check", "--output", "json:b/docs/index.md").exit_code == 2


def test_fixes_are_made_in_each_set(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """`--fix` mends the files of all sets."""
    page = f"{HEAD}[x](INDEX.md)\n"
    root = content_set({**FAULTY, "a/docs/index.md": page, "b/docs/index.md": page})
    run(root, "check", "--fix")
    assert all((root / name / "docs/index.md").read_text().endswith("[x](index.md)\n") for name in "ab")


@pytest.mark.parametrize("options", [("--watch",), ("--diff",), ("--baseline", "known.json")])
def test_option_that_takes_one_set_says_so(
    content_set: ContentSet, run: Callable[..., Result], options: tuple[str, ...]
) -> None:
    """What cannot be done for several sets at once is refused, with their names."""
    result = run(content_set(FILES), "check", *options)
    assert result.exit_code == 2
    assert f"{options[0]} takes one content set at a time, and these are 2: 'a', 'b'" in result.stderr


def test_settings_of_each_set_are_shown(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """`--show-settings` prints those of each set, below its name."""
    shown = run(content_set(FILES), "check", "--show-settings").stdout
    assert "# a\n" in shown and "# b\n" in shown and shown.count("file-not-found: 'off'") == 1


def test_set_whose_settings_are_broken_is_told(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """A set below that cannot be opened is not passed over."""
    result = run(content_set({**FILES, "b/mkdocs.yml": "plugins: [guidekit\n"}), "check")
    assert result.exit_code == 2
    assert "b/mkdocs.yml: is not valid YAML" in result.stderr


@pytest.mark.parametrize("place", ["node_modules/x", ".cache/x", "a/docs/example"])
def test_what_is_installed_or_hidden_or_part_of_a_set_is_no_set(
    content_set: ContentSet, run: Callable[..., Result], place: str
) -> None:
    """Settings files in folders of packages, in hidden ones and within a set are not looked for."""
    root = content_set({**FILES, f"{place}/mkdocs.yml": "plugins: [guidekit\n"})
    assert run(root, "check").exit_code == 0


def test_site_without_guidekit_below_is_no_set(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """Only settings that name guidekit, by themselves or by what they inherit, make a folder below a content set."""
    root = content_set(
        {
            **FILES,
            "c/mkdocs.yml": "site_name: C\nplugins: [search]\n",
            "c/docs/index.md": f"{HEAD}[x](none.md)\n",
            "base.yml": "plugins: [guidekit]\n",
            "d/mkdocs.yml": "INHERIT: ../base.yml\n",
            "d/docs/index.md": f"{HEAD}[x](none.md)\n",
        }
    )
    assert [path for path, _ in found(run(root, "check", "--output-format", "json"))] == ["d/docs/index.md"]


def test_single_set_below_is_the_one(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """A folder above one content set stands for it, and paths count from that set."""
    root = content_set({name: text for name, text in FAULTY.items() if name.startswith("a/")})
    assert found(run(root, "check", "--output-format", "json")) == [("docs/index.md", "file-not-found")]


@pytest.mark.parametrize("command", [("list",), ("report", "usage"), ("catalogue",), ("list", ".")])
def test_command_that_takes_one_set_names_them(
    content_set: ContentSet, run: Callable[..., Result], command: tuple[str, ...]
) -> None:
    """Above several sets, a command that takes one says which there are."""
    result = run(content_set(FILES), *command)
    assert result.exit_code == 2
    assert "holds 2 content sets, and this command takes one" in result.stderr


def test_command_takes_the_single_set_below(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """Above one set, a command takes that."""
    root = content_set({name: text for name, text in FAULTY.items() if name.startswith("a/")})
    assert run(root, "list").stdout == "docs/index.md\n"
