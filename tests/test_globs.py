"""Globs: those of settings mean what they mean in .gitignore, those of CODEOWNERS what GitHub means, and none is slow."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import codeowners
import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec
from patience import run
from site_build import Build

from guidekit.cli import main
from guidekit.settings import Settings, SettingsError
from guidekit.syntax.code_owners import CodeOwners
from guidekit.text import globs
from guidekit.text.globs import Globs

ContentSet = Callable[[dict[str, "str | bytes"]], Path]

NAMES = st.text("ab.", min_size=1, max_size=4).filter(lambda name: name.strip("."))
PATHS = st.lists(NAMES, min_size=1, max_size=6).map("/".join)
PIECES = st.sampled_from(["a", "b", "a", ".", "*", "*", "?", "**", "/", "/", "/**/", "**/", "/*", "\\a", "\\*"])
CLASSES = st.sampled_from(["[ab]", "[a-b]", "[]a]", "[.-]"])
GLOBS = st.lists(PIECES, min_size=1, max_size=9).map("".join).filter(lambda glob: not re.search("//|/$^", glob))
OF_SETTINGS = (
    st.lists(st.one_of(PIECES, CLASSES), min_size=1, max_size=9)
    .map("".join)
    .filter(lambda glob: "//" not in glob and glob != "/")
)


@given(st.lists(st.tuples(st.booleans(), OF_SETTINGS), min_size=1, max_size=4), PATHS)
@example([(False, "**/a"), (True, "a/")], "a/b")
@example([(False, "a/**/**")], "a/b/c")
@example([(False, "**/")], "a/b")
@example([(False, "a/"), (True, "a/b"), (False, "*")], "a/b")
def test_globs_of_settings_are_those_of_gitignore(lines: list[tuple[bool, str]], path: str) -> None:
    """Globs choose the files that `pathspec` chooses, which reads them as git does."""
    written = [f"{'!' * negated}{glob}" for negated, glob in lines]
    assert Globs(written).match(path) is bool(GitIgnoreSpec.from_lines(written).match_file(path))


@given(st.lists(st.tuples(GLOBS, st.sampled_from(["@a", "@org/b @c", "d@e.f", ""])), max_size=5), PATHS)
@example([("a/**/", "@a")], "a/b")
@example([("a/**/", "@a")], "a/b/c")
@example([("a/**", "@a")], "a/b")
@example([("/*", "@a"), ("*/", "@b")], "a/b")
def test_owners_are_those_of_codeowners(rules: list[tuple[str, str]], path: str) -> None:
    """A file has the owners that `codeowners` finds, which reads the file as GitHub does."""
    text = "[Section]\n" + "".join(f"{glob} {owners}\n" for glob, owners in rules) + "^[Optional]\n# *  @nobody\n"
    assert CodeOwners(text).of(path) == " ".join(name for _, name in codeowners.CodeOwners(text).of(path))


def test_line_of_codeowners_that_is_no_rule_is_passed_over() -> None:
    """What GitHub does not understand names nobody, and takes nothing from the lines around it."""
    lines = [
        "* @all",
        "!*.md @x",
        "[a-z].md @x",
        "[Section] @x",
        "a\\",
        "*.[ab @x",
        "a\\ b.md @blank # and @nobody",
        "d/",
    ]
    owners = CodeOwners("\n".join(lines))
    assert [owners.of(path) for path in ("p.md", "a", "a b.md", "d/e")] == ["@all", "@all", "@blank", ""]


def test_character_between_brackets_is_never_a_slash() -> None:
    """Neither a range nor what is no member crosses from one folder to the next, as git has it."""
    assert [Globs([glob]).match("a/b") for glob in ("a[!x]b", "a[+-9]b", "a[^x]b")] == [False, False, False]
    assert Globs(["a[!x]b"]).match("a-b")


BACKTRACKING = ("*a*a*a*a*a*a*a*a*a*ab", "**/a/" * 10 + "b", "**/*a*b/" * 10 + "c", "*" * 300 + "b", "?*" * 300 + "b")


@pytest.mark.parametrize("glob", BACKTRACKING)
def test_glob_of_many_stars_is_matched_without_trying_again(glob: str, content_set: ContentSet) -> None:
    """A glob that could be spread over a long name in more ways than there are atoms is compared like any other."""
    name = "a" * 200
    deep = "a/" * 40 + name
    settings = (
        f"learn: ['{glob}', '**']\n      fragments: ['{glob}']\n      per_file_ignores: {{'{glob}': [h1-missing]}}\n"
    )
    root = content_set(
        {
            "mkdocs.yml": f"plugins:\n  - guidekit:\n      {settings}",
            "CODEOWNERS": f"* @all\n{glob} @x\n",
            f"docs/{name}.md": "# A\n",
            f"docs/{deep}.md": "# A\n",
        }
    )
    result = run("check", "--output-format", "json", root)
    assert result.returncode == 1
    assert set(re.findall('"owner": "(.*)"', result.stdout)) == {"@all"}


UNUSABLE = {
    "[z-a]": "'z-a' is no range",
    "docs/[ab": "nothing closes '[ab'",
    "docs\\": "a backslash ends it",
    "[[:alpha:]]": "names a class of characters",
    "!": "it names nothing",
    "a" * 1001: "it has more than 1,000 characters",
}


@pytest.mark.parametrize("glob", UNUSABLE)
@pytest.mark.parametrize("key", ["learn", "fragments", "per_file_ignores"])
def test_glob_that_is_none_is_refused_with_its_setting(key: str, glob: str) -> None:
    """The error names the setting, the glob and what is wrong with it."""
    value: object = {glob: ["h1-missing"]} if key == "per_file_ignores" else ["**", glob]
    with pytest.raises(SettingsError) as refused:
        Settings.from_mapping({key: value})
    assert str(refused.value).startswith(f"setting '{key}': '{glob}' is no glob: ")
    assert UNUSABLE[glob] in str(refused.value)


def test_more_globs_than_can_be_compared_are_refused() -> None:
    """Each glob is compared with each file, so there is an end to them, in settings and in CODEOWNERS."""
    with pytest.raises(SettingsError, match="'fragments': there are 1,001 globs"):
        Settings.from_mapping({"fragments": ["a"] * (globs._MOST + 1)})
    with pytest.raises(ValueError, match="has 10,001 rules"):
        CodeOwners("a @b\n" * 10_001)


def test_unusable_glob_stops_check_and_build_with_its_name(content_set: ContentSet, build: Build) -> None:
    """The command line and MkDocs say which setting is wrong, and show no traceback."""
    root = content_set(
        {
            "mkdocs.yml": "site_name: T\ntheme: mkdocs\nplugins:\n  - guidekit:\n      fragments: ['[z-a]']\n",
            "docs/index.md": "# A\n",
        }
    )
    result = CliRunner().invoke(main, ["check", str(root)])
    assert (result.exit_code, result.stderr) == (
        2,
        "Error: setting 'fragments': '[z-a]' is no glob: 'z-a' is no range\n",
    )
    built = build(root, "-q")
    assert built.returncode == 1
    assert "option 'fragments': '[z-a]' is no glob: 'z-a' is no range" in " ".join(built.stderr.split())
    assert "Traceback" not in built.stderr
