"""The fuzz: its grammar derives what the dialect has, and a fault in the code is found and made small."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from random import Random

import fuzz
import pytest
from grammar import DEEP, FILES, RULES, SYMBOL, derive

import guidekit
from guidekit.disk.reading import DiskReader
from guidekit.settings import Settings
from guidekit.syntax.document import parse
from guidekit.syntax.include import Include
from guidekit.text.source import Source

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="nothing ends what hangs on this system")

PAGE = PurePosixPath("content/page.md")


def test_each_rule_is_reached_and_comes_to_an_end() -> None:
    """Every rule is used by a file or by another rule, and its first alternatives lead to a text."""
    used = {part[1] for rule in RULES.values() for text in rule for part in SYMBOL.finditer(text)} | set(FILES.values())
    assert set(RULES) <= used
    ending: set[str] = set()
    for _ in range(DEEP):
        ending |= {
            name
            for name, rule in RULES.items()
            if all(part[1] in ending for part in SYMBOL.finditer(rule[0]) if part[1])
        }
    assert ending == set(RULES)


def test_seed_decides_what_is_derived() -> None:
    """The same seed gives the same content set, another one gives another, and most have what the dialect is made of."""
    assert derive(Random(1)) == derive(Random(1)) != derive(Random(2))
    sets = [derive(Random(seed)) for seed in range(40)]
    pages = [text for files in sets for path, text in files.items() if path.parts[0] == "content"]
    facts = [fact for text in pages for fact in parse(Source.of(PAGE, text)).facts]
    assert {"Include", "Comment", "Link", "Image", "Heading", "Anchor"} <= {type(fact).__name__ for fact in facts}
    assert sum(isinstance(fact, Include) for fact in facts) > 100


def test_settings_that_are_derived_can_be_used(tmp_path: Path) -> None:
    """Nearly every content set can be opened, so that its texts are tried."""
    roots = [fuzz.lay_out(tmp_path / str(seed), derive(Random(seed))) for seed in range(30)]
    assert sum(is_usable(root) for root in roots) > 25


def is_usable(root: Path) -> bool:
    """Can a content set be opened?"""
    try:
        return bool(fuzz.opened(root).settings)
    except (guidekit.SettingsError, guidekit.RootError):
        return False


def test_content_sets_keep_all_properties(tmp_path: Path) -> None:
    """What is derived of some seeds is checked, mended and drawn as it has to be."""
    assert [fuzz.attempt(tmp_path / "tried", derive(Random(seed))) for seed in range(5)] == [None] * 5


def fail(*_: object, **__: object) -> None:
    """Fail as a bug does."""
    raise IndexError


def read_all(self: DiskReader, path: PurePosixPath) -> str:
    """Read whatever a path leads to."""
    return (self._content_set.root / path).read_text(encoding="utf-8")  # reads through links


def draw_anew(*_: object) -> tuple[str, str]:
    """Draw something else each time."""
    return str(time.perf_counter_ns()), ""


def hang(*_: object, **__: object) -> None:
    """Come to no end."""
    while True:
        pass


@pytest.mark.parametrize(
    ("place", "name", "fault", "property", "what"),
    [
        (guidekit.session.rules, "run", fail, "checks_twice_alike", "IndexError in test_fuzz.py:fail"),
        (guidekit.session.rules, "run", hang, "checks_twice_alike", "takes more than 0.2 s"),
        (DiskReader, "__call__", read_all, "checks_twice_alike", "opened outside the content set"),
        (fuzz, "drawn", draw_anew, "renders_twice_alike", "draws"),
    ],
    ids=["exception", "hang", "outside", "other"],
)
def test_fault_is_found(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    place: object,
    name: str,
    fault: Callable[..., object],
    property: str,
    what: str,
) -> None:
    """An exception, a loop without an end, a file that is none of the set's, and what differs are each found."""
    monkeypatch.setattr(place, name, fault)
    monkeypatch.setattr(fuzz, "PATIENCE", 0.2)
    files = {PAGE: "# A\n\n[!include[a](../includes/link.md)]\n", PurePosixPath("mkdocs.yml"): "docs_dir: content\n"}
    found = fuzz.attempt(tmp_path / "tried", files)
    assert found is not None
    assert found.property == property
    assert what == "draws" or found.what == what


def test_failure_is_made_small_and_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Of a content set that breaks a property, what does not matter is left out, and the rest is kept with its error."""

    def refuse(root: Path) -> None:
        for file in (root / "content").rglob("*.md"):
            if "RPO" in file.read_text(encoding="utf-8"):
                raise IndexError

    monkeypatch.setattr(fuzz, "PROPERTIES", (refuse,))
    files = {**derive(Random(3)), PAGE: "# A\n\nThe RPO is\nan hour.\n"}
    failure = fuzz.attempt(tmp_path / "tried", files, (refuse,))
    assert failure is not None
    smaller = fuzz.reduced(tmp_path / "reduced", failure, time.monotonic() + 60)
    assert smaller.files == {PAGE: "RPO"} or set("".join(smaller.files.values())) <= set("RPO")
    place = fuzz.keep(tmp_path / "kept", 3, smaller)
    assert "IndexError" in (place / "broken.txt").read_text(encoding="utf-8")
    assert (place / "set/content").is_dir()
    assert os.fspath(place).endswith("refuse-3")


def test_settings_are_not_guessed() -> None:
    """The options that the grammar gives are settings that there are."""
    given = {option.strip().partition(":")[0] for option in RULES["options"]}
    assert given <= set(Settings.__dataclass_fields__)
