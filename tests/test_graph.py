"""``guidekit graph``: who includes whom, and each format as an independent reader sees it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Any

import pydot
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

import guidekit
from guidekit import graph
from guidekit.cli import main
from guidekit.escaping import printable
from guidekit.graph import Edge, Graph, Node

ContentSet = Callable[[dict[str, str | bytes]], Path]

SHOWS = "[!include[x](../includes/{})]\n"
FILES: dict[str, str | bytes] = {
    "mkdocs.yml": "docs_dir: content\n",
    "content/one.md": '---\ntitle: One "1"\n---\n' + SHOWS.format("a.md") + "\n" + SHOWS.format("a.md"),
    "content/two.md": "# Two\n\n" + SHOWS.format("a.md") + "\n" + SHOWS.format("gone.md"),
    "content/plain.md": "# Plain\n",
    "content/other.md": "---\nlearn: false\n---\n" + SHOWS.format("a.md"),
    "includes/a.md": "---\nms.assessment_question: Is it?\n---\n[!include[b](b.md)]\n",
    "includes/b.md": "[!include[a](a.md)]\n",
    "includes/unused.md": "Text.\n",
}
EDGES = [
    ("content/one.md", "includes/a.md", 4),
    ("content/two.md", "includes/a.md", 3),
    ("content/two.md", "includes/gone.md", 5),
    ("includes/a.md", "includes/b.md", 4),
    ("includes/b.md", "includes/a.md", 1),
]


def run(*arguments: str | Path) -> Result:
    """Ask for a graph."""
    return CliRunner().invoke(main, ["graph", *map(str, arguments)])


def read(*arguments: str | Path) -> Any:
    """Read a graph as JSON."""
    result = run("--format", "json", *arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def paths(drawn: Any) -> list[str]:
    """List the files of a graph, without their folders."""
    return [node["path"].rpartition("/")[2] for node in drawn["nodes"]]


def schema() -> Draft202012Validator:
    """The schema that the package ships."""
    path = Path(guidekit.__file__).parent / "schemas/graph.schema.json"
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


def test_graph_has_each_include_once_with_its_line(content_set: ContentSet) -> None:
    """Pages and fragments are joined, circles too; what is missing is marked, what nobody shows is there."""
    drawn = read(content_set(FILES))
    schema().validate(drawn)
    assert [tuple(edge.values()) for edge in drawn["edges"]] == EDGES
    assert [tuple(node.values()) for node in drawn["nodes"]] == [
        ("content/one.md", "page", 'One "1"'),
        ("content/two.md", "page", "Two"),
        ("includes/a.md", "fragment", "Is it?"),
        ("includes/b.md", "fragment", ""),
        ("includes/unused.md", "fragment", ""),
        ("includes/gone.md", "missing", ""),
    ]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("content/one.md", ["one.md", "a.md", "b.md"]),
        ("includes/b.md", ["one.md", "two.md", "a.md", "b.md"]),
        ("includes/unused.md", ["unused.md"]),
        ("content/plain.md", ["plain.md"]),
    ],
)
def test_path_narrows_the_graph_to_what_it_shows_and_what_shows_it(
    content_set: ContentSet, place: str, expected: list[str]
) -> None:
    """A page comes with its fragments, a fragment with its pages, and nothing comes that neither leads to."""
    assert paths(read(content_set(FILES) / place)) == expected


def test_include_of_a_page_is_not_missing(content_set: ContentSet) -> None:
    """A page that another one includes is a page, also where it is written in another dialect."""
    root = content_set({**FILES, "content/three.md": "[!include[o](other.md)]\n"})
    drawn = read(root / "content/three.md")
    assert [(node["path"], node["kind"]) for node in drawn["nodes"]] == [
        ("content/three.md", "page"),
        ("content/other.md", "page"),
    ]


def test_nothing_to_draw_is_misuse(content_set: ContentSet) -> None:
    """A folder without pages and fragments is exit code 2, never an empty picture."""
    result = run(content_set({"mkdocs.yml": "docs_dir: content\n", "content/notes.txt": ""}))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nothing to draw" in result.stderr


@pytest.mark.parametrize("change", [{"kind": "file"}, {"extra": 1}, {"path": ""}])
def test_schema_refuses_what_is_no_graph(content_set: ContentSet, change: dict[str, object]) -> None:
    """A node of another kind, with another field or without a path is not valid."""
    drawn = read(content_set(FILES))
    drawn["nodes"][0] |= change
    with pytest.raises(ValidationError):
        schema().validate(drawn)


def test_mermaid_shows_titles_and_marks_what_is_missing(content_set: ContentSet, tmp_path: Path) -> None:
    """The flowchart is as short as one would write it, and --output writes it to a file."""
    made = tmp_path / "made.mmd"
    assert run(content_set(FILES) / "content/two.md", "--output", made).output == ""
    assert made.read_text(encoding="utf-8") == (
        'flowchart LR\n  n0["Two"]\n  n1("Is it?")\n  n2("includes/b.md")\n  n3["includes/gone.md (missing)"]:::missing\n'
        "  n0 --> n1\n  n0 --> n3\n  n1 --> n2\n  n2 --> n1\n  classDef missing stroke:#b3261e,stroke-dasharray:4\n"
    )


def test_graph_that_most_programs_refuse_is_told(content_set: ContentSet) -> None:
    """More arrows than Mermaid draws are written all the same, and standard error says what to do."""
    many = {f"content/p{number}.md": SHOWS.format("a.md") for number in range(501)}
    root = content_set({"mkdocs.yml": "docs_dir: content\n", "includes/a.md": "A\n", **many})
    result = run(root)
    assert (result.exit_code, result.stdout.count("-->")) == (0, 501)
    assert result.stderr == (
        "the graph has 501 includes, and most programs draw 500 at most: name PATHs, or use --format dot\n"
    )
    assert run(root, "--format", "dot").stderr == ""


TITLES = st.one_of(
    st.text(max_size=30),
    st.lists(
        st.sampled_from(
            ['"', "]", "[", "-->", "end", "`", "#quot;", "\\", "\\N", ";", "\n", "é", "<b>", "|", "%%", "{"]
        ),
        max_size=6,
    ).map("".join),
)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """A page that shows a fragment and a missing file, with titles and names of any characters."""
    titles = draw(st.lists(TITLES, min_size=3, max_size=3))
    names = [
        PurePosixPath("c", f"{at}{''.join(char for char in title if char not in '/')}.md")
        for at, title in enumerate(titles)
    ]
    kinds = ("page", "fragment", "missing")
    nodes = (
        Node(path=name, kind=kind, title=title)  # type: ignore[arg-type]
        for name, kind, title in zip(names, kinds, titles, strict=True)
    )
    return Graph(nodes=tuple(nodes), edges=tuple(Edge(source=names[0], target=name, line=1) for name in names[1:]))


tries = settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

NODE = re.compile(r"  n\d+(?:\[\"[^\"`\\]*\"\](?::::missing)?|\(\"[^\"`\\]*\"\))")


@tries
@given(graphs())
def test_mermaid_keeps_any_title_within_its_quotes(drawn: Graph) -> None:
    """A title can neither close its quotes nor begin Markdown or an entity; what it says is still there."""
    lines = graph.FORMATS["mermaid"](drawn).splitlines()
    assert [line for line in lines[1:4] if not NODE.fullmatch(line)] == []
    assert lines[4:6] == ["  n0 --> n1", "  n0 --> n2"]
    for line, node in zip(lines[1:3], drawn.nodes, strict=False):
        label = re.sub(r"#(\d+);", r"&#\1;", line.split('"')[1])
        if node.title.strip() and node.title.isprintable():
            assert unescape(label) == " ".join(node.title.split())


@pytest.mark.filterwarnings("ignore::DeprecationWarning:pydot")  # it calls pyparsing by the names of old
@tries
@given(graphs())
def test_dot_is_read_back(drawn: Graph) -> None:
    """Another reader of dot finds the three files and the two arrows, whatever the names hold."""
    (found,) = pydot.graph_from_dot_data(graph.FORMATS["dot"](drawn)) or ()
    assert len(found.get_nodes()) == len({node.get_name() for node in found.get_nodes()}) == 3
    names = [node.get_name() for node in found.get_nodes()]
    assert [(edge.get_source(), edge.get_destination()) for edge in found.get_edges()] == [
        (names[0], names[1]),
        (names[0], names[2]),
    ]
    assert [node.get("shape") for node in found.get_nodes()] == ["box", "note", "box"]
    for name, node in zip(names, drawn.nodes, strict=True):
        assert re.sub(r"\\(.)", r"\1", name[1:-1]) == printable(str(node.path)).replace("\n", " ")
