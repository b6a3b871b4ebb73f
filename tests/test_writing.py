"""Where output goes: to files, to what is no file, to nobody; and never over what people wrote."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from guidekit.cli import main

ContentSet = Callable[[dict[str, str | bytes]], Path]

COMMAND = [sys.executable, "-c", "from guidekit.cli import main; main(prog_name='guidekit')"]
PAGE = "---\ntitle: Page\ndescription: A page.\n---\n# Page\n\n[x](gone.md)\n"
FULL = Path("/dev/full")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_pipe_is_written_to_and_stays_a_pipe(content_set: ContentSet) -> None:
    """A report goes through a named pipe, which is neither read nor replaced by a file."""
    root = content_set({"content/page.md": PAGE})
    pipe = root / "pipe"
    os.mkfifo(pipe)
    taken: list[str] = []
    reader = threading.Thread(target=lambda: taken.append(pipe.read_text()), daemon=True)
    reader.start()
    result = CliRunner().invoke(main, ["check", str(root), "--output", f"json:{pipe}"])
    reader.join(timeout=60)
    assert result.exit_code == 1
    assert "file-not-found" in taken[0]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.skipif(not FULL.exists(), reason="there is no device that is always full")
@pytest.mark.parametrize(
    "arguments", [["check"], ["rule", "--all"], ["list"], ["--help"], ["--version"], ["completion", "bash"]]
)
def test_output_that_nobody_takes_is_told(content_set: ContentSet, arguments: list[str]) -> None:
    """Where standard output is full, a command says so and exits with 2: 1 would mean that something was found."""
    root = content_set({"content/page.md": PAGE})
    with FULL.open("w") as full:
        result = subprocess.run(
            [*COMMAND, *arguments], cwd=root, stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=60
        )
    assert result.returncode == 2
    assert result.stderr.splitlines()[-1] == "Error: cannot write to standard output: No space left on device"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such shell")
def test_closed_output_is_no_crash(content_set: ContentSet) -> None:
    """Where standard output was closed, the exit code still tells what was found."""
    root = content_set({"content/page.md": PAGE})
    shell = ["sh", "-c", '"$@" >&-', "sh", *COMMAND, "check"]
    result = subprocess.run(shell, cwd=root, stderr=subprocess.PIPE, text=True, check=False, timeout=60)
    assert result.returncode == 1
    assert "\nchecked 1 page" in result.stderr


def test_hyphen_is_standard_output(content_set: ContentSet) -> None:
    """A report for the file ``-`` is printed."""
    root = content_set({"content/page.md": PAGE})
    result = CliRunner().invoke(main, ["check", str(root), "--statistics", "--output", "json-lines:-"])
    assert '"file-not-found"' in result.stdout
    assert not Path("-").exists()


@pytest.mark.parametrize("written", ["content/page.md", "includes/part.md", "mkdocs.yml"])
@pytest.mark.parametrize(
    "command",
    [
        ["check", "--output", "markdown:{}"],
        ["check-links", "site", "--output", "markdown:{}"],
        ["report", "usage", "--output", "{}"],
        ["graph", "--output", "{}"],
    ],
)
def test_what_people_wrote_is_not_overwritten(
    content_set: ContentSet, monkeypatch: pytest.MonkeyPatch, command: list[str], written: str
) -> None:
    """No report takes the place of a page, a fragment or the settings."""
    files = {"content/page.md": PAGE, "includes/part.md": "Words.\n", "mkdocs.yml": "site_name: S\ndocs_dir: content\n"}
    root = content_set(files | {"site/index.html": "<!doctype html><title>S</title>"})
    monkeypatch.chdir(root)
    result = CliRunner().invoke(main, [part.format(written) for part in command])
    assert (result.exit_code, (root / written).read_text()) == (2, files[written])
    assert f"'{written}' is written by people" in result.stderr


def test_one_file_holds_one_report(content_set: ContentSet) -> None:
    """Two formats for one file are refused, as one of them would be lost."""
    root = content_set({"content/page.md": PAGE})
    out = root / "report"
    out.write_text("before")
    result = CliRunner().invoke(main, ["check", str(root), "--output", f"json:{out}", "--output", f"sarif:{out}"])
    assert (result.exit_code, out.read_text()) == (2, "before")
    assert "cannot hold 2 reports" in result.stderr


def test_export_refuses_a_file_that_says_it_is_something_else(content_set: ContentSet) -> None:
    """A README does not become a list of items because its name was typed."""
    root = content_set({"content/page.md": PAGE, "README.md": "# Readme\n"})
    result = CliRunner().invoke(main, ["export", str(root / "README.md"), "--format", "csv"])
    assert (result.exit_code, (root / "README.md").read_text()) == (2, "# Readme\n")
    assert "name a file that ends with .csv" in result.stderr


@pytest.mark.parametrize("more", [["--statistics"], ["--output-format", "json"], ["--output", "json:report.json"]])
def test_diff_refuses_what_it_would_leave_out(content_set: ContentSet, more: list[str]) -> None:
    """A diff is all that ``--diff`` prints; whoever asks for a report as well is told so."""
    root = content_set({"content/page.md": PAGE})
    result = CliRunner().invoke(main, ["check", str(root), "--diff", *more])
    assert result.exit_code == 2
    assert "--diff prints a diff alone" in result.stderr


@pytest.mark.parametrize("option", ["--unsafe-fixes", "--show-fixes", "--exit-non-zero-on-fix"])
def test_options_on_fixes_go_with_fixes(content_set: ContentSet, option: str) -> None:
    """What says how to mend is refused where nothing is to be mended."""
    result = CliRunner().invoke(main, ["check", str(content_set({"content/page.md": PAGE})), option])
    assert result.exit_code == 2
    assert f"{option} goes with --fix or --diff" in result.stderr
