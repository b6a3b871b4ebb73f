"""Material's templates that our own replace: whether they still are what ours were made from."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import material
import pytest

ORIGINALS = {
    "404.html": "80c93494b5432b1b",
    "partials/content.html": "ce33929c85af129f",
    "partials/feedback.html": "d47879b262c1d49f",
    "partials/javascripts/base.html": "d6113712bc4deb30",
    "partials/path.html": "cbde0642861fe915",
    "partials/source.html": "6847616d67be4920",
}
"""Each template of Material that ours replace, and the hash of its text."""


@pytest.mark.parametrize("name", ORIGINALS)
def test_replaced_template_is_the_one_we_know(name: str) -> None:
    """Material has not changed a template since ours was made from it."""
    text = (Path(material.__file__).parent / "templates" / name).read_bytes()
    assert sha256(text).hexdigest()[:16] == ORIGINALS[name], (
        f"Material has changed {name}: compare its old and its new text, "
        f"take over into overrides/{name} what matters, then write the new hash into this table"
    )


def test_every_replaced_template_is_known(project: Path) -> None:
    """Each of our templates that has a namesake in Material is in the table, and says in a comment what it mends."""
    ours = {
        path.relative_to(project / "overrides").as_posix(): path for path in (project / "overrides").rglob("*.html")
    }
    theirs = Path(material.__file__).parent / "templates"
    assert sorted(name for name in ours if (theirs / name).exists() and name != "main.html") == sorted(ORIGINALS)
    for name in ORIGINALS:
        assert "{#" in ours[name].read_text(encoding="utf-8"), name
