"""What a check looks at: a text from standard input, what a change has caused, what no baseline knows."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from guidekit.cli import main
from guidekit.reporting import baseline
from guidekit.reporting.baseline import Baseline, BaselineError, KnownFinding

ContentSet = Callable[[dict[str, str | bytes]], Path]

HEAD = "---\ntitle: Page\ndescription: A page.\n---\n# Page\n\n"
FILES: dict[str, str | bytes] = {
    "mkdocs.yml": "docs_dir: content\n",
    "content/page.md": HEAD + "[!include[a](../includes/a.md)]\n\n[old](gone.md)\n",
    "content/other.md": HEAD + "[page](page.md)\n",
    "includes/a.md": "Text.\n",
}


def check(root: Path, *options: str, text: str | None = None) -> Result:
    """Check a content set, findings as JSON."""
    return CliRunner().invoke(
        main, ["check", "-f", str(root / "mkdocs.yml"), "--output-format", "json", *options], text
    )


def found(result: Result) -> list[tuple[str, str]]:
    """Read path and rule of each finding."""
    return [(one["path"], one["code"]) for one in json.loads(result.stdout)["diagnostics"]]


def git(root: Path, *arguments: str) -> None:
    """Run git."""
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.com", *arguments]
    subprocess.run(command, cwd=root, check=True, capture_output=True)


@pytest.fixture
def repository(content_set: ContentSet) -> Path:
    """A repository with one commit, in which there is one finding."""
    root = content_set(FILES)
    git(root, "init", "--initial-branch", "main")
    git(root, "add", ".")
    git(root, "commit", "--message", "Begin")
    return root


def test_text_from_standard_input_stands_in_for_its_file(content_set: ContentSet) -> None:
    """Only findings of the text are told, while its links lead into the files on disk."""
    root = content_set(FILES)
    text = HEAD + "[other](other.md) and [new](new.md)\n"
    result = check(root, "-", "--stdin-filename", str(root / "content/new-page.md"), text=text)
    assert found(result) == [("content/new-page.md", "file-not-found")]
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("-",), "add --stdin-filename"),
        (("--stdin-filename", "content/page.md"), "give '-' as the only path"),
        (("--since", "HEAD", "--staged"), "exclude each other"),
        (("-", "--stdin-filename", "x.md", "--staged"), "leave out --since and --staged"),
        (("--update-baseline",), "--baseline names"),
        (("--update-baseline", "--baseline", "known.json", "--staged"), "found on disk"),
        (("--update-baseline", "--baseline", "known.json", "--diff"), "found on disk"),
        (("--fix", "--staged"), "leave out --staged and --stdin-filename"),
        (("-", "--stdin-filename", "x.md", "--diff"), "leave out --staged and --stdin-filename"),
    ],
)
def test_contradicting_options_are_misuse(content_set: ContentSet, options: tuple[str, ...], said: str) -> None:
    """What makes no sense together exits with 2 and says what to change."""
    result = check(content_set(FILES), *options, text="")
    assert result.exit_code == 2
    assert said in result.stderr


def test_since_tells_what_a_deleted_fragment_breaks_elsewhere(repository: Path) -> None:
    """A finding of an unchanged page that the change has caused is told, one that was there before is not."""
    (repository / "includes/a.md").unlink()
    assert found(check(repository, "--since", "HEAD")) == [("content/page.md", "include-not-found")]


def test_since_counts_untracked_and_changed_files_whole(repository: Path) -> None:
    """All findings of a file that has changed or is new are told, old ones too."""
    (repository / "content/new.md").write_text(HEAD + "[x](x.md)\n")
    page = repository / "content/page.md"
    page.write_text(page.read_text() + "\nMore.\n")
    result = check(repository, "--since", "main")
    assert found(result) == [("content/new.md", "file-not-found"), ("content/page.md", "file-not-found")]


def test_empty_change_is_said_and_fine(repository: Path) -> None:
    """Where nothing has changed, nothing is told but that, and the exit code is 0."""
    for options, said in (
        (("--since", "HEAD"), "nothing has changed since 'HEAD'"),
        (("--staged",), "nothing is staged"),
    ):
        result = check(repository, *options)
        assert (result.exit_code, found(result)) == (0, [])
        assert said in result.stderr


def test_staged_looks_at_the_index_and_not_at_the_disk(repository: Path) -> None:
    """A fault that is staged is told though it is mended on disk, one on disk alone and an untracked file are not."""
    other = repository / "content/other.md"
    other.write_text(HEAD + "[x](x.md)\n")
    git(repository, "add", ".")
    other.write_text(HEAD + "Mended.\n")
    (repository / "content/page.md").write_text(HEAD + "[y](y.md)\n")
    (repository / "content/new.md").write_text(HEAD + "[z](z.md)\n")
    assert found(check(repository, "--staged")) == [("content/other.md", "file-not-found")]


def test_staged_files_are_there_though_the_disk_lacks_them(repository: Path) -> None:
    """A link into a staged file holds, one into a file that is staged as deleted breaks, whatever lies on disk."""
    other = repository / "content/other.md"
    other.write_text(HEAD + "[new](new.md)\n")
    (repository / "content/new.md").write_text(HEAD + "New.\n")
    git(repository, "add", ".")
    (repository / "content/new.md").unlink()
    assert found(check(repository, "--staged")) == []
    git(repository, "rm", "--quiet", "--cached", "content/new.md")
    (repository / "content/new.md").write_text(HEAD + "New.\n")
    assert found(check(repository, "--staged")) == [("content/other.md", "file-not-found")]


def test_since_compares_with_where_the_branch_began(repository: Path) -> None:
    """What came to the other branch in the meantime is no change of this one."""
    git(repository, "switch", "--quiet", "--create", "topic")
    git(repository, "switch", "--quiet", "main")
    (repository / "content/page.md").write_text(HEAD + "Mended.\n")
    git(repository, "commit", "--all", "--message", "Mend")
    git(repository, "switch", "--quiet", "topic")
    assert "nothing has changed since 'main'" in check(repository, "--since", "main").stderr


@pytest.mark.parametrize("ref", ["origin/main", "BEGIN"])
def test_shallow_clone_is_told_what_to_fetch(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, ref: str
) -> None:
    """Where a clone lacks the commit, or where the branches part, the message has commands after which it is there."""
    begin = subprocess.run(["git", "rev-parse", "HEAD"], cwd=repository, capture_output=True, text=True, check=True)
    git(repository, "switch", "--quiet", "--create", "topic")
    (repository / "content/new.md").write_text(HEAD + "[x](x.md)\n")
    git(repository, "add", ".")
    git(repository, "commit", "--message", "Add")
    (repository / "content/more.md").write_text(HEAD + "More.\n")
    git(repository, "add", ".")
    git(repository, "commit", "--message", "Add more")
    clone = tmp_path_factory.mktemp("clones") / "clone"
    git(repository, "clone", "--quiet", "--depth=1", "--branch=topic", f"file://{repository}", str(clone))
    ref = begin.stdout.strip() if ref == "BEGIN" else ref
    for fetched in (False, True):
        result = check(clone, "--since", ref)
        assert result.exit_code == 2
        assert "this clone is shallow: run 'git fetch --unshallow'" in result.stderr
        if "/" not in ref or fetched:
            break
        git(clone, "fetch", "--depth=1", "origin", f"+main:refs/remotes/{ref}")  # there, but nothing in common
    for command in re.findall("'git ([^']+)'", result.stderr):
        git(clone, *command.split())
    assert found(check(clone, "--since", ref)) == [("content/new.md", "file-not-found")]


def test_missing_commit_of_a_whole_clone_is_only_told(repository: Path) -> None:
    """A repository that has all its history is not told to fetch any."""
    assert check(repository, "--since", "nowhere").stderr.endswith("has no commit 'nowhere'\n")


def test_large_and_odd_files_of_a_commit_are_no_texts(repository: Path) -> None:
    """A staged file that is too large, binary or a symbolic link is told as one that cannot be read."""
    (repository / "content/large.md").write_text("a" * 2_000_001)
    (repository / "content/binary.md").write_bytes(b"a\0")
    (repository / "content/link.md").symlink_to("page.md")
    git(repository, "add", ".")
    for name in ("large", "binary", "link"):
        (repository / f"content/{name}.md").unlink()
    said = found(check(repository, "--staged", "--select", "file-unreadable,include-too-large"))
    assert said == [
        ("content/binary.md", "file-unreadable"),
        ("content/large.md", "include-too-large"),
        ("content/link.md", "file-unreadable"),
    ]


def test_fixes_are_made_only_of_what_is_shown(repository: Path) -> None:
    """With --since, a fault that was there before stays; with a baseline, a known one does."""
    wrong = HEAD + "[page](Page.md)\n"
    old, new = repository / "content/old.md", repository / "content/new.md"
    old.write_text(wrong)
    git(repository, "add", ".")
    git(repository, "commit", "--message", "Add a fault")
    new.write_text(wrong)
    known = repository / "known.json"
    assert check(repository, "--since", "HEAD", "--fix").exit_code == 0
    assert (old.read_text(), new.read_text()) == (wrong, HEAD + "[page](page.md)\n")
    check(repository, "--baseline", str(known), "--update-baseline")
    new.write_text(wrong)
    check(repository, "--baseline", str(known), "--fix")
    assert (old.read_text(), new.read_text()) == (wrong, HEAD + "[page](page.md)\n")
    check(repository, "--baseline", str(known), "--update-baseline", "--fix")
    assert old.read_text() == HEAD + "[page](page.md)\n"


def test_changed_settings_concern_all_files(repository: Path) -> None:
    """Settings that were others make all findings be told; a change of the navigation does not."""
    (repository / "mkdocs.yml").write_text("docs_dir: content\nnav: [page.md]\n")
    assert found(check(repository, "--since", "HEAD")) == []
    (repository / "mkdocs.yml").write_text("docs_dir: content\nplugins: [{guidekit: {known_keys: [a]}}]\n")
    result = check(repository, "--since", "HEAD")
    assert found(result) == [("content/page.md", "file-not-found")]
    assert "all findings are shown" in result.stderr


@pytest.mark.parametrize(("ref", "said"), [(ref, f"has no commit '{ref}'") for ref in ("nowhere", "--all", "")])
def test_unknown_commit_is_misuse(repository: Path, ref: str, said: str) -> None:
    """A commit that does not exist exits with 2, and nothing of it is taken for an option."""
    result = check(repository, f"--since={ref}")
    assert result.exit_code == 2
    assert said in result.stderr


def test_no_repository_and_no_git_are_misuse(content_set: ContentSet, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a repository, or without git, the check says so and exits with 2."""
    root = content_set(FILES)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(root.parent))
    result = check(root, "--since", "HEAD")
    assert (result.exit_code, "does not lie in the working tree" in result.stderr) == (2, True)
    monkeypatch.setenv("PATH", str(root))
    result = check(root, "--staged")
    assert (result.exit_code, "git is not installed" in result.stderr) == (2, True)


def test_baseline_keeps_known_findings_silent_and_tells_vanished_ones(content_set: ContentSet) -> None:
    """What was written down is not told again, new findings are, and what is mended is named on standard error."""
    root = content_set(FILES)
    file = root / "known.json"
    result = check(root, "--baseline", str(file), "--update-baseline")
    assert (result.exit_code, found(result)) == (0, [])
    assert [one["code"] for one in json.loads(file.read_text())["findings"]] == ["file-not-found"]
    assert "1 finding that the baseline" in check(root, "--baseline", str(file)).stderr
    (root / "content/page.md").write_text(HEAD + "[!include[a](../includes/a.md)]\n\n[new](away.md)\n")
    result = check(root, "--baseline", str(file))
    assert found(result) == [("content/page.md", "file-not-found")]
    assert "vanished: content/page.md: link to 'gone.md'" in result.stderr
    assert "vanished" not in check(root, "--baseline", str(file), "--ignore", "file-not-found").stderr
    assert "vanished" not in check(root, "--baseline", str(file), str(root / "content/other.md")).stderr
    result = check(root, "--baseline", str(file), "--update-baseline", str(root / "content/other.md"))
    assert "knows 1 finding now: 1 new, 1 gone" in result.stderr


def test_updating_keeps_what_rules_that_are_off_have_found(content_set: ContentSet) -> None:
    """A run with fewer rules forgets nothing of the others."""
    root = content_set(FILES)
    file = root / "known.json"
    check(root, "--baseline", str(file), "--update-baseline")
    before = file.read_text()
    check(root, "--baseline", str(file), "--update-baseline", "--ignore", "file-not-found")
    assert file.read_text() == before


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["path", "code"]) | TEXT, inner),
)


@given(st.lists(st.builds(KnownFinding, path=TEXT, code=TEXT, message=TEXT, fingerprint=TEXT)))
def test_baseline_is_read_as_it_was_written(entries: list[KnownFinding]) -> None:
    """Writing and reading again changes nothing, and the entries stand in order."""
    known = Baseline(known={entry.fingerprint: entry for entry in entries})
    text = baseline.write(known)
    assert baseline.read(text) == known
    paths = [entry["path"] for entry in json.loads(text)["findings"]]
    assert paths == sorted(paths)


@given(JSON, st.sampled_from(["findings", "version", "format"]))
def test_no_text_is_more_than_no_baseline(value: object, key: str) -> None:
    """Whatever stands in a baseline, it is read or refused."""
    for data in (value, {"format": "guidekit-baseline", "version": 1, "findings": [], key: value}):
        try:
            baseline.read(json.dumps(data))
        except BaselineError as error:
            assert str(error)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "there is no baseline"),
        ("{", "is no JSON"),
        ('{"items": {}}', "is no baseline of guidekit"),
        ('{"format": "guidekit-baseline", "version": 2}', "is a baseline of version 2, not 1"),
        ('{"format": "guidekit-baseline", "version": 1, "findings": [{}]}', "holds findings that are not"),
    ],
)
def test_unusable_baseline_is_misuse_and_left_alone(content_set: ContentSet, text: str | None, said: str) -> None:
    """A file that is no baseline exits with 2, and is not written over."""
    root = content_set(FILES if text is None else {**FILES, "known.json": text})
    file = root / "known.json"
    for options in ((), ("--update-baseline",)) if text else ((),):
        result = check(root, "--baseline", str(file), *options)
        assert result.exit_code == 2
        assert said in result.stderr
    assert text is None or file.read_text() == text
