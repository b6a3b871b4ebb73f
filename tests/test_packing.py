"""Light pages: what packing leaves out nobody misses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from posixpath import join, normpath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser
from site_build import Build
from web_server import serve

from guidekit.built_site.packing import pack, stylesheet
from guidekit.built_site.packing.used_names import collect

ContentSet = Callable[[dict[str, str | bytes]], Path]

PAGE = '<p class="a b" id="c" data-x="on">text</p>'
SETTINGS = """site_name: Site
docs_dir: content
theme: {name: material, font: false, features: [content.code.copy, navigation.tabs]}
plugins: {search: {}, guidekit: {learn: [], pack: PACK}}
extra_css: [own/own.css]
extra_javascript: [own/own.js]
markdown_extensions:
  - admonition
  - md_in_html
  - pymdownx.highlight
  - pymdownx.superfences
  - pymdownx.tasklist
  - tables
  - toc: {permalink: true}
  - pymdownx.tabbed: {alternate_style: true}
"""
FILES = {
    "content/own/own.css": ".box { background: url(box.svg) } .never { color: red } .made-late { color: green }",
    "content/own/own.js": "const kind = 'late';\ndocument.querySelector('h1').classList.add(`made-${kind}`);",
    "content/own/box.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>',
    "content/more/page.md": "# More\n\nText.\n",
    "content/index.md": """# Home

!!! warning
    Mind the gap.

<div class="box" markdown>

| a | b |
| --- | --- |
| `c` | *d* |

</div>

=== "One"

    ```python
    def answer() -> int:
        return 42  # always
    ```

=== "Two"

    - [x] done
    - [ ] to do
""",
}
STYLES = """() => {
  const names = [...getComputedStyle(document.body)].filter(name => !name.startsWith('--')), found = {};
  [...document.querySelectorAll('body, body *')].forEach((element, place) => {
    for (const part of ['', '::before', '::after']) {
      const style = getComputedStyle(element, part);
      if (part && style.content === 'none') continue;
      for (const name of names) found[`${place} ${element.localName}${part} ${name}`] = style.getPropertyValue(name);
    }
  });
  return JSON.stringify(found).replaceAll(location.origin, '');
}"""


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".a{x:y}", ".a{x:y}"),
        (".z{x:y}", ""),
        (".a,.z{x:y}", ".a{x:y}"),
        (".a .z{x:y}", ""),
        (".a:not(.z){x:y}", ".a:not(.z){x:y}"),
        ("#c{x:y}#z{x:y}", "#c{x:y}"),
        ("p,main{x:y}", "p{x:y}"),
        ("html p{x:y}tbody{x:y}nav{x:y}p:is(main){x:y}", "html p{x:y}tbody{x:y}nav{x:y}p:is(main){x:y}"),
        ("[data-x=on]{x:y}[data-x=off]{x:y}", "[data-x=on]{x:y}"),
        ('[data-x^="o"]{x:y}[data-x="1"]{x:y}', '[data-x^="o"]{x:y}[data-x="1"]{x:y}'),
        (".shown{x:y}.is-new{x:y}.card--big{x:y}.unnamed{x:y}", ".shown{x:y}.is-new{x:y}.card--big{x:y}"),
        ("[dir=rtl] .a{x:y}", ""),
        ("@media print{.z{x:y}}@media print{.a{x:y}}", "@media print{.a{x:y}}"),
        (".a{--b:1;--c:var(--b);--d:1;x:var(--c)}", ".a{--b:1;--c:var(--b);x:var(--c)}"),
        (".a{--b:var(--c);--c:1;x:y}", ".a{x:y}"),
        (".a{animation:spin 1s}@keyframes spin{to{x:y}}@keyframes idle{to{x:y}}", "spin"),
        (".a{x:y;.z{x:y}}", ".a{x:y;.z{x:y}}"),
        ("@font-face{src:url(a.woff)}", "@font-face{src:url(a.woff)}"),
    ],
)
def test_rules_that_no_element_can_meet_are_left_out(css: str, kept: str) -> None:
    """A selector goes only if it asks for a name that no page has and no script writes; so does what nothing reads."""
    script = "el.classList.add('shown', 'is-new', `card--${size}`); make('nav'); el.unnamed; document.dir === 'rtl'"
    pruned = stylesheet.prune(css, collect([PAGE], {PurePosixPath("a.js"): script}))
    if kept == "spin":
        assert "spin" in pruned and "idle" not in pruned
    else:
        assert pruned == kept


@given(st.text(st.sampled_from("ab.#[]{}()@;:,=\"'\\/*-<!\n é"), max_size=60))
def test_any_stylesheet_is_pruned(css: str) -> None:
    """Whatever stands in a stylesheet, pruning ends, and a rule for every page that stands before it stays."""
    assert stylesheet.prune(stylesheet.moved("p{x:y}" + css, "a", "b"), collect([PAGE], {})).startswith("p{x:y")


FOLDER = st.lists(st.sampled_from(["a", "b", "c"]), max_size=3).map("/".join)


@given(
    FOLDER, FOLDER, st.sampled_from(["x.svg", "../x.svg", "a/../x.svg", "./x.svg", "x y.svg"]), st.sampled_from("'\" ")
)
def test_addresses_in_a_moved_stylesheet_lead_to_the_same_file(old: str, new: str, address: str, quote: str) -> None:
    """From its new folder, an address leads where it led from the old one."""
    quote = quote if quote.strip() or " " not in address else '"'
    moved = stylesheet.moved(f"a{{b:url({quote.strip()}{address}{quote.strip()})}}", old, new)
    found = moved.split("(", 1)[1].rsplit(")", 1)[0].strip("\"'")
    assert normpath(join("/", new, found)) == normpath(join("/", old, address))


@pytest.mark.parametrize("address", ["data:image/png;base64,AA==", "https://example.com/x.png", "/x.png", "#mask"])
def test_addresses_that_count_from_elsewhere_stay(address: str) -> None:
    """An address of another host, of the root, of the page itself, and a file within an address stay as they are."""
    assert stylesheet.moved(f"a{{b:url({address})}}", "a/b", "") == f"a{{b:url({address})}}"


def site(**more: str) -> dict[PurePosixPath, str]:
    """Make a site of a page in a folder, with two stylesheets and two scripts."""
    page = (
        '<link rel="stylesheet" href="../one.css"><link rel="stylesheet" href="/base/two.css">'
        '<p class="a">text</p><script src="../one.js"></script><script src="../two.js"></script>'
    )
    texts = {"a/index.html": page, "one.css": ".a{b:c}", "two.css": ".a{d:e}", "one.js": "f(1)", "two.js": "g(2)"}
    return {PurePosixPath(name): text for name, text in (texts | more).items()}


def loaded(texts: dict[PurePosixPath, str]) -> list[str]:
    """Pack a site; list what its page then loads, by names or, of what is packed, by texts."""
    packed = pack(texts, "/base/")
    page = packed[PurePosixPath("a/index.html")]
    parts = [part.split(">")[0].split(" ")[0].strip("\"'") for part in page.replace("src=", "href=").split("href=")[1:]]
    return [packed.get(PurePosixPath(normpath(join("a", part))), part) for part in parts]


def test_stylesheets_become_one_and_scripts_become_one() -> None:
    """A page loads one file of each kind, in which all stand in the order in which it loaded them."""
    assert loaded(site()) == [".a{b:c;d:e}".replace(";d", "}.a{d"), "f(1);\ng(2)"]


@pytest.mark.parametrize(
    ("change", "left"),
    [
        ({"one.css": "@import 'x.css';.a{b:c}"}, "../one.css"),
        ({"one.js": "'use strict';f(1)"}, "../one.js"),
        ({"a/index.html": '<script src="../one.js" defer></script>'}, "../one.js"),
        ({"a/index.html": '<script type="module" src="../one.js"></script>'}, "../one.js"),
        ({"a/index.html": '<link rel="stylesheet" media="print" href="../one.css">'}, "../one.css"),
        ({"a/index.html": '<script src="https://example.com/one.js"></script>'}, "https://example.com/one.js"),
        ({"a/index.html": '<script src="../none.js"></script>'}, "../none.js"),
    ],
)
def test_what_has_to_stay_alone_does(change: dict[str, str], left: str) -> None:
    """What another file could change, what loads late or on paper, and what is no file of the site keeps its place."""
    assert left in loaded(site(**change))


def test_pages_that_disagree_on_the_order_keep_their_files() -> None:
    """Where one page loads a stylesheet before another and a second page after it, neither is joined."""
    other = '<link rel="stylesheet" href="two.css"><link rel="stylesheet" href="one.css">'
    assert {"../one.css", "/base/two.css"} <= set(loaded(site(**{"index.html": other})))


ONE, TWO = '<script src="../one.js"></script>', '<script src="../two.js"></script>'


@pytest.mark.parametrize(
    "page",
    [
        ONE + "<script>h(3)</script>" + TWO,
        ONE + '<script src="https://example.com/x.js"></script>' + TWO,
        ONE + '<script src="../strict.js"></script>' + TWO,
    ],
)
def test_scripts_run_in_the_order_in_which_they_stood(page: str) -> None:
    """What stands between two scripts and is no part of the pack still runs after the first and before the second."""
    packed = pack(site(**{"a/index.html": page, "strict.js": "'use strict';h(3)"}), "/base/")
    first, second = (path.name for path, text in packed.items() if text in ("f(1)", "g(2)"))
    assert packed[PurePosixPath("a/index.html")] == page.replace('"../one.js"', f"../assets/{first}").replace(
        '"../two.js"', f"../assets/{second}"
    ).replace('"', "")


def test_scripts_that_one_page_parts_are_not_joined() -> None:
    """Where one page has a script of its own between two that stand together elsewhere, neither moves."""
    packed = pack(site(**{"b/index.html": ONE + "<script>h(3)</script>" + TWO}), "/base/")
    assert [path for path in packed if path.suffix == ".js"] == []


CSS = ".md-tooltip2{x:y}"
DIAGRAMS = 'var css=".node{fill:var(--md-mermaid-node)}",other=".a{b:c}";f(css)'


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ("", 'var css="",other=".a{b:c}";f(css)'),
        ('<pre class="mermaid">', DIAGRAMS),
    ],
)
def test_styles_of_diagrams_go_where_there_is_none(page: str, left: str) -> None:
    """The stylesheet that Material's script has for diagrams stays only where a page of the site has one."""
    texts = site(**{"b/index.html": page, "one.js": f"'use strict';{DIAGRAMS}"})
    packed = pack(texts, "/base/")
    assert {**texts, **packed}[PurePosixPath("one.js")] == f"'use strict';{left}"


@pytest.mark.parametrize(
    ("page", "kept"),
    [("{}", ""), ('{"features": ["content.tooltips"]}', CSS), ("<a data-preview>", CSS)],
)
def test_styles_of_features_go_where_no_page_asks_for_them(page: str, kept: str) -> None:
    """What Material's script draws only for a feature keeps its styles only where the settings or a link ask for it."""
    script = "make('md-tooltip2')"
    assert stylesheet.prune(CSS, collect([PAGE, page], {PurePosixPath("a.js"): script})) == kept


TABS = ".tabbed-set>input:nth-child({0}):checked~.tabbed-labels>:nth-child({0}){{x:y}}.tabbed-labels>label:nth-child({0}){{x:y}}"


@pytest.mark.parametrize(
    ("sets", "last"),
    [
        ('<div class="tabbed-set tabbed-alternate" data-tabs="1:2"><div class="tabbed-labels">', 2),
        ('<div class="tabbed-set" data-tabs="1:2"><div class="tabbed-labels">', 9),
        ('<div class="tabbed-set tabbed-alternate"><div class="tabbed-labels">', 9),
    ],
)
def test_styles_of_tabs_beyond_the_last_one_go(sets: str, last: int) -> None:
    """Styles of a tab that no set on any page has go, where each set says how many it has; those in a tab's text stay."""
    within = ".tabbed-labels li:nth-child(9){x:y}"
    css = "".join(TABS.format(number) for number in range(2, 10)) + within
    kept = "".join(TABS.format(number) for number in range(2, last + 1)) + within
    names = collect([f"{sets}<label><input><li>", '<div class="tabbed-set tabbed-alternate" data-tabs="2:1">'], {})
    assert stylesheet.prune(css, names) == kept


def test_packed_site_looks_as_it_did(content_set: ContentSet, browser: Browser, build: Build) -> None:
    """All elements of a page have the styles that they have without packing, wide and narrow, light and on paper."""
    looks = []
    for switch in ("false", "true"):
        root = content_set({f"{switch}/{name}": text for name, text in FILES.items()}) / switch
        (root / "mkdocs.yml").write_text(SETTINGS.replace("PACK", switch), encoding="utf-8")
        result = build(root, "--strict")
        assert result.returncode == 0, result.stderr
        with serve(root / "site") as server:
            seen = []
            for width, medium in ((1280, "screen"), (390, "screen"), (1280, "print")):
                page = browser.new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
                page.emulate_media(media=medium)  # type: ignore[arg-type]
                page.goto(server.address, wait_until="networkidle")
                seen.append(json.loads(page.evaluate(STYLES)))
                page.close()
            looks.append((seen, len(server.sent), sum(size for _, size in server.sent)))
    (plain, requests, weight), (packed, fewer, lighter) = looks
    for before, after in zip(plain, packed, strict=True):
        changed = {name: (before.get(name), value) for name, value in after.items() if before.get(name) != value}
        assert [name for name, values in changed.items() if values != ("0% 0%", "0px 0px")] == []  # the same place
        assert len(before) == len(after)
    assert fewer < requests and lighter < weight - 10_000


def test_packing_without_its_extra_says_what_to_install(content_set: ContentSet, build: Build) -> None:
    """Where the minifier is not installed, the build fails with the command that installs it."""
    root = content_set(FILES | {"mkdocs.yml": SETTINGS.replace("PACK", "true")})
    missing = "import sys; sys.modules['minify'] = None; from mkdocs.__main__ import cli; cli()"
    result = build(root, "--strict", code=missing)
    assert result.returncode == 1
    assert "needs an extra: pip install 'guidekit[pack]'" in result.stderr and "Traceback" not in result.stderr


def test_files_that_are_not_text_are_left_alone(content_set: ContentSet, build: Build) -> None:
    """A stylesheet in another encoding stays where it is, and the build goes on."""
    bad = b".box { content: '\xe9' }"
    root = content_set(FILES | {"mkdocs.yml": SETTINGS.replace("PACK", "true"), "content/own/own.css": bad})
    result = build(root, "--strict")
    assert result.returncode == 0, result.stderr
    assert (root / "site/own/own.css").read_bytes() == bad
    assert "own/own.css" in (root / "site/index.html").read_text(encoding="utf-8")
