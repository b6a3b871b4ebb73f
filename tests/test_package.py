"""What is shipped: the sdist, and the wheel that is made from it, work in an empty environment."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

CONTENT = {
    "mkdocs.yml": "site_name: Site\ndocs_dir: content\ntheme: {name: mkdocs}\nplugins: [guidekit]\n",
    "content/index.md": "---\ntitle: Home\ndescription: Here.\n---\n# Home\n\n[!include[x](../includes/x.md)]\n",
    "includes/x.md": "From the wheel.\n",
}


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that has to succeed."""
    result = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True, check=False, timeout=300)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.mark.slow  # it makes an environment
def test_package_works_in_an_empty_environment(project: Path, tmp_path: Path) -> None:
    """The sdist makes a wheel of all the code, which installs with nothing else; its command and its plugin work."""
    run(sys.executable, "-m", "build", "--outdir", tmp_path / "dist", project, cwd=tmp_path)  # the wheel from the sdist
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    source = project / "plugins"
    with ZipFile(wheel) as packed:
        files = {name: packed.read(name) for name in packed.namelist() if name.startswith("guidekit/")}
    paths = [path for path in source.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert files == {path.relative_to(source).as_posix(): path.read_bytes() for path in paths}

    venv.create(tmp_path / "venv")
    programs = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    run(sys.executable, "-m", "pip", "--python", programs / "python", "install", "--quiet", wheel, cwd=tmp_path)
    site = tmp_path / "site"
    for name, text in CONTENT.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text)
    report = run(programs / "guidekit", "check", "--output-format", "json", cwd=site)
    assert json.loads(report)["diagnostics"] == []
    run(programs / "mkdocs", "build", "--strict", cwd=site)
    assert "<p>From the wheel.</p>" in (site / "site/index.html").read_text()
    assert (site / "site/assets/guidekit.css").exists()
    typed = "import guidekit, pathlib; print((pathlib.Path(guidekit.__file__).parent / 'py.typed').exists())"
    assert run(programs / "python", "-c", typed, cwd=site).strip() == "True"
