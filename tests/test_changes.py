"""Changes to files: the diff that is shown is the change that would be made."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path, PurePosixPath

import pytest
from case import lay_out
from hypothesis import given, settings
from hypothesis import strategies as st

from guidekit import Library
from guidekit.cli import changing
from guidekit.cli.messages import Misuse
from guidekit.disk import changes, patches
from guidekit.disk.changes import Change, Move
from guidekit.disk.file_status import WriteError
from guidekit.text import edits
from guidekit.text.edits import Edit
from guidekit.text.source import Source

TEXT = st.none() | st.text(st.sampled_from("ab \t\r\n\x0c\u2028é\ufeff"), max_size=30)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@settings(max_examples=40, deadline=None)
@given(TEXT, TEXT)
def test_diff_applied_by_git_is_the_change(
    tmp_path_factory: pytest.TempPathFactory, before: str | None, after: str | None
) -> None:
    """What `git apply` makes of a diff is, to the byte, the text that would have been written."""
    root = tmp_path_factory.mktemp("changes")
    file = root / "page.md"
    if before is not None:
        file.write_bytes(before.encode())
    patch = patches.write([Change(path=PurePosixPath("page.md"), before=before, after=after)])
    assert bool(patch) == ((before or "") != (after or ""))
    if patch:
        subprocess.run(["git", "apply", "-"], cwd=root, input=patch.encode(), check=True)
        assert file.read_bytes() == (after or "").encode() if after is not None else not file.exists()


def test_changes_make_and_remove_files_and_folders(tmp_path: Path) -> None:
    """A change writes a file in a folder that is not there yet, and one without a text removes it."""
    path = PurePosixPath("includes/new/a.md")
    changes.write(tmp_path, [Change(path=path, before=None, after="é\r\n")])
    assert (tmp_path / path).read_bytes() == "é\r\n".encode()
    changes.write(tmp_path, [Change(path=path, before="é\r\n", after=None)])
    assert not (tmp_path / path).exists()


def test_change_that_cannot_be_made_names_the_file(tmp_path: Path) -> None:
    """Where a file stands in the place of a folder, the error says which."""
    (tmp_path / "a").write_text("", encoding="utf-8")
    with pytest.raises(WriteError, match=r"cannot make the folder '.*a'"):
        changes.write(tmp_path, [Change(path=PurePosixPath("a/b.md"), before=None, after="")])


def test_change_that_cannot_be_made_tells_what_was_written_before_it(tmp_path: Path) -> None:
    """Where the second of two changes cannot be made, the error names it and counts the first."""
    wanted = [Change(path=PurePosixPath(path), before=None, after="x") for path in ("a", "a/b.md")]
    with pytest.raises(WriteError, match=r"cannot make the folder '.*a'.*; 1 of 2 files were written before it"):
        changes.write(tmp_path, wanted)
    assert (tmp_path / "a").read_text(encoding="utf-8") == "x"


def test_file_that_a_change_before_it_has_changed_is_not_overwritten(tmp_path: Path) -> None:
    """Each file is looked at again when its turn comes: here two names are one file, and the first change is kept."""
    (tmp_path / "a").write_bytes(b"before")
    (tmp_path / "b").symlink_to("a")
    wanted = [Change(path=PurePosixPath(name), before="before", after=f"after {name}") for name in "ab"]
    with pytest.raises(WriteError, match=r"b' is no longer as it was read, .*; 1 of 2 files were written before it"):
        changes.write(tmp_path, wanted)
    assert (tmp_path / "a").read_bytes() == b"after a"


def test_file_that_is_as_it_is_to_be_is_written_again(tmp_path: Path) -> None:
    """A file with two names that are changed alike has been written when its second name comes up, and is no fault."""
    (tmp_path / "a").write_bytes(b"before")
    (tmp_path / "b").symlink_to("a")
    changes.write(tmp_path, [Change(path=PurePosixPath(name), before="before", after="after") for name in "ab"])
    assert (tmp_path / "a").read_bytes() == b"after"


def test_nothing_is_lost_where_a_change_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """New files are made first, then files are moved and changed, and removed last: what fails leaves all that it needs."""
    root = lay_out(tmp_path, {"content/page.md": "# A\n", "content/old.md": "# B\n", "content/image.png": b"x"})
    (root / "content/again.md").symlink_to("page.md")
    library = Library.open(root).library
    content = PurePosixPath("content")
    edits = [Change(path=content / name, before="# A\n", after=f"# {name}\n") for name in ("page.md", "again.md")]
    made = [
        Change(path=content / "old.md", before="# B\n", after=None),
        *edits,
        Move(path=content / "image.png", to=content / "moved.png"),
        Change(path=content / "new.md", before=None, after="# B\n"),
    ]
    with pytest.raises(
        Misuse, match=r"3 of 5 files were written before it; written: (.*); not written: (.*)"
    ) as caught:
        changing.make(root, library, made, dry_run=False)
    told = str(caught.value).partition("; written: ")[2]
    assert told == (
        "'content/new.md', 'content/image.png', 'content/page.md'; not written: 'content/again.md', 'content/old.md'"
    )
    assert {path.name for path in (root / "content").iterdir()} == {
        "again.md",
        "moved.png",
        "new.md",
        "old.md",
        "page.md",
    }
    (root / "content/again.md").unlink()
    (root / "content/moved.png").rename(root / "content/image.png")
    (root / "content/new.md").unlink()
    (root / "content/page.md").write_text("# A\n")
    changing.make(root, library, [made[0], made[1], *made[3:]], dry_run=False)
    assert capsys.readouterr().out == (
        "wrote content/new.md\nmoved content/image.png to content/moved.png\n"
        "changed content/page.md\nremoved content/old.md\n"
    )


def test_move_never_replaces_a_file(tmp_path: Path) -> None:
    """Where the new name is taken, be it by a link that leads nowhere, both files stay as they are, and the error names them."""
    (tmp_path / "a").write_bytes(b"a")
    (tmp_path / "b").write_bytes(b"b")
    with pytest.raises(WriteError, match=r"cannot move '.*a' to '.*b': that file exists"):
        changes.write(tmp_path, [Move(path=PurePosixPath("a"), to=PurePosixPath("b"))])
    assert [(tmp_path / name).read_bytes() for name in "ab"] == [b"a", b"b"]
    (tmp_path / "c").symlink_to("gone")
    with pytest.raises(WriteError, match=r"cannot move '.*a' to '.*c': that file exists"):
        changes.write(tmp_path, [Move(path=PurePosixPath("a"), to=PurePosixPath("c"))])
    assert (tmp_path / "c").is_symlink()


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("ab \r\né\ufeff\x0c"), max_size=30), st.data())
def test_edit_changes_its_stretch_and_nothing_else(text: str, data: st.DataObject) -> None:
    """Places found in a text as it is read are the same in the text as it is on disk."""
    source = Source.of("page.md", text)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(source.text))] * 2)))
    edit = Edit(span=source.stretch(start, end), text="X\n")
    after = edits.apply(text, [edit])
    assert Source.of("page.md", after).text == f"{source.text[:start]}X\n{source.text[end:]}"
    assert after.startswith("\ufeff") == text.startswith("\ufeff")


def test_edits_that_overlap_are_refused() -> None:
    """Two edits of one stretch are a mistake of the code that made them."""
    span = Source.of("page.md", "text").stretch(0, 2)
    with pytest.raises(ValueError, match=r"two edits overlap at page\.md:1:1"):
        edits.apply("text", [Edit(span=span, text="a"), Edit(span=span, text="b")])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\r\n", "a\r\nX\r\nb\r\n"),
        ("a\rb\n", "a\rX\r\nb\n"),
        ("a\r\nb", "a\r\nX\r\nb"),
        ("\ufeffa\n\r\nb", "\ufeffa\nX\r\n\r\nb"),
    ],
)
def test_new_line_ends_as_its_neighbor(text: str, expected: str) -> None:
    """A line that is put in ends as the line at whose place it stands, where that has no end as the one above.

    Where a lone carriage return ends a line, both characters do: one alone could join what is there.
    """
    assert edits.apply(text, [Edit(span=Source.of("a.md", text).span((1, 0)), text="X\n")]) == expected
