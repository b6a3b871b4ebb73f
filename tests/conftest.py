"""What the tests share."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import site_build
from case import Case, lay_out
from checklist_site import checklist_address, checklist_site, open_checklist
from filelock import FileLock
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, expect, sync_playwright
from site_build import Build, Served
from web_server import serve

__all__ = ["checklist_address", "checklist_site", "open_checklist"]  # fixtures for all tests

os.environ["NO_MKDOCS_2_WARNING"] = "1"  # Material's banner about MkDocs 2, which would be a warning in every build

os.environ["GUIDEKIT_TRACEBACK"] = "1"  # what goes wrong within guidekit fails a test as what it is

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else each program that a test starts compiles our modules anew
sys.dont_write_bytecode = False

settings.register_profile(
    "guidekit",
    max_examples=150,
    deadline=None,  # how long an example takes is up to the machine
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,  # a change must not fail over what was there before it; people try new examples
)
settings.register_profile("quick", settings.get_profile("guidekit"), max_examples=20)
settings.load_profile("guidekit")

PATIENCE = 30_000
"""Milliseconds that a browser may take for what a test waits for; a busy machine needs more than Playwright's five."""

expect.set_options(timeout=PATIENCE)

FEATURES = (
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
    "AimEnabled",
    "HttpsUpgrades",
    "MediaRouter",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
"""What Chromium does without: the menu of an address bar that nobody sees, which it loads for every page and which
takes a third of its time; and, since the last list counts, of Playwright's own what pages could notice."""

PROJECT = Path(__file__).parent.parent

REWRITTEN = "rewritten"
"""The property of a test's report that holds the diff of its case."""

Once = Callable[[str, Callable[[Path], None]], Path]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--regen``, which makes the cases expect what comes out, and shows what that changes in them."""
    parser.addoption("--regen", action="store_true", help="rewrite the expected part of the cases")


SLOW = ("chromium", "firefox", "build", "served", "once", "fresh")
"""Fixtures of tests that ``make quick`` leaves out: a browser, a site, what is made once for all workers of a run, and
a Python of its own."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use a slow fixture, directly or by another one."""
    for item in items:
        if not set(SLOW).isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker("slow")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show how ``--regen`` has changed the cases, new ones too."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == REWRITTEN:
                terminalreporter.write(f"\n{value}")


@pytest.fixture
def regen(
    request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> Callable[[Case, str], None]:
    """Make a case expect what came out, if ``--regen`` is given, and keep the diff for the end of the run."""

    def regen(wanted: Case, actual: str) -> None:
        if request.config.getoption("--regen") and actual != wanted.expected:
            wanted.rewrite(actual)
            record_property(REWRITTEN, wanted.diff(actual))

    return regen


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's own folder."""
    return PROJECT


@pytest.fixture
def content_set(tmp_path: Path) -> Callable[[dict[str, str | bytes]], Path]:
    """Lay files out as a content set of its own, and answer its folder."""
    return lambda files: lay_out(tmp_path, files)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of an installed Chromium; without one the test is skipped, but in CI it fails."""
    return installed("Chromium", "chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def firefox() -> str:
    """The path of an installed Firefox; without one the test is skipped, but in CI it fails."""
    return installed("Firefox", "firefox-esr", "firefox")


def installed(browser: str, *programs: str) -> str:
    """Find a browser by the names of its program, the first of which is Debian's package; skip or fail without one."""
    found = next((path for name in programs if (path := shutil.which(name))), None)
    if found is None:
        message = f"no {browser} is installed (Debian: apt-get install {programs[0]})"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Start a Chromium."""
    with sync_playwright() as playwright:
        options = ["--no-sandbox", f"--disable-features={','.join(FEATURES)}"]
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Make folders once for all workers of a run; answers the folder of a name, filled by who asks for it first."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def once(name: str, fill: Callable[[Path], None]) -> Path:
        folder, unfinished = shared / name, shared / f"{name}-unfinished"
        with FileLock(shared / f"{name}.lock"):
            if not folder.exists():
                shutil.rmtree(unfinished, ignore_errors=True)
                unfinished.mkdir()
                fill(unfinished)
                unfinished.rename(folder)
        return folder

    return once


@pytest.fixture
def build() -> Build:
    """Build sites, each in a process of its own, as people do."""
    return site_build.build


@pytest.fixture
def served() -> Served:
    """Serve sites while they change, as authors do."""
    return site_build.serve


@pytest.fixture(scope="session")
def site(project: Path, once: Once) -> Path:
    """Build the project's own site, strictly."""

    def fill(folder: Path) -> None:
        site_build.build_strictly(project, "--site-dir", str(folder))

    return once("own-site", fill)


@pytest.fixture(scope="session")
def learn_site(once: Once) -> Path:
    """Build the site of our own Learn repository, strictly."""

    def fill(folder: Path) -> None:
        shutil.copytree(PROJECT / "tests" / "learn_repository", folder, dirs_exist_ok=True)
        site_build.build_strictly(folder)

    return once("learn-repository", fill) / "site"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Serve the site, at the path that it has on the Internet."""
    with serve(site, "/guidekit/") as server:
        yield server.address


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open pages of the site; what they ask for elsewhere, and what goes wrong in them, fails the test.

    ``before`` is a script that runs before any other; further arguments are those of a browser's context.
    """
    troubles: list[str] = []
    contexts = []

    def open_page(
        path: str, *, width: int = 1280, height: int = 900, scheme: str = "light", before: str = "", **more: object
    ) -> Page:
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, color_scheme=scheme, **more)  # type: ignore[arg-type]
        contexts.append(context)
        if before:
            context.add_init_script(before)
        page = context.new_page()
        page.on("request", lambda request: troubles.append(request.url) if foreign(request.url) else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(address + path, wait_until="load")
        return page

    def foreign(url: str) -> bool:
        return not url.startswith((address, "data:", "blob:"))

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []
