"""Bounds: what a check costs grows with the content, however it was written and whatever its files are."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from patience import run

import guidekit
from guidekit import files

ContentSet = Callable[[dict[str, "str | bytes"]], Path]

HEADER = "---\ntitle: Page\ndescription: A page.\n---\n# Page\n\n"


# Files beside the content


def pipe(path: Path) -> None:
    """Make a pipe, which nobody ever writes to."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(path)


def endless(path: Path) -> None:
    """Make a link to a device that never ends."""
    if not Path("/dev/zero").exists():
        pytest.skip("this system has no such device")
    path.symlink_to("/dev/zero")


def link_to_pipe(path: Path) -> None:
    """Make a link to a pipe."""
    pipe(path.parent / "pipe")
    path.symlink_to("pipe")


BESIDE = {
    "mkdocs.yml": "",
    "base.yml": "INHERIT: base.yml\n",
    "CODEOWNERS": "site_name: A\n",
    ".github/CODEOWNERS": "site_name: A\n",
    ".openpublishing.redirection.json": "site_name: A\n",
    ".openpublishing.redirection.more.json": "site_name: A\n",
}
"""Files beside the content, each with the settings with which it is read."""


def laid_out(name: str) -> dict[str, str | bytes]:
    """Make a content set in which a file beside the content is read."""
    settings = {"mkdocs.yml": BESIDE[name]} if BESIDE[name] else {}
    return {**settings, "docs/index.md": HEADER, ".github/a": ""}


@pytest.mark.parametrize("make", [pipe, endless, link_to_pipe])
@pytest.mark.parametrize("name", BESIDE)
def test_file_beside_the_content_that_may_never_end_is_named_and_not_read(
    name: str, make: Callable[[Path], None], content_set: ContentSet
) -> None:
    """Settings, inherited settings, owners and redirections are regular files, or the check says which is none."""
    root = content_set(laid_out(name))
    make(root / name)
    ended = run("check", root)
    assert (ended.returncode, ended.stderr) == (2, f"Error: {root / name}: is not a regular file\n")


@pytest.mark.parametrize("make", [pipe, endless])
def test_file_that_a_command_is_given_may_not_be_endless(
    make: Callable[[Path], None], content_set: ContentSet, tmp_path: Path
) -> None:
    """A baseline and a file to import are regular files."""
    root = content_set({"mkdocs.yml": "site_name: A\n", "docs/index.md": HEADER})
    for number, command in enumerate((["check", root, "--baseline"], ["import", "-f", root / "mkdocs.yml"])):
        file = tmp_path / f"given{number}.csv"
        make(file)
        ended = run(*command, file)
        assert (ended.returncode, ended.stderr) == (2, f"Error: {file}: is not a regular file\n")


@pytest.mark.parametrize("name", BESIDE)
def test_file_beside_the_content_has_a_greatest_size(
    name: str, content_set: ContentSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One with more bytes is named with both numbers."""
    root = content_set({**laid_out(name), name: "#" * 101})
    bound = "_MAX_OWNERS" if "CODEOWNERS" in name else "_MAX_SETTINGS" if name.endswith(".yml") else "_MAX_BESIDE"
    monkeypatch.setattr(files, bound, 100)
    monkeypatch.setattr(files.read_data, "__defaults__", (files._MAX_BESIDE,))
    with pytest.raises(files.RootError) as refused:
        guidekit.Library.open(root)
    assert str(refused.value) == f"{root / name}: has 101 bytes, more than the 100 that are read"


def test_settings_file_may_be_no_folder(content_set: ContentSet) -> None:
    """Where a folder has its name, the check says so, and does not go on with other settings."""
    root = content_set({"mkdocs.yml/a": "", "docs/index.md": HEADER})
    assert run("check", root).stderr == f"Error: {root / 'mkdocs.yml'}: cannot be read: Is a directory\n"


def test_text_from_standard_input_is_read_no_further_than_a_page_may_be_long(content_set: ContentSet) -> None:
    """What is longer is a finding, and what follows is not kept."""
    root = content_set({"mkdocs.yml": "plugins: [{guidekit: {max_file_size: 100}}]\n", "docs/a.md": HEADER})
    ended = run("check", "-", "--stdin-filename", root / "docs/a.md", given=b"x" * 1_000_000)
    assert "has more than the 100 bytes that 'max_file_size' allows" in ended.stdout


MULTIPLYING = {
    "lists": "a0: &a0 [x, x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 30)),
    "mappings": "a0: &a0 {x: y}\n" + "".join(f"a{n}: &a{n} {{l: *a{n - 1}, r: *a{n - 1}}}\n" for n in range(1, 30)),
    "merged": "a0: &a0 {x: y}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 30)),
}


@pytest.mark.parametrize("name", MULTIPLYING)
def test_aliases_in_settings_do_not_multiply(name: str, content_set: ContentSet) -> None:
    """A few lines of YAML that name each other are not written out, neither where they are merged nor in a message."""
    text = MULTIPLYING[name]
    root = content_set({"mkdocs.yml": f"INHERIT: base.yml\n{text}", "base.yml": text, "docs/index.md": HEADER})
    ended = run("check", root)
    assert (ended.returncode, "multiply to more than the 500,000 values" in ended.stderr) == (2, True)


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        ("severity", {"h1-missing": ["x"]}, "a list for 'h1-missing' is not one of error, warning, suggestion, off"),
        ("aliases", {"78b95e10-acc0-4749-8f1f-efa8cfb5eb89": {"y": "z"}}, "a mapping is no GUID"),
        ("search", {"x": ["y"]}, "a mapping is not one of material, pagefind"),
    ],
)
def test_wrong_setting_is_not_written_out(key: str, value: object, problem: str) -> None:
    """A message says that a value is a list or a mapping, not what is in it, which may be endless."""
    with pytest.raises(guidekit.SettingsError) as refused:
        guidekit.Settings.from_mapping({key: value})
    assert str(refused.value) == f"setting '{key}': {problem}"


def test_number_in_sixties_does_not_cost_its_square(content_set: ContentSet) -> None:
    """YAML reads 1:00:00 as 3600; one of a hundred thousand parts is refused."""
    root = content_set({"mkdocs.yml": f"a: 1{':00' * 100_000}\n", "docs/index.md": HEADER})
    assert "a number has more than 1,000 digits" in run("check", root).stderr


def test_redirections_are_followed_a_few_times(content_set: ContentSet) -> None:
    """A file that moved 20 times is found, one that moved more often is not; links to long chains cost no square."""
    entries = [{"source_path": f"docs/p{n}.md", "redirect_url": f"p{n + 1}"} for n in range(40)]
    root = content_set(
        {
            "mkdocs.yml": "site_name: A\n",
            ".openpublishing.redirection.json": json.dumps({"redirections": entries}),
            "docs/index.md": f"{HEADER}[a](p20.md)\n\n[b](p19.md)\n",
            "docs/p40.md": HEADER,
        }
    )
    report = guidekit.Library.open(root).check()
    assert [(item.code, item.hint) for item in report.diagnostics if item.code.endswith(("link", "found"))] == [
        ("redirected-link", ""),
        ("file-not-found", "it is redirected more than 20 times"),
    ]
