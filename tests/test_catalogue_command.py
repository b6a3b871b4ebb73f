"""``guidekit catalogue``, as it is typed."""

from __future__ import annotations

import csv
import json
import os
import stat
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
from test_catalogue import FILES, OLD, PLAN, TEST, guide
from test_cli import guidekit

from guidekit.disk import file_status, writing

ContentSet = Callable[[dict[str, str | bytes]], Path]

TEXT_FORMATS = ("json", "azure", "csv", "markdown")


@pytest.mark.parametrize("form", TEXT_FORMATS)
def test_text_is_printed_as_it_would_be_written(content_set: ContentSet, form: str) -> None:
    """Standard output gets the bytes that --output gets, from any folder of the content set."""
    root = content_set(FILES)
    printed = guidekit("catalogue", "--format", form, cwd=root / "content", PYTHONIOENCODING="latin-1")
    written = guidekit("catalogue", "--format", form, "--output", "made", cwd=root)
    assert (printed.returncode, printed.stderr, written.returncode, written.stdout) == (0, "", 0, "")
    made = (root / "made").read_bytes().decode()
    assert printed.stdout == made.replace("\r\n", "\n")


def test_csv_is_printed_with_its_own_line_ends(content_set: ContentSet) -> None:
    """Standard output does not change what a format asks for."""
    root = content_set(FILES)
    guidekit("catalogue", "--format", "csv", "-o", "made.csv", cwd=root)
    assert (root / "made.csv").read_bytes().count(b"\r\n") == 3


def test_guide_narrows_the_catalogue(content_set: ContentSet) -> None:
    """--guide names a page, and only its items come out."""
    root = content_set(FILES)
    result = guidekit("catalogue", "--guide", "content/sub/index.md", "--format", "csv", cwd=root)
    rows = csv.DictReader(StringIO(result.stdout.removeprefix("\ufeff")))
    assert [(row["Guide"], row["GUID"]) for row in rows] == [("Two", PLAN)]


def test_workbook_is_written_to_a_file_and_never_printed(content_set: ContentSet) -> None:
    """A workbook needs --output, and the message says so before anything is read."""
    root = content_set(FILES)
    refused = guidekit("catalogue", "--format", "xlsx", cwd=root)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--output" in refused.stderr
    assert guidekit("catalogue", "--format", "xlsx", "--output", "made.xlsx", cwd=root).returncode == 0
    sheet = openpyxl.load_workbook(BytesIO((root / "made.xlsx").read_bytes())).active
    assert [row[-1] for row in sheet.iter_rows(min_row=2, values_only=True)] == [PLAN, TEST]


def test_item_that_is_left_out_is_named_and_the_exit_code_is_1(content_set: ContentSet) -> None:
    """The catalogue is written without it, and standard error says where it stands and what it lacks."""
    page = guide("One", f"Plan {PLAN}", f"Gone {OLD}", "Unnamed shared")
    root = content_set({**FILES, "content/one.md": page, "includes/shared.md": "## Shared\n\nText.\n"})
    result = guidekit("catalogue", cwd=root)
    assert result.returncode == 1
    assert json.loads(result.stdout)["guides"][0]["items"] == [PLAN]
    assert result.stderr == (
        "left out: content/one.md:12:1: 'Gone' has no guidance\nleft out: content/one.md:15:1: 'Unnamed' has no GUID\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--guide", "content/plain.md"], "'content/plain.md' has no checklist"),
        (["--guide", f"includes/{PLAN}.md"], "has no checklist"),
        (["--guide", "content/none.md"], "does not exist"),
        (["--format", "pdf"], "'pdf' is not one of"),
        (["--output", "none/made.json"], "cannot write 'none/made.json': No such file or directory"),
        (["--output", "content"], "is a directory"),
    ],
)
def test_what_cannot_be_done_is_exit_code_2(content_set: ContentSet, arguments: list[str], message: str) -> None:
    """A guide without items, a format that does not exist and a place that cannot be written are named."""
    root = content_set({**FILES, "content/plain.md": "# Plain\n"})
    result = guidekit("catalogue", *arguments, cwd=root)
    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_content_set_without_guides_makes_no_empty_catalogue(content_set: ContentSet) -> None:
    """Nothing to write is exit code 2, and the file that was there stays."""
    root = content_set({"content/page.md": "# Page\n", "made.json": "before"})
    result = guidekit("catalogue", "--output", "made.json", cwd=root)
    assert result.returncode == 2
    assert "no page in '.' has a checklist" in result.stderr.replace(str(root), ".")
    assert (root / "made.json").read_text() == "before"


def test_file_is_replaced_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    """A written file has all its bytes at once under its name, and no temporary file is left beside it."""
    target = tmp_path / "made.json"
    target.write_bytes(b"before")
    target.chmod(0o640)
    with target.open("rb") as reader:
        writing.write(target, b"after")
        assert reader.read() == b"before"  # who reads the old file reads all of it
    assert target.read_bytes() == b"after"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.name != "posix", reason="permissions of new files are those of POSIX")
def test_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    """A file that was not there is as readable as one that any program makes."""
    writing.write(tmp_path / "made", b"")
    (tmp_path / "other").touch()
    assert (tmp_path / "made").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_failed_write_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the last step fails, the old file stays, nothing is left beside it, and the error names the file."""
    target = tmp_path / "made.json"
    target.write_bytes(b"before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(file_status.WriteError, match=r"made\.json': No space left on device"):
        writing.write(target, b"after")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("made.json", b"before")]


@pytest.mark.skipif(os.name != "posix", reason="makes a symbolic link")
def test_symbolic_link_is_written_through(tmp_path: Path) -> None:
    """A link stays a link, and the file behind it is the one that is written."""
    (tmp_path / "real").write_bytes(b"before")
    (tmp_path / "link").symlink_to("real")
    writing.write(tmp_path / "link", b"after")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"after"
