"""The MkDocs plugin in real builds, by MkDocs and by ProperDocs."""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from site_build import Build

GUID = "78b95e10-acc0-4749-8f1f-efa8cfb5eb89"
ITEM = f"<!-- You have a plan -->\n[!include[{GUID}](../includes/{GUID}.md)]\n"
GUIDANCE = (
    f"---\nms.uid: {GUID}\nms.assessment_question: You have a plan\n---\n## Recovery plan\n\n" + "Name an owner. " * 20
)
PAGE = (
    "---\ntitle: Recovery\ntitleSuffix: Azure\ndescription: >-\n  How to *come back*.\n\n\n  More of it.\nauthor: someone\n"
    "ms.date: 10/15/2019\nms.custom: How would you come back?\n---\n# Recovery\n\nAn opening.\n\n"
)
SETTINGS = "site_name: Site\ndocs_dir: content\ntheme: {name: mkdocs}\nplugins: [guidekit]\n"
FILES = {
    "mkdocs.yml": SETTINGS,
    "content/index.md": "---\ntitle: Home\ndescription: Start here.\n---\n# Home\n\nText.\n",
    "content/recovery.md": PAGE + ITEM,
    f"includes/{GUID}.md": GUIDANCE,
}

ContentSet = Callable[[dict[str, str | bytes]], Path]

hosts = pytest.mark.parametrize("host", ["mkdocs", "properdocs"])


def html(root: Path, page: str) -> str:
    """Read a page of a built site."""
    return (root / "site" / page / "index.html").read_text(encoding="utf-8")


@hosts
def test_guide_is_published_with_its_guidance(content_set: ContentSet, host: str, build: Build) -> None:
    """A clean content set builds strictly, and the fragment stands in the page with both of its anchors."""
    root = content_set(FILES)
    result = build(root, "--strict", host=host)
    assert result.returncode == 0, result.stderr
    page = html(root, "recovery")
    assert '<h2 id="recovery-plan">Recovery plan' in page
    assert f'id="{GUID}"' in page
    assert f'<a href="#{GUID}">Guidance<' in page
    assert "ms.uid" not in page
    assert "checked 2 pages, 1 fragment, 1 checklist item" in result.stderr


@hosts
def test_front_matter_reaches_the_theme(content_set: ContentSet, host: str, build: Build) -> None:
    """The title with its suffix, and the first paragraph of the description as plain text, are in the page's head."""
    root = content_set(
        {**FILES, "mkdocs.yml": SETTINGS.replace("{name: mkdocs}", "{name: mkdocs, custom_dir: theme}")}
        | {
            "theme/main.html": "{% extends 'base.html' %}{% block site_meta %}{{ super() }}"
            "<meta name='d' content='{{ page.meta.description }}'><meta name='q' content='{{ guidekit.question }}'>"
            "<meta name='a' content='{{ guidekit.author }} {{ guidekit.reviewed.isoformat() }}'>{% endblock %}",
            "content/index.md": "---\ntitle: Home\ndescription: Start here.\nms.date: 2026-01-02\n---\n# Home\n\nText.\n",
        }
    )
    result = build(root, "--strict", host=host)
    assert result.returncode == 0, result.stderr
    page = html(root, "recovery")
    assert "<title>Recovery - Azure | Site</title>" in page
    assert "<meta name='d' content='How to come back.'>" in page
    assert "<meta name='q' content='How would you come back?'>" in page
    assert "<meta name='a' content='someone 2019-10-15'>" in page


@hosts
def test_broken_header_never_reaches_the_page(content_set: ContentSet, host: str, build: Build) -> None:
    """A header that is not YAML is recovered for MkDocs and reported, not printed."""
    broken = "---\ntitle: Recovery\ndescription: *Backup* keeps copies.\n\nAnd more.\n---\n# Recovery\n\nText.\n"
    root = content_set({**FILES, "content/recovery.md": broken, f"includes/{GUID}.md": ""})
    result = build(root, host=host)
    assert "content/recovery.md:3:14: the value of 'description' is not valid YAML" in result.stderr
    page = html(root, "recovery")
    assert "description:" not in page
    assert "<title>Recovery" in page


def test_page_without_header_keeps_a_first_line_that_looks_like_one(content_set: ContentSet, build: Build) -> None:
    """A first line such as ``Note: …`` is text, though MkDocs alone would take it for metadata."""
    root = content_set({**FILES, "content/index.md": "Note: this is text.\n"})
    build(root)
    assert "<p>Note: this is text.</p>" in (root / "site/index.html").read_text(encoding="utf-8")


@hosts
def test_build_with_errors_goes_on_and_then_fails(content_set: ContentSet, host: str, build: Build) -> None:
    """All mistakes are in the log with their places, every page is written, and the exit code is not 0."""
    broken = "# Recovery\n\n[!include[a](../includes/none.md)]\n\n[!include[b](../includes/neither.md)]\n"
    root = content_set({**FILES, "content/recovery.md": broken})
    result = build(root, host=host)
    assert result.returncode == 1
    assert "content/recovery.md:3:1: included file 'includes/none.md' does not exist" in result.stderr
    assert "content/recovery.md:5:1: included file 'includes/neither.md' does not exist" in result.stderr
    assert "Traceback" not in result.stderr
    assert (root / "site/recovery/index.html").exists()


@hosts
def test_strict_build_fails_on_warnings_even_when_quiet(content_set: ContentSet, host: str, build: Build) -> None:
    """A warning fails a strict build, also with ``-q``, which keeps MkDocs from counting; a plain build passes."""
    root = content_set({**FILES, "content/recovery.md": PAGE.replace("title: Recovery\n", "") + ITEM})
    assert build(root, host=host).returncode == 0
    assert build(root, "--strict", "-q", host=host).returncode == 1


@hosts
def test_unusable_setting_is_named(content_set: ContentSet, host: str, build: Build) -> None:
    """A setting of the wrong type stops the build with its name and what it should be."""
    wrong = SETTINGS.replace("[guidekit]", "[guidekit: {max_includes: many}]")
    result = build(content_set({**FILES, "mkdocs.yml": wrong}), host=host)
    assert result.returncode == 1
    assert "max_includes" in result.stderr
    assert "whole number" in result.stderr
    assert "Traceback" not in result.stderr


def test_settings_file_may_be_named_by_a_relative_path(content_set: ContentSet, build: Build) -> None:
    """``-f mkdocs.yml`` builds like the plain command."""
    result = build(content_set(FILES), "--strict", "-f", "mkdocs.yml")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("is_on", [True, False])
def test_braces_are_attributes_where_the_site_says_so(is_on: bool, content_set: ContentSet, build: Build) -> None:
    """With ``attr_list`` on, a heading has the id that it is given, for links too; without it, braces are text."""
    link = "x" if is_on else "head--x-"
    text = f'# Home\n\n## Head {{ #x }}\n\nA {{"b":1}} [y](#{link}){{ .c }}\n'
    extensions = "[attr_list]" if is_on else "[]"
    files = {**FILES, "content/index.md": text, "mkdocs.yml": f"{SETTINGS}markdown_extensions: {extensions}\n"}
    root = content_set(files)
    result = build(root, "--strict")
    assert "bookmark-not-found" not in result.stderr
    page = (root / "site/index.html").read_text(encoding="utf-8")
    assert ('<h2 id="x">Head</h2>' if is_on else '<h2 id="head--x-">Head { #x }</h2>') in page
    assert (f'<a class="c" href="#{link}">' if is_on else "{ .c }") in page
    assert '{"b":1}' in page.replace("&quot;", '"')


def test_setting_that_does_not_exist_is_named(content_set: ContentSet, build: Build) -> None:
    """A misspelled setting is reported by name."""
    wrong = SETTINGS.replace("[guidekit]", "[guidekit: {max_include: 3}]")
    result = build(content_set({**FILES, "mkdocs.yml": wrong}), "--strict")
    assert result.returncode == 1
    assert "max_include" in result.stderr


def test_pages_outside_the_globs_are_left_to_python_markdown(content_set: ContentSet, build: Build) -> None:
    """A page that is not chosen, by glob or by its own switch, comes out exactly as without the plugin."""
    text = "# Plain\n\nText\n- no list without a blank line\n\n[!include[x](../includes/none.md)]\n"
    files = {
        **FILES,
        "mkdocs.yml": SETTINGS.replace("[guidekit]", "[guidekit: {learn: ['**', '!blog/**']}]"),
        "content/blog/post.md": text,
        "content/switched.md": f"---\nlearn: false\n---\n{text}",
    }
    root = content_set(files)
    result = build(root)
    assert result.returncode == 0, result.stderr
    with_plugin = [article(html(root, "blog/post")), article(html(root, "switched"))]
    (root / "mkdocs.yml").write_text(SETTINGS.replace("[guidekit]", "[]"))
    build(root)
    assert with_plugin == [article(html(root, "blog/post")), article(html(root, "switched"))]
    assert "<p>Text\n- no list" in with_plugin[0]


def article(page: str) -> str:
    """Cut the article out of a page of MkDocs's own theme."""
    found = re.search(r'<div class="col-md-9" role="main">(.*?)</div>\s*</div>', page, re.DOTALL)
    assert found
    return found[1]


def test_files_that_a_fragment_refers_to_are_published(content_set: ContentSet, build: Build) -> None:
    """An image and a file beside a fragment outside the content folder are copied, and the links lead to them."""
    root = content_set(
        {
            **FILES,
            f"includes/{GUID}.md": GUIDANCE + "\n\n![Layers of backup](media/layers.png)"
            "\n\nSee [the sheet](media/run%20sheet.pdf) and [home](../content/index.md) <img src='media/x.png' alt='A sheet'>",
            "includes/media/layers.png": b"png",
            "includes/media/x.png": b"png",
            "includes/media/run sheet.pdf": b"pdf",
            "includes/media/unused.png": b"png",
        }
    )
    result = build(root, "--strict")
    assert result.returncode == 0, result.stderr
    page = html(root, "recovery")
    assert 'src="../includes/media/layers.png"' in page
    assert 'href="../includes/media/run%20sheet.pdf"' in page
    assert "src='../includes/media/x.png'" in page
    assert '<a href="..">home</a>' in page or '<a href="../">home</a>' in page
    assert (root / "site/includes/media/layers.png").read_bytes() == b"png"
    assert (root / "site/includes/media/run sheet.pdf").exists()
    assert not (root / "site/includes/media/unused.png").exists()


def test_fragments_inside_the_content_folder_are_no_pages(content_set: ContentSet, build: Build) -> None:
    """A Markdown file in a folder named includes is shown where it is included, and has no URL of its own."""
    root = content_set(
        {**FILES, "content/index.md": "# Home\n\n[!include[x](includes/x.md)]\n", "content/includes/x.md": "Hello."}
    )
    build(root)
    assert "<p>Hello.</p>" in (root / "site/index.html").read_text(encoding="utf-8")
    assert not (root / "site/includes").exists()


def test_host_validates_links_and_anchors_of_learn_pages(content_set: ContentSet, build: Build) -> None:
    """MkDocs itself sees the links of a Learn page, and the anchors of its headings, items and raw HTML."""
    text = (
        f"{PAGE}<a id='raw'></a>Text with <span id='inline'>x</span>.\n\n"
        f"[a](#raw) [b](#inline) [c](#recovery-plan) [d](#{GUID}) [e](recovery.md#raw) [f](#gone)\n\n{ITEM}"
    )
    settings = SETTINGS.replace("[guidekit]", "[guidekit: {severity: {bookmark-not-found: off}}]")
    root = content_set({**FILES, "content/recovery.md": text, "mkdocs.yml": settings + "validation: {anchors: warn}\n"})
    result = build(root)
    assert re.findall(r"contains a link '(#\w+)', but there is no such anchor", result.stderr) == ["#gone"]


def test_table_of_contents_has_the_headings_of_fragments(content_set: ContentSet, build: Build) -> None:
    """The theme's table of contents lists the headings of the whole page."""
    root = content_set(FILES)
    build(root)
    assert re.search(r'<li class="nav-item"[^>]*><a href="#recovery-plan"', html(root, "recovery"))


def test_text_with_the_marks_of_the_host_is_a_learn_page(content_set: ContentSet, build: Build) -> None:
    """The characters that Python-Markdown marks its placeholders with are dropped, in a page and in a fragment."""
    text = "# Home\n\n<b>x</b> a \x02wzxhzdk:0\x03\n- b\n\n[!include[x](../includes/x.md)]\n"
    root = content_set(
        {**FILES, "content/index.md": text, "includes/x.md": "c \x02wzxhzdk:0\x03 `\x02wzxhzdk:1\x03`\n"}
    )
    build(root)
    page = (root / "site/index.html").read_text(encoding="utf-8")
    assert "a wzxhzdk:0</p><ul><li>b</li></ul><p>c wzxhzdk:0 <code>wzxhzdk:1</code></p>" in page.replace("\n", "")


def test_text_changed_by_another_plugin_is_rendered(content_set: ContentSet, build: Build) -> None:
    """What a hook makes of a page's text is what is published, header and includes still resolved."""
    hook = "def on_page_markdown(markdown, **kwargs):\n    return markdown.replace('An opening', 'Another opening')\n"
    root = content_set({**FILES, "mkdocs.yml": SETTINGS + "hooks: [hook.py]\n", "hook.py": hook})
    result = build(root, "--strict")
    assert result.returncode == 0, result.stderr
    page = html(root, "recovery")
    assert "Another opening." in page
    assert "Recovery plan" in page


def test_page_made_by_another_plugin_is_a_learn_page_too(content_set: ContentSet, build: Build) -> None:
    """A page that a hook makes in memory may include fragments, and others may link to it."""
    hook = (
        "from mkdocs.structure.files import File\n"
        "def on_files(files, config):\n"
        "    text = '---\\ntitle: Made\\ndescription: Made by a hook.\\n---\\n# Made\\n\\n[!include[x](../includes/x.md)]\\n'\n"
        "    files.append(File.generated(config, 'made.md', content=text))\n"
    )
    root = content_set(
        {
            **FILES,
            "mkdocs.yml": SETTINGS + "hooks: [hook.py]\n",
            "hook.py": hook,
            "includes/x.md": "A shared text.",
            "content/index.md": FILES["content/index.md"] + "\n[Made](made.md)\n",
        }
    )
    result = build(root, "--strict")
    assert result.returncode == 0, result.stderr
    assert "<p>A shared text.</p>" in html(root, "made")


def test_unreadable_page_is_reported_and_the_build_goes_on(content_set: ContentSet, build: Build) -> None:
    """A page that is no UTF-8 is an error with its place, no traceback, and the other pages are built."""
    root = content_set({**FILES, "content/bad.md": b"# Gr\xf6\xdfe\n"})
    result = build(root)
    assert result.returncode == 1
    assert "content/bad.md:1:1: file is not UTF-8: byte 0xf6 on line 1" in result.stderr
    assert "Traceback" not in result.stderr
    assert (root / "site/recovery/index.html").exists()


def test_code_is_drawn_by_the_highlight_extension(content_set: ContentSet, build: Build) -> None:
    """A fence in Learn's language names is highlighted with the site's settings, an interactive one too."""
    text = "# Home\n\n1. Run:\n\n   ```azurecli-interactive\n   az group list # all\n   ```\n"
    files = {**FILES, "content/index.md": text, "mkdocs.yml": SETTINGS + "markdown_extensions: [pymdownx.highlight]\n"}
    root = content_set(files)
    build(root)
    page = (root / "site/index.html").read_text(encoding="utf-8")
    assert '<div class="highlight"><pre>' in page
    assert '<span class="c1"># all</span>' in page


GLOSSARY = {
    "mkdocs.yml": SETTINGS.replace("[guidekit]", "[guidekit: {glossary: words/glossary.md}]"),
    "content/words/glossary.md": (
        "---\ntitle: Glossary\ndescription: Terms.\n---\n# Glossary\n\n## RPO (größter Verlust)\n\n"
        'How *much* you & \x02wzxhzdk:0\x03 "they" &amp;lt; can lose.\n'
    ),
}


@hosts
def test_terms_lead_to_the_glossary(content_set: ContentSet, host: str, build: Build) -> None:
    """The first use of a term is a link that the host has checked, with the definition, which is nothing but text."""
    text = "---\ntitle: Home\ndescription: Here.\n---\n# Home\n\nAn RPO, <b>b</b>, and an RPO.\n"
    settings = GLOSSARY["mkdocs.yml"] + "validation: {anchors: warn, unrecognized_links: warn}\n"
    root = content_set({**FILES, **GLOSSARY, "mkdocs.yml": settings, "content/guide/page.md": text})
    result = build(root, "--strict", host=host)
    assert result.returncode == 0, result.stderr
    page = html(root, "guide/page")
    link = re.search(r'<a class="guidekit-term" href="([^"]*)" title="([^"]*)">RPO</a>, <b>b</b>, and an RPO.', page)
    assert link
    assert unquote(link[1]) == "../../words/glossary/#rpo-größter-verlust"
    assert unescape(link[2]) == 'How much you & wzxhzdk:0 "they" &lt; can lose.'
    assert "guidekit-term" not in html(root, "words/glossary")


@pytest.mark.parametrize("features", ["[navigation.instant]", "[]"])
def test_scripts_are_on_pages_from_which_the_next_comes_without_a_reload(
    content_set: ContentSet, features: str, build: Build
) -> None:
    """A page that is not Learn's has our scripts where Material brings the next page without any; it never has our style."""
    theme = f"{{name: material, font: false, features: {features}}}"
    other = {"content/index.md": "---\nlearn: false\n---\n# Home\n\nText.\n"}
    root = content_set({**FILES, **other, "mkdocs.yml": SETTINGS.replace("{name: mkdocs}", theme)})
    assert build(root).returncode == 0
    for page in (html(root, ""), (root / "site/404.html").read_text(encoding="utf-8")):
        assert ("checklist.min.js" in page) == (features != "[]")
        assert "guidekit.css" not in page
    assert "guidekit.css" in html(root, "recovery")


@hosts
def test_script_is_published_where_there_is_a_glossary(content_set: ContentSet, host: str, build: Build) -> None:
    """A site with a glossary has the script for its tooltips on each page, a site without one has none of it."""
    root = content_set({**FILES, **GLOSSARY})
    build(root, host=host)
    assert '<script src="../assets/glossary.min.js"></script>' in html(root, "recovery")
    assert "role" in (root / "site/assets/glossary.min.js").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(SETTINGS)
    build(root, host=host)
    assert "glossary.min.js" not in html(root, "recovery")
    assert not (root / "site/assets/glossary.min.js").exists()


@hosts
def test_glossary_that_does_not_exist_is_named(content_set: ContentSet, host: str, build: Build) -> None:
    """A setting that names no page stops the build with its name, and without a traceback."""
    root = content_set({**FILES, "mkdocs.yml": GLOSSARY["mkdocs.yml"]})
    result = build(root, host=host)
    assert result.returncode == 1
    assert "setting 'glossary': there is no page 'words/glossary.md' in 'content'" in result.stderr
    assert "Traceback" not in result.stderr


def test_text_that_another_plugin_renders_is_not_the_page(content_set: ContentSet, build: Build) -> None:
    """Only the page's own text is rendered as Learn does: the same text by another Python-Markdown is that one's."""
    hook = (
        "from markdown import Markdown\n\n\n"
        "def on_page_content(html, page, config, **kwargs):\n"
        "    other = Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)\n"
        "    return html + '<p>OTHER</p>' + other.convert(page.markdown)\n"
    )
    settings = "site_name: A\ndocs_dir: content\ntheme: {name: mkdocs}\nplugins: [guidekit]\nhooks: [hook.py]\n"
    page = "---\ntitle: A\n---\n# A\n\n> [!NOTE]\n> Words.\n"
    root = content_set({"mkdocs.yml": settings, "hook.py": hook, "content/index.md": page})
    assert build(root).returncode == 0
    own, other = html(root, "").split("OTHER")
    assert "admonition" in own and "[!NOTE]" not in own
    assert "[!NOTE]" in other


def test_garbage_collector_stays_as_it_was(content_set: ContentSet, build: Build) -> None:
    """A build sets nothing for the whole process: the collector is on while pages are rendered, and nothing is left out."""
    hook = (
        "import gc\nfrom pathlib import Path\n\nSEEN = []\n\n\n"
        "def look(*_, **__):\n    SEEN.append((gc.isenabled(), gc.get_freeze_count()))\n\n\n"
        "on_startup = on_page_content = look\n\n\n"
        "def on_post_build(config):\n    look()\n    Path(config.site_dir, 'seen.txt').write_text(repr(SEEN))\n"
    )
    settings = "site_name: A\ndocs_dir: content\ntheme: {name: mkdocs}\nplugins: [guidekit]\nhooks: [hook.py]\n"
    root = content_set({"mkdocs.yml": settings, "hook.py": hook, "content/index.md": "---\ntitle: A\n---\n# A\n"})
    assert build(root).returncode == 0
    seen = literal_eval((root / "site/seen.txt").read_text(encoding="utf-8"))
    assert len(seen) == 3
    assert set(seen) == {(True, seen[0][1])}
