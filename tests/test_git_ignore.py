"""Files that git ignores: the command line passes them over, as git would, and links still lead to them."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner, Result
from hypothesis import assume, example, given
from hypothesis import strategies as st
from test_globs import GLOBS, NAMES

from guidekit.cli import main
from guidekit.disk.git_ignore import GitIgnore

ContentSet = Callable[[dict[str, str | bytes]], Path]

HEAD = "---\ntitle: T\ndescription: D.\nms.topic: article\n---\n\n# T\n\n"
BROKEN = f"{HEAD}[x](none.md)\n"
SITE: dict[str, str | bytes] = {"mkdocs.yml": "plugins: [guidekit]\n", "docs/index.md": f"{HEAD}Text.\n"}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a command in a folder."""

    def run(folder: Path, *arguments: str, text: str = "") -> Result:
        monkeypatch.chdir(folder)
        return CliRunner().invoke(main, arguments, input=text)

    return run


def found(result: Result) -> list[str]:
    """List the files in which something was found."""
    return [one["path"] for one in json.loads(result.stdout)["diagnostics"]]


def git(root: Path, *arguments: str) -> None:
    """Run git in a folder."""
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("files", "is_left_out"),
    [
        ({".gitignore": "draft.md\n"}, True),
        ({".gitignore": "/draft.md\n"}, False),
        ({".gitignore": "/docs/draft.md\n"}, True),
        ({".gitignore": "docs/\n"}, True),
        ({".gitignore": "*.md\n!draft.md\n"}, False),
        ({".gitignore": "docs/*\n!docs/draft.md\n"}, False),
        ({".gitignore": "docs/\n!docs/draft.md\n"}, True),
        ({"docs/.gitignore": "draft.md\n"}, True),
        ({"docs/.gitignore": "/draft.md\n"}, True),
        ({".gitignore": "draft.md\n", "docs/.gitignore": "!draft.md\n"}, False),
        ({".gitignore": "docs/\n", "docs/.gitignore": "!draft.md\n"}, True),
        ({".gitignore": "# draft.md\n\n[\n"}, False),
        ({".gitignore": "draft.md/\n"}, False),
        ({".gitignore": b"\xef\xbb\xbfdraft.md\r\n"}, True),
        ({".gitignore": b"\xff\n"}, False),
        ({".git/info/exclude": "draft.md\n"}, True),
        ({".git/info/exclude": "draft.md\n", ".gitignore": "!draft.md\n"}, False),
        ({".gitignore/x": ""}, False),
    ],
)
def test_ignored_file_is_passed_over(
    content_set: ContentSet, run: Callable[..., Result], files: dict[str, str | bytes], is_left_out: bool
) -> None:
    """What ignore files say of a page, or of a folder above it, decides whether it is checked; it is told."""
    root = content_set({**SITE, "docs/draft.md": BROKEN})
    git(root, "init", "--quiet")
    git(root, "add", "docs/index.md")
    content_set(files)
    result = run(root, "check", "--output-format", "json")
    assert found(result) == ([] if is_left_out else ["docs/draft.md"])
    assert ("left out: 1 Markdown file that git ignores" in result.stderr) == is_left_out
    assert ("docs/draft.md" in run(root, "list").stdout) != is_left_out


def test_ignore_file_counts_without_a_repository(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """A .gitignore in the content set counts where there is no repository; one above it does not."""
    root = content_set({f"site/{name}": text for name, text in {**SITE, "docs/draft.md": BROKEN}.items()})
    (root / ".gitignore").write_text("draft.md\n")
    assert found(run(root / "site", "check", "--output-format", "json")) == ["docs/draft.md"]
    (root / "site/.gitignore").write_text("draft.md\n")
    assert found(run(root / "site", "check", "--output-format", "json")) == []


def test_ignore_file_of_the_repository_counts(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """A content set within a repository obeys the ignore files above it."""
    root = content_set({f"site/{name}": text for name, text in {**SITE, "docs/draft.md": BROKEN}.items()})
    git(root, "init", "--quiet")
    (root / ".gitignore").write_text("/site/docs/draft.md\n")
    assert found(run(root / "site", "check", "--output-format", "json")) == []


def test_file_that_git_tracks_stays(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """An ignored file that was added to git all the same is checked."""
    root = content_set({**SITE, "docs/draft.md": BROKEN, ".gitignore": "draft.md\n"})
    git(root, "init", "--quiet")
    git(root, "add", "--force", "docs/draft.md")
    assert found(run(root, "check", "--output-format", "json")) == ["docs/draft.md"]


def test_links_and_includes_lead_to_ignored_files(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """What is made before a build, and ignored, is there: a link, an image and an include of it are no mistakes."""
    page = f"{HEAD}[x](api.md) [y](api.md#y) ![a diagram](made.svg)\n\n[!INCLUDE [z](../includes/made.md)]\n"
    made = {"docs/api.md": BROKEN, "docs/made.svg": "<svg/>", "includes/made.md": "Text.\n"}
    root = content_set({**SITE, **made, "docs/index.md": page, ".gitignore": "api.md\nmade.*\n"})
    result = run(root, "check")
    assert (result.exit_code, result.stdout) == (0, "")


def test_ignored_file_that_is_named_is_checked(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """A file that is named on the command line is looked at; a folder of ignored files is nothing to check."""
    root = content_set({**SITE, "docs/made/draft.md": BROKEN, ".gitignore": "made/\n"})
    assert found(run(root, "check", "--output-format", "json", "docs/made/draft.md")) == ["docs/made/draft.md"]
    options = ("--output-format", "json", "-", "--stdin-filename", "docs/made/draft.md")
    assert found(run(root, "check", *options, text=BROKEN)) == ["docs/made/draft.md"]
    assert run(root, "render", "docs/made/draft.md").stdout.startswith("<h1")
    folder = run(root, "check", "docs/made")
    assert (folder.exit_code, "git ignores what is in 'docs/made'" in folder.stderr) == (2, True)


def test_folders_that_git_ignores_hold_no_content_set(content_set: ContentSet, run: Callable[..., Result]) -> None:
    """Content sets are not looked for in folders that git ignores."""
    sites = {f"{site}/{name}": text for site in ("a", "out") for name, text in SITE.items()}
    root = content_set({**sites, ".gitignore": "out/\n", "out/docs/index.md": BROKEN})
    assert run(root, "check").exit_code == 0


ODD = re.compile(r"[^/]\*\*|\*\*[^/]")  # git takes these for what its own manual does not say
LINES = st.lists(st.tuples(st.booleans(), GLOBS.filter(lambda glob: not ODD.search(glob))), max_size=4)
PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a repository without a file."""
    root = tmp_path_factory.mktemp("repository")
    git(root, "init", "--quiet")
    git(root, "config", "core.excludesFile", "/dev/null")
    return root


@given(LINES, LINES, PATHS)
@example([(False, "a/"), (True, "a/b")], [], "a/b")
@example([(False, "a/*"), (True, "a/b")], [], "a/b")
@example([(False, "a/**"), (True, "a/b")], [], "a/b/a")
@example([(False, "*"), (True, "*/")], [], "a/b")
@example([(False, "b/"), (False, "a/"), (True, "a/")], [], "a/b/a")
@example([(False, "a")], [(True, "a")], "a/a")
@example([(False, "**/a")], [(True, "a/")], "a/a/b")
def test_lines_mean_what_git_means(
    repository: Path, above: list[tuple[bool, str]], below: list[tuple[bool, str]], path: str
) -> None:
    """Of any lines in two ignore files, the one that counts for git counts."""
    assume(path != "a")  # which is a folder there
    texts = {".gitignore": above, "a/.gitignore": below}
    (repository / "a").mkdir(exist_ok=True)
    for name, lines in texts.items():
        (repository / name).write_text("".join(f"{'!' * negated}{glob}\n" for negated, glob in lines))
    asked = subprocess.run(["git", "check-ignore", "--quiet", "--", path], cwd=repository, check=False)
    assert asked.returncode in (0, 1)
    assert GitIgnore(repository)(PurePosixPath(path)) == (asked.returncode == 0)
