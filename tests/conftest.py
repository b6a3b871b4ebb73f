"""What the tests share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from case import lay_out

os.environ["NO_MKDOCS_2_WARNING"] = "1"  # Material's banner about MkDocs 2, which would be a warning in every build

PROJECT = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--regen``, which makes the cases expect what comes out; read the diff before you commit it."""
    parser.addoption("--regen", action="store_true", help="rewrite the expected part of the cases")


@pytest.fixture
def regen(request: pytest.FixtureRequest) -> bool:
    """Are the cases to be rewritten?"""
    return bool(request.config.getoption("--regen"))


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's own folder."""
    return PROJECT


@pytest.fixture
def content_set(tmp_path: Path) -> Callable[[dict[str, str | bytes]], Path]:
    """Lay files out as a content set of its own, and answer its folder."""
    return lambda files: lay_out(tmp_path, files)


@pytest.fixture(scope="session")
def chromium() -> Iterator[str]:
    """The path of an installed Chromium; without one the test is skipped, but in CI it fails."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        message = "no Chromium is installed (Debian: apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    yield found
