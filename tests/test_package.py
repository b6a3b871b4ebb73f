"""What is shipped: the sdist, and the wheel that is made from it, work in an empty environment, with extras and without."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest

pytestmark = pytest.mark.slow  # it makes environments

CONTENT = {
    "mkdocs.yml": "site_name: Site\ndocs_dir: content\ntheme: {name: mkdocs}\nplugins: [guidekit]\n",
    "content/index.md": "---\ntitle: Home\ndescription: Here.\n---\n# Home\n\n[!include[x](../includes/x.md)]\n",
    "includes/x.md": "From the wheel.\n",
}

GUIDE = {
    "content/index.md": "---\ntitle: Home\ndescription: Here.\nms.custom: Is all in place?\n---\n# Home\n\n"
    "<!-- All is in place -->\n[!include[x](../includes/0ac7b8bb-2c8a-4d3b-9d37-6a4cf4f2d6f0.md)]\n",
    "includes/0ac7b8bb-2c8a-4d3b-9d37-6a4cf4f2d6f0.md": "## All is in place\n\nLook at it once a week.\n",
}

STRANGE = ("markdown", "mkdocs", "openpyxl", "pymdownx", "selectolax", "watchdog", "xlsxwriter")
"""Modules that the command line does not need."""


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that has to succeed."""
    result = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True, check=False, timeout=300)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that is made from the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", folder, project, cwd=folder)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def command_line(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that holds the wheel without extras."""
    return installed(tmp_path_factory.mktemp("bare"), str(wheel))


@pytest.fixture(scope="module")
def builder(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that holds the wheel and what MkDocs needs."""
    return installed(tmp_path_factory.mktemp("mkdocs"), f"{wheel}[mkdocs]")


def installed(folder: Path, package: str) -> Path:
    """Install a package into an empty environment; answer the folder of its programs."""
    venv.create(folder)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    run(sys.executable, "-m", "pip", "--python", programs / "python", "install", "--quiet", package, cwd=folder)
    return programs


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of one page and one fragment."""
    lay(tmp_path, CONTENT)
    return tmp_path


def lay(root: Path, files: Mapping[str, str]) -> None:
    """Write files."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def test_wheel_holds_all_of_the_code(project: Path, wheel: Path) -> None:
    """The files of the package are in the wheel, and no others."""
    source = project / "plugins"
    with ZipFile(wheel) as packed:
        files = {name: packed.read(name) for name in packed.namelist() if name.startswith("guidekit/")}
    paths = [path for path in source.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert files == {path.relative_to(source).as_posix(): path.read_bytes() for path in paths}


def test_command_line_needs_no_extra(command_line: Path, site: Path) -> None:
    """Without extras, neither MkDocs nor spreadsheets come along; pages are checked and rendered, and types are known."""
    report = run(command_line / "guidekit", "check", "--output-format", "json", cwd=site)
    assert json.loads(report)["diagnostics"] == []
    assert "<p>From the wheel.</p>" in run(command_line / "guidekit", "render", "content/index.md", cwd=site)
    asked = f"from importlib.util import find_spec as find; print([name for name in {STRANGE} if find(name)])"
    assert run(command_line / "python", "-c", asked, cwd=site).strip() == "[]"
    typed = "import guidekit, pathlib; print((pathlib.Path(guidekit.__file__).parent / 'py.typed').exists())"
    assert run(command_line / "python", "-c", typed, cwd=site).strip() == "True"


@pytest.mark.parametrize(
    ("extra", "arguments"),
    [
        ("watch", ["check", "--watch"]),
        ("links", ["check-links", "site"]),
        ("links", ["check-links", "--external"]),
        ("excel", ["catalogue", "--format", "xlsx", "--output", "made.xlsx"]),
        ("excel", ["export", "made.xlsx"]),
        ("excel", ["import", "given.xlsx"]),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else value,
)
def test_command_names_the_extra_that_it_lacks(
    command_line: Path, site: Path, extra: str, arguments: list[str]
) -> None:
    """A command whose extra is not installed ends with 2 and one line, which says how to install it."""
    lay(site, GUIDE)
    lay(site, {"given.xlsx": "", "site/index.html": "<a href='other.html'>Other</a>"})
    done = subprocess.run(
        [str(command_line / "guidekit"), *arguments],
        cwd=site,
        env={**os.environ, "PATH": os.defpath},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    told = [line for line in done.stderr.splitlines() if not line.startswith("no settings file above")]
    assert (done.returncode, len(told)) == (2, 1), done.stderr
    assert told[0].endswith(f"pip install 'guidekit[{extra}]'")


def test_extra_for_mkdocs_builds_a_site(builder: Path, site: Path) -> None:
    """With its extra, the plugin is found; a site is built with its style sheet and its checklist as a workbook."""
    run(builder / "mkdocs", "build", "--strict", cwd=site)
    assert "<p>From the wheel.</p>" in (site / "site/index.html").read_text(encoding="utf-8")
    assert (site / "site/assets/guidekit.css").exists()
    lay(site, GUIDE)
    run(builder / "mkdocs", "build", cwd=site)
    assert (site / "site/checklist.xlsx").exists()


@pytest.mark.parametrize(("setting", "extra"), [("pack: true", "pack"), ("search: pagefind", "pagefind")])
def test_setting_names_the_extra_that_it_lacks(builder: Path, site: Path, setting: str, extra: str) -> None:
    """A build with a setting whose extra is not installed stops with a line that says how to install it."""
    settings = CONTENT["mkdocs.yml"].replace("[guidekit]", f"[guidekit: {{{setting}}}]")
    (site / "mkdocs.yml").write_text(settings, encoding="utf-8")
    done = subprocess.run(
        [str(builder / "mkdocs"), "build"], cwd=site, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert f"needs an extra: pip install 'guidekit[{extra}]'" in done.stderr and "Traceback" not in done.stderr
