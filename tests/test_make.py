"""The Makefile: which Python it takes, and what it says while it installs and where something is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

STUB = """\
#!/bin/sh
case "$*" in
  *sys.exit*) exit {too_old} ;;
  *ensurepip*) exit {no_venv} ;;
  -m*) mkdir -p "$3/bin"; for tool in pip mkdocs pytest; do
      printf '#!/bin/sh\\n[ $1 != install ] || exit {no_index}\\n' > "$3/bin/$tool"; chmod +x "$3/bin/$tool"; done ;;
esac
"""
"""A program that answers as Python would: whether it is too old, makes no environments, or has no package index."""

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="needs make")


@pytest.fixture
def folder(project: Path, tmp_path: Path) -> Path:
    """A copy of the Makefile, and a folder of programs without any Python."""
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(project / name, tmp_path)
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("sh", "make", "mkdir", "chmod", "touch", "env"):
        (programs / name).symlink_to(shutil.which(name) or "")
    return tmp_path


def install(folder: Path, name: str, *, too_old: int = 0, no_venv: int = 0, no_index: int = 0) -> None:
    """Put a program that answers as a Python into the folder of programs."""
    program = folder / "programs" / name
    program.write_text(STUB.format(too_old=too_old, no_venv=no_venv, no_index=no_index))
    program.chmod(0o755)


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make with those programs alone."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "PYTHON"))
    }
    environment["PATH"] = str(folder / "programs")
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize("target", ["site", "test"])
@pytest.mark.parametrize("name", ["python3.11", "python3.12", "python3.13", "python3.14", "python3", "python"])
def test_any_new_python_is_taken_and_named(folder: Path, name: str, target: str) -> None:
    """Whatever a Python is called, it is found, and a line says what is done with it."""
    install(folder, name)
    result = make(folder, target)
    assert result.returncode == 0, result.stderr
    assert f"installing into .venv with {name}, once; that takes a few minutes\n" in result.stdout
    assert "installing" not in make(folder, target).stdout


def test_old_python_is_passed_over(folder: Path) -> None:
    """One that is too old gives way to a newer one of another name."""
    install(folder, "python3.11", too_old=1)
    install(folder, "python3", too_old=1)
    install(folder, "python")
    assert "with python, once" in make(folder, "site").stdout


def test_missing_things_are_named(folder: Path) -> None:
    """No Python, an old one, one without environments, and no package index are each told in a line."""
    said = "there is no Python 3.11 or newer: install one, or name it: make PYTHON=PATH\n"
    assert said in make(folder, "test").stderr
    install(folder, "old", too_old=1)
    assert "'old' is no Python 3.11 or newer" in make(folder, "test", "PYTHON=old").stderr
    install(folder, "python3", no_venv=1)
    assert "'python3' makes no virtual environments" in make(folder, "test").stderr
    install(folder, "python3", no_index=1)
    assert "pip could not install into .venv" in make(folder, "test").stderr
    install(folder, "python3")
    assert make(folder, "test").returncode == 0
