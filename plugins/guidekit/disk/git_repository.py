"""A git repository, asked what has changed since a commit, and what files held then.

git runs programs that the settings of a repository name. Those in ``.git`` are of whoever works there, as nobody can commit a
file of that name. But each folder that looks like a bare repository is one to git, and such a folder can be committed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from guidekit.disk import programs
from guidekit.disk.programs import Done, ProgramError

_PLACES = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")
"""The variables with which git tells its hooks where things lie, sometimes counted from the working directory."""

_BRANCH = re.compile(r"[\w./-]+")
"""The names of branches that stand in a command without quotation marks."""

_HARMLESS = (
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=",  # git before 2.36 would run a program named "false"
    "-c",
    f"core.hooksPath={os.devnull}",
    "-c",
    "safe.bareRepository=explicit",  # git before 2.38 does not know it
)
"""The options with which git runs no program that settings name, but for filters, and enters no bare repository."""


class RepositoryError(Exception):
    """Something that git cannot tell; the message says what."""


@dataclass(frozen=True, kw_only=True)
class Blob:
    """What a file holds in a commit or in the index: its name there, and whether it is a plain file."""

    name: str
    plain: bool = True


class Repository:
    """The repository that holds a folder; all paths count from the folder, and lie below it.

    Raises `RepositoryError` where there is none, or no git.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        found = _ask(folder, "rev-parse", "--is-inside-work-tree", "--absolute-git-dir")
        inside, _, place = found.output.removesuffix(b"\n").partition(b"\n")
        if b"safe.bareRepository" in found.errors or (inside and _is_embedded(folder, place)):
            raise RepositoryError(
                f"'{folder}' lies in a bare repository that may have come with the content set, so git is not asked"
            )
        if inside != b"true":
            words = f"; git says: {_words(found)}" if found.code else ""
            raise RepositoryError(f"'{folder}' does not lie in the working tree of a git repository{words}")

    def parting(self, ref: str) -> str:
        """Find the commit at which the present one and ``ref`` part; ``ref`` itself where they have none in common.

        Raises `RepositoryError`, with what to fetch, where a shallow clone does not have it.
        """
        lacking = self._to_fetch(ref)
        failed = f"the repository of '{self._folder}' has no commit '{ref}'{lacking}"
        asked = self._answer("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}", failed=failed)
        commit = asked.decode().strip()
        parted = self._answer("merge-base", commit, "HEAD", failed="").decode().strip()
        if lacking and not parted:
            raise RepositoryError(
                f"the repository of '{self._folder}' does not go back to where '{ref}' parts{lacking}"
            )
        return parted or commit

    def _to_fetch(self, ref: str) -> str:
        """Say how to fetch what a shallow clone lacks; nothing for a whole one."""
        if self._answer("rev-parse", "--is-shallow-repository", failed="").strip() != b"true":
            return ""
        remote, slash, branch = ref.partition("/")
        remotes = self._answer("remote", failed="").decode(errors="replace").split()
        is_branch = slash and remote in remotes and _BRANCH.fullmatch(branch)
        more = f" and 'git fetch {remote} +{branch}:refs/remotes/{ref}'" if is_branch else ""
        return f"; this clone is shallow: run 'git fetch --unshallow'{more}, or let your CI check out all history (fetch-depth: 0)"

    def changed(self, commit: str) -> frozenset[PurePosixPath]:
        """List the files of the working tree that are not as in a commit: untracked and deleted ones too."""
        untracked = self._answer("ls-files", "--others", "--exclude-standard", "-z")
        return frozenset((*self._differing(commit), *_paths(untracked)))

    def staged(self) -> frozenset[PurePosixPath]:
        """List the files of the index that are not as in the present commit."""
        return frozenset(self._differing("--cached"))

    def unstaged(self) -> frozenset[PurePosixPath]:
        """List the files of the working tree that are not as in the index; untracked ones are none of its business."""
        return frozenset(self._differing())

    def files_in(self, commit: str) -> Mapping[PurePosixPath, Blob]:
        """List the files of a commit; an unborn ``HEAD`` has none."""
        answer = self._answer("ls-tree", "-r", "-z", commit, failed="" if commit == "HEAD" else None)
        found = (entry.split(b"\t", 1) for entry in answer.split(b"\0") if entry)
        return {_path(path): _blob(*about.split()[::2]) for about, path in found}

    def files_in_index(self) -> Mapping[PurePosixPath, Blob]:
        """List the files of the index; of a file that is not merged yet, our side."""
        entries = (entry.split(b"\t", 1) for entry in self._answer("ls-files", "--stage", "-z").split(b"\0") if entry)
        found = ((about.split(), path) for about, path in entries)
        return {_path(path): _blob(mode, name) for (mode, name, stage), path in found if stage in (b"0", b"2")}

    def sizes(self, names: Iterable[str]) -> Mapping[str, int]:
        """Tell how many bytes blobs have, each by its name."""
        answer = self._answer("cat-file", "--batch-check", asked=_lines(names))
        return {about[0]: _size(about) for about in map(str.split, answer.decode().splitlines())}

    def read(self, names: Iterable[str]) -> Mapping[str, bytes]:
        """Read blobs, each by its name."""
        wanted = list(dict.fromkeys(names))
        answer = self._answer("cat-file", "--batch", asked=_lines(wanted))
        found: dict[str, bytes] = {}
        at = 0
        for name in wanted:
            end = answer.index(b"\n", at)
            size = _size(answer[at:end].decode().split())
            found[name] = answer[end + 1 : end + 1 + size]
            at = end + 1 + size + 1
        return found

    def show(self, commit: str, path: str) -> bytes:
        """Read a file of a commit, or of the index where ``commit`` is empty, by its path from the folder."""
        return self._answer("cat-file", "blob", f"{commit}:./{path}", failed=f"'{path}' is not in the repository")

    def _differing(self, *options: str) -> Iterator[PurePosixPath]:
        harmless = ("--no-ext-diff", "--no-textconv", "--ignore-submodules=dirty")
        return _paths(
            self._answer("diff", "--name-only", "--no-renames", "--relative", *harmless, "-z", *options, "--")
        )

    def _answer(self, *arguments: str, asked: bytes = b"", failed: str | None = None) -> bytes:
        """Ask git; ``failed`` is what to say where it fails, nothing at all where that is empty, else git's own words."""
        done = _ask(self._folder, *arguments, asked=asked)
        if done.code and failed != "":
            raise RepositoryError(failed or f"git {arguments[0]} fails: {_words(done)}")
        return b"" if done.code else done.output


def git_user(folder: Path) -> str:
    """Ask git who writes in a folder; empty where it does not know, or there is no git."""
    try:
        asked = _ask(folder, "config", "user.name", seconds=10)
    except RepositoryError:
        return ""
    return " ".join(asked.output.decode("utf-8", "replace").split())


def _ask(folder: Path, *arguments: str, asked: bytes = b"", seconds: float | None = None) -> Done:
    places = {name: str(Path(os.environ[name]).absolute()) for name in _PLACES if os.environ.get(name)}
    environment = {**os.environ, **places}
    try:
        git = programs.find("git", folder)
        options = (*_HARMLESS, *arguments)
        return programs.run(git, options, folder, environment=environment, asked=asked, seconds=seconds)
    except ProgramError as error:
        raise RepositoryError(str(error)) from None


def _is_embedded(folder: Path, place: bytes) -> bool:
    """Does git keep the repository that it found in a folder above, where that is not called ``.git``?"""
    return not os.environ.get("GIT_DIR") and folder.resolve().is_relative_to(os.fsdecode(place))


def _words(failed: Done) -> str:
    return " ".join(failed.errors.decode(errors="replace").split())


def _lines(names: Iterable[str]) -> bytes:
    return "".join(f"{name}\n" for name in names).encode()


def _size(about: Sequence[str]) -> int:
    """Read the size in what git says of an object: its name, its kind and its size, else that it is missing."""
    if len(about) != 3:
        raise RepositoryError(f"git lacks the object '{about[0]}', as in a partial clone")
    return int(about[2])


def _paths(answer: bytes) -> Iterator[PurePosixPath]:
    return (_path(name) for name in answer.split(b"\0") if name)


def _path(name: bytes) -> PurePosixPath:
    return PurePosixPath(os.fsdecode(name))


def _blob(mode: bytes, name: bytes) -> Blob:
    return Blob(name=name.decode(), plain=mode.startswith(b"100"))
