"""Rules on raw HTML: what Learn leaves out of its pages."""

from __future__ import annotations

from collections.abc import Iterator

from guidekit.diagnostics import Severity
from guidekit.library.queries import Queries
from guidekit.rules.rule import Finding, document_rule
from guidekit.syntax import learn_html
from guidekit.syntax.document import Document
from guidekit.syntax.raw_html import UnpublishedHtml

_NAMED = 5
_KNOWN = frozenset(
    [
        "audio",
        "base",
        "body",
        "canvas",
        "embed",
        "h5",
        "h6",
        "html",
        "link",
        "meta",
        "object",
        "option",
        "script",
        "select",
        "style",
        "svg",
        "textarea",
        "title",
    ]
)
"""Elements of HTML that are no placeholders, though Learn leaves them out."""


@document_rule(Severity.SUGGESTION)
def disallowed_html_tag(document: Document, queries: Queries) -> Iterator[Finding]:
    """With the setting `html: learn`, raw HTML should have only elements that Learn publishes.

    Bad:
        mkdocs.yml
            site_name: Guidance
            docs_dir: content
            plugins: [{guidekit: {html: learn}}]
        content/guide.md
            Run it in <resource-group-name>.

    Good:
        mkdocs.yml
            site_name: Guidance
            docs_dir: content
            plugins: [{guidekit: {html: learn}}]
        content/guide.md
            Run it in `<resource-group-name>`.

    Why:
        Learn leaves the element out, with all that it holds. Most are placeholders: browsers take them for elements that
        they do not know, and readers see a gap. Code keeps them, and a backslash before `<` does.
    """
    if queries.settings.html != "learn":
        return
    for html in document.of(UnpublishedHtml):
        if not learn_html.is_published(html.element):
            message = f"Learn leaves out the element '<{html.element}>', and all that it holds"
            hint = "write a placeholder as code, or with '\\<'" if html.element not in _KNOWN else ""
            yield Finding(message=message, span=html.span, hint=hint)


@document_rule(Severity.SUGGESTION)
def disallowed_html_attribute(document: Document, queries: Queries) -> Iterator[Finding]:
    """With the setting `html: learn`, raw HTML should have only attributes that Learn publishes.

    Bad:
        mkdocs.yml
            site_name: Guidance
            docs_dir: content
            plugins: [{guidekit: {html: learn}}]
        content/guide.md
            Keep <span style="color: red">three</span> copies.

    Good:
        mkdocs.yml
            site_name: Guidance
            docs_dir: content
            plugins: [{guidekit: {html: learn}}]
        content/guide.md
            Keep <strong>three</strong> copies.

    Why:
        Learn takes such an attribute away, so that a page looks otherwise there than here.
    """
    if queries.settings.html != "learn":
        return
    for html in document.of(UnpublishedHtml):
        if learn_html.is_published(html.element):
            names = ", ".join(f"'{name}'" for name in html.attributes[:_NAMED])
            yield Finding(message=f"Learn takes {names} away from '<{html.element}>'", span=html.span)
