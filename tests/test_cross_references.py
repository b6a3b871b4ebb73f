"""Cross references: how they are read, and where they lead."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

import guidekit
from guidekit.layout import Layout
from guidekit.library import library as core
from guidekit.library.cross_references import namespace, read_map
from guidekit.rendering import markdown as plain
from guidekit.settings import Settings, SettingsError
from guidekit.syntax.cross_reference import Reference, read_address
from guidekit.text.source import Source, Unreadable

API = "https://learn.microsoft.com/dotnet/api/system."
PLAN = "---\ntitle: The plan\ndescription: A plan.\nuid: plan\n---\n# Plan\n\nText.\n"


def library_of(files: Mapping[str, str], **options: object) -> guidekit.Library:
    """Make a content set of texts in memory."""
    paths = {PurePosixPath(name): text for name, text in files.items()}
    settings = Settings.from_mapping({"learn": ["**"], **options})
    return guidekit.Library(core.Library(read=paths.get, files=paths, layout=Layout(), settings=settings))


def test_address_of_a_reference_is_read() -> None:
    """Name, query and bookmark are told apart and decoded; what is not known in the query is left out."""
    assert read_address("xref:A.B%601?displayProperty=fullName&TEXT=a+b&x=1#c") == Reference(
        uid="A.B`1", display="fullName", text="a b", bookmark="#c"
    )
    assert read_address("XREF:") == Reference(uid="")


@pytest.mark.parametrize(
    ("uid", "expected"),
    [
        ("System.Text.Json.JsonSerializer", "System.Text"),
        ("System.String", "System"),
        ("plan", "plan"),
        ("A.B(System.String,System.Int32)", "A"),
    ],
)
def test_namespace_is_the_beginning_of_a_name(uid: str, expected: str) -> None:
    """What is told together begins with the same two parts, its last one not counted."""
    assert namespace(uid) == expected


MAPS = {
    "what has no uid or address is left out": ("references: [{uid: a}, {href: b}, 1, {uid: 2, href: c}]", {}),
    "the last of two has the name": ("references: [{uid: a, href: b}, {uid: a, href: c}]", {"a": "c"}),
    "tags make no objects": ("references: !!python/object/apply:os.system [exit]", None),
    "depth is no trouble": ("[" * 100_000, None),
    "aliases are followed": ("references: &a [{uid: a, href: b}, *a]", {"a": "b"}),
}


@pytest.mark.parametrize(("text", "expected"), MAPS.values(), ids=MAPS)
def test_map_is_read_or_it_is_said_why_not(text: str, expected: Mapping[str, str] | None) -> None:
    """Whatever a map holds, what it lists is read, or there is a problem."""
    path = PurePosixPath("map.yml")
    found = read_map(path, Source.of(path, text))
    assert bool(found.problem) == (expected is None)
    assert {uid: entry.href for uid, entry in found.entries.items()} == (expected or {})


def test_map_that_is_not_there_has_a_problem() -> None:
    """A map that is missing, or must not be read, says so."""
    path = PurePosixPath("map.json")
    assert read_map(path, None).problem == "does not exist"
    assert read_map(path, Unreadable(reason="denied", detail="must not be read")).problem == "must not be read"
    assert read_map(path, Source.of(path, "[" * 100_000)).problem


@given(uid=st.text(alphabet="aB.`1(),{}#*?&=<>\"' %é@|[]", max_size=30))
def test_any_name_is_read_and_drawn(uid: str) -> None:
    """Whatever stands in a reference, the page is drawn, and no address but one of a prefix comes out of it."""
    text = f"<xref:System.{uid}> [a](xref:System.{uid}) @System.{uid} @{uid}\n"
    library = library_of({"content/page.md": text})
    html = guidekit.render(library, "content/page.md").html
    addresses = [part.partition('"')[0] for part in html.split('href="')[1:]]
    assert not [one for one in addresses if ":" in one and not one.startswith(API)]
    library.check()


def test_edit_of_a_uid_is_seen_by_references_to_it() -> None:
    """A page whose uid changes is no longer where references lead, and the finding comes and goes."""
    before = library_of(
        {"content/page.md": "---\ntitle: A\ndescription: B.\n---\n# A\n\n<xref:plan>\n", "content/plan.md": PLAN}
    )
    assert not before.check().diagnostics
    after = before.revised({PurePosixPath("content/plan.md"): PLAN.replace("uid: plan", "uid: other")})
    assert [found.code for found in after.check().diagnostics] == ["xref-not-found"]
    assert 'href="../plan/"' not in guidekit.render(after, "content/page.md").html
    again = after.revised({PurePosixPath("content/plan.md"): PLAN.replace("The plan", "Another")})
    assert ">Another</a>" in guidekit.render(again, "content/page.md").html and not again.check().diagnostics


def test_reference_in_plain_markdown_is_a_link() -> None:
    """In Markdown, references that are known are links to Markdown, and unknown ones stay as they are."""
    text = "<xref:plan>, [a](xref:plan), @plan, <xref:System.String>, <xref:lost>, [b](xref:lost), @lost\n"
    library = library_of({"content/page.md": text, "content/plan.md": PLAN})
    page = library.page("content/page.md")
    assert page is not None
    assert plain.write(library.library, page, {}) == (
        "[The plan](<plan.md>), [a](plan.md), [The plan](<plan.md>),"
        " [String](<https://learn.microsoft.com/dotnet/api/system.string>), lost, [b](xref:lost), @lost\n"
    )


@pytest.mark.parametrize(
    "value", [[], {"A.": "b"}, {"A.": "https://a.b/"}, {"A.": "javascript:{uid}"}, {1: "https://a/{uid}"}]
)
def test_prefix_leads_to_an_address_with_the_name(value: object) -> None:
    """What is no mapping to addresses on the web that hold the name is refused."""
    with pytest.raises(SettingsError):
        Settings.from_mapping({"xref_prefixes": value})
