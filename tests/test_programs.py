"""Programs that guidekit starts: none of them is, runs or obeys a file of the content set."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from web_server import serve

from guidekit.built_site import lychee
from guidekit.built_site.lychee import Manners
from guidekit.disk import programs
from guidekit.disk.programs import ProgramError

ContentSet = Callable[[dict[str, str | bytes]], Path]

BIN = Path(sys.executable).parent
FILES: dict[str, str | bytes] = {
    "mkdocs.yml": "docs_dir: content\n",
    "content/page.md": "---\ntitle: Page\ndescription: A page.\n---\n# Page\n",
}

needs_git = pytest.mark.skipif(programs.which("git") is None, reason="git is not installed")
needs_lychee = pytest.mark.skipif(programs.which(str(BIN / "lychee")) is None, reason="lychee is not installed")


@pytest.fixture
def marker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that a program leaves behind which a content set brings."""
    return tmp_path_factory.mktemp("marker") / "ran"


def write_program(file: Path, marker: Path, then: str = "exit 1") -> str:
    """Write a program that leaves the marker; answer its path."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\necho {file.name} >> {marker}\n{then}\n")
    file.chmod(0o755)
    return str(file)


def guidekit(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run guidekit in a content set, as people do."""
    given = {**os.environ, **environment}
    return subprocess.run(
        [str(BIN / "guidekit"), *arguments],
        cwd=root,
        env=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def git(root: Path, *arguments: str) -> None:
    """Run git."""
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.com", *arguments]
    subprocess.run(command, cwd=root, check=True, capture_output=True)


@needs_git
@pytest.mark.parametrize("entry", [".", "", "tools", "{root}/tools", "{root}/link"])
def test_program_is_not_taken_from_the_content_set(content_set: ContentSet, marker: Path, entry: str) -> None:
    """A program in the working directory or below the content set is passed over, however PATH leads to it."""
    root = content_set(FILES)
    for folder in (root, root / "tools"):
        write_program(folder / "git", marker)
    (root / "link").symlink_to("tools")
    git(root, "init")
    git(root, "add", "mkdocs.yml", "content")
    path = os.pathsep.join((entry.format(root=root), os.environ["PATH"]))
    result = guidekit(root, "check", "--staged", PATH=path)
    assert (result.returncode, marker.exists()) == (0, False), result.stderr


@pytest.mark.parametrize(
    ("path", "said"), [(".", "git is not installed"), ("{root}/tools", "tools/git' lies in the content set")]
)
def test_program_that_is_only_in_the_content_set_is_refused(
    content_set: ContentSet, marker: Path, monkeypatch: pytest.MonkeyPatch, path: str, said: str
) -> None:
    """Where there is no other one, a message says so."""
    root = content_set(FILES)
    monkeypatch.setattr("os.defpath", "")
    for folder in (root, root / "tools"):
        write_program(folder / "git", marker)
    monkeypatch.setenv("PATH", path.format(root=root))
    with pytest.raises(ProgramError, match=said):
        programs.find("git", root)


def test_program_of_the_whole_disk_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, marker: Path) -> None:
    """A content set that is the whole disk, as in a container, hides no program."""
    file = write_program(tmp_path / "bin/tool", marker)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert programs.find("tool", Path("/")) == file


def test_program_starts_no_program_from_its_folder(content_set: ContentSet, marker: Path) -> None:
    """A program that starts another by its name does not find it where it stands."""
    root = content_set(FILES)
    write_program(root / "tool", marker)
    environment = {"PATH": os.pathsep.join((".", "", os.environ["PATH"]))}
    assert programs.run("/bin/sh", ["-c", "tool"], root, environment=environment).code == 127
    assert not marker.exists()


def test_program_gets_no_token(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is not said otherwise gets a way to the network, and no secret of the environment."""
    for name in ("GITHUB_TOKEN", "GH_TOKEN", "PAGEFIND_SITE", "https_proxy"):
        monkeypatch.setenv(name, "x")
    output = programs.run("/usr/bin/env", [], tmp_path).output.decode()
    assert "https_proxy=x" in output.splitlines()
    assert not [name for name in ("GITHUB_TOKEN", "GH_TOKEN", "PAGEFIND_SITE") if name in output]


def test_program_that_does_not_end_is_stopped(tmp_path: Path) -> None:
    """A program that takes longer than it may is ended, and a message says so."""
    with pytest.raises(ProgramError, match="takes too long"):
        programs.run("/bin/sleep", ["60"], tmp_path, seconds=0.1)


def test_program_without_a_folder_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where no folder can be made for a program to stand in, a message says so."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    with pytest.raises(ProgramError, match="cannot be given a folder"), programs.own_folder():
        pass


@pytest.fixture
def embedded(content_set: ContentSet, tmp_path_factory: pytest.TempPathFactory, marker: Path) -> Path:
    """A clone of a repository that holds a bare one as plain files, whose settings name a program and a content set."""
    root = content_set({f"docs/{name}": text for name, text in FILES.items()})
    docs = root / "docs"
    git(docs, "init", "--initial-branch", "main")
    git(docs, "add", ".")
    git(docs, "commit", "--message", "Begin")
    for place in (docs / ".git").iterdir():
        place.rename(docs / place.name)
    (docs / ".git").rmdir()
    monitor = write_program(root / "monitor", marker)
    for key, value in {"bare": "false", "worktree": "..", "fsmonitor": monitor}.items():
        git(docs, "config", "--file", "config", f"core.{key}", value)
    git(docs, "config", "--file", "config", "user.name", "Mallory")
    (docs / "refs/heads/keep").write_text("0" * 40)
    git(root, "init")
    git(root, "add", "--force", ".")
    git(root, "commit", "--message", "Begin")
    clone = tmp_path_factory.mktemp("clone")
    git(clone, "clone", str(root), ".")
    return clone / "docs"


OLD_GIT = """
for argument; do shift
  case $argument in safe.bareRepository=*) set -- "$@" x.y=z;; *) set -- "$@" "$argument";; esac
done
exec "{git}" "$@"
"""
"""What makes git forget that it knows how to refuse bare repositories, as older ones do."""


@needs_git
@pytest.mark.parametrize("options", [("--staged",), ("--since", "HEAD")])
@pytest.mark.parametrize("old", [False, True])
def test_bare_repository_in_the_tree_is_not_asked(
    embedded: Path, marker: Path, tmp_path_factory: pytest.TempPathFactory, options: tuple[str, ...], old: bool
) -> None:
    """A repository that came as files, whose settings could run programs, is refused with a message."""
    path = os.environ["PATH"]
    if old:
        folder = tmp_path_factory.mktemp("old")
        write_program(folder / "git", marker.with_name("old"), OLD_GIT.format(git=programs.find("git", embedded)))
        path = f"{folder}{os.pathsep}{path}"
    result = guidekit(embedded, "check", *options, PATH=path)
    assert marker.with_name("old").exists() is old
    assert (result.returncode, marker.exists()) == (2, False), result.stderr
    assert "bare repository that may have come with the content set" in result.stderr
    assert "Traceback" not in result.stderr


@needs_git
def test_bare_repository_in_the_tree_names_no_author(embedded: Path) -> None:
    """Who writes is not asked of a repository that came as files."""
    result = guidekit(embedded, "new", "guide", "content/new.md", "--title", "New", "--question", "Is it?")
    assert result.returncode == 0, result.stderr
    assert "Mallory" not in (embedded / "content/new.md").read_text(encoding="utf-8")


@needs_git
def test_git_runs_nothing_that_settings_name(content_set: ContentSet, marker: Path) -> None:
    """A monitor, a hook, a diff, a text conversion and a pager of the repository itself are not run either."""
    root = content_set({**FILES, ".gitattributes": "*.md diff=own\n"})
    git(root, "init", "--initial-branch", "main")
    git(root, "add", ".")
    git(root, "commit", "--message", "Begin")
    tool = write_program(root / ".git/own/post-index-change", marker)
    keys = ("core.fsmonitor", "diff.external", "diff.own.command", "diff.own.textconv", "core.pager", "pager.cat-file")
    for key in keys:
        git(root, "config", key, tool)
    git(root, "config", "core.hooksPath", str(Path(tool).parent))
    os.utime(root / "content/page.md", (0, 0))  # git then asks whether it holds what it did
    (root / "content/new.md").write_text("# New\n")
    for options in (("--staged",), ("--since", "HEAD")):
        assert guidekit(root, "check", *options).returncode in (0, 1)
    assert not marker.exists()


def test_completion_starts_no_shell(content_set: ContentSet, marker: Path) -> None:
    """The script for bash is printed without asking a bash for its version."""
    root = content_set(FILES)
    write_program(root / "bash", marker)
    result = guidekit(root, "completion", "bash", PATH=f".{os.pathsep}{os.environ['PATH']}")
    assert (result.returncode, marker.exists()) == (0, False)
    assert "complete -o nosort" in result.stdout


SETTINGS = {
    "lychee.toml": "output = '{out}'\npreprocess = {{ command = '{program}' }}\n",
    "pyproject.toml": "[tool.lychee]\noutput = '{out}'\npreprocess = {{ command = '{program}' }}\n",
    "Cargo.toml": (
        "[package]\nname = 'x'\n[package.metadata.lychee]\noutput = '{out}'\npreprocess = {{ command = '{program}' }}\n"
    ),
    "package.json": '{{"name": "x", "lychee": {{"output": "{out}", "preprocess": {{"command": "{program}"}}}}}}',
    ".lycheeignore": ".*\n",
}
"""The files that lychee obeys where it stands."""

MEMORY = ".cache/guidekit-links"


@pytest.fixture
def gone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page on another site that is not there."""
    with serve(tmp_path_factory.mktemp("other-site")) as server:
        yield f"{server.address}gone"


@needs_lychee
@pytest.mark.parametrize("name", SETTINGS)
def test_lychee_obeys_nothing_of_the_content_set(content_set: ContentSet, marker: Path, gone: str, name: str) -> None:
    """Settings of lychee's own have no effect, whether they lie in the working directory or in the folder it keeps."""
    program = write_program(marker.parent / "tool", marker, 'cat "$1"')
    text = SETTINGS[name].format(out=marker, program=program)
    page = f"# Page\n\n[gone]({gone})\n"
    root = content_set({**FILES, "content/page.md": page, name: text, f"{MEMORY}/{name}": text})
    result = guidekit(root, "check-links", "--external", "--memory", MEMORY, "--output-format", "concise")
    assert (result.returncode, marker.exists()) == (0, False), result.stderr
    assert "answers 404" in result.stdout


@needs_lychee
def test_memory_lies_in_the_users_own_cache(content_set: ContentSet, tmp_path: Path, gone: str) -> None:
    """Where no folder is named, what a run keeps lies where nobody who writes content can lay anything."""
    root = content_set({f"set/{name}": text for name, text in FILES.items()}) / "set"
    (root / "content/page.md").write_text(f"# Page\n\n[gone]({gone})\n")
    before = sorted(root.rglob("*"))
    result = guidekit(root, "check-links", "--external", XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert (result.returncode, sorted(root.rglob("*"))) == (0, before), result.stderr
    assert [file.parent.name[:4] for file in (tmp_path / "cache/guidekit/links").rglob("failed.json")] == ["set-"]


@needs_lychee
def test_lychee_keeps_what_answered(tmp_path: Path) -> None:
    """What answered is kept in the folder for the next run, though lychee stands in another one."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("<p>")
    (tmp_path / "kept").mkdir()
    program = lychee.find(Path("/none"))
    with serve(tmp_path / "site") as server:
        address = server.address
        assert lychee.ask(program, [address], tmp_path / "kept")[address].kind == "fine"
    assert [file.name for file in (tmp_path / "kept").iterdir()] == [lychee.CACHE]
    hasty = Manners(interval="1ms", retries=0, timeout=1)
    assert lychee.ask(program, [address], tmp_path / "kept", hasty)[address].kind == "fine"  # nobody is there now


@needs_lychee
@pytest.mark.parametrize("link", [".cache", MEMORY, f"{MEMORY}/failed.json", f"{MEMORY}/{lychee.CACHE}"])
@pytest.mark.parametrize("inside", [True, False])
def test_memory_behind_a_link_of_the_content_set_is_refused(
    content_set: ContentSet, tmp_path_factory: pytest.TempPathFactory, gone: str, link: str, inside: bool
) -> None:
    """What a run keeps is written through no link that came with the content set, and nothing is written over."""
    page = f"# Page\n\n[gone]({gone})\n"
    root = content_set({**FILES, "content/page.md": page})
    place = (root if inside else tmp_path_factory.mktemp("elsewhere")) / "precious"
    if "." in link.rpartition("/")[2][1:]:
        place.write_text('{"failing": {}}')
    else:
        place.mkdir()
    (root / link).parent.mkdir(parents=True, exist_ok=True)
    (root / link).symlink_to(place)
    result = guidekit(root, "check-links", "--external", "--memory", MEMORY)
    assert result.returncode == 2
    assert f"{link}' is a symbolic link, which could lead anywhere" in result.stderr
    assert (place.is_dir() and not [*place.iterdir()]) or place.read_text() == '{"failing": {}}'


@pytest.mark.slow  # a build by the script of MkDocs, which does not look for modules in its working directory
def test_pagefind_obeys_nothing_of_the_content_set(content_set: ContentSet, marker: Path) -> None:
    """A module called as Pagefind's, and settings of Pagefind's own, have no effect where the site is built."""
    pytest.importorskip("pagefind_bin")
    code = f"open({str(marker)!r}, 'a').write(__name__)\n"
    root = content_set(
        {
            **FILES,
            "mkdocs.yml": "site_name: S\ndocs_dir: content\nplugins: [guidekit: {search: pagefind}]\n",
            "pagefind.py": code,
            "pagefind_bin.py": code,
            "pagefind_bin_extended.py": code,
            "pagefind.yml": f"logfile: {marker}\noutput_path: elsewhere\nglob: none\n",
        }
    )
    environment = {**os.environ, "PAGEFIND_LOGFILE": str(marker), "PAGEFIND_OUTPUT_SUBDIR": "elsewhere"}
    result = subprocess.run(
        [str(BIN / "mkdocs"), "build"], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert (result.returncode, marker.exists()) == (0, False), result.stderr
    assert (root / "site/pagefind/pagefind.js").exists()
    assert not (root / "elsewhere").exists()
