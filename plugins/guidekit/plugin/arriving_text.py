"""The text of a page as it arrives from MkDocs and other plugins, and its front matter as Learn reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from typing import Any

from mkdocs.utils import meta

from guidekit.syntax.document import Document

_PLACEHOLDER = re.compile(r"^#{1,6} \S+:\d+-\d+/name \{ #\S+/slug \}$", re.MULTILINE)
_TEXTS = ("title", "description")
"""The keys whose values are texts whatever they look like, such as the title ``1:30`` or ``yes``."""


def body(document: Document) -> str:
    """Take the text below the front matter; of a page in YAML, the page in Markdown."""
    if document.yaml_kind:
        return document.markdown
    return "\n".join(document.source.lines[document.front_matter.body_line :])


def corrected(document: Document, markdown: str, values: MutableMapping[str, Any]) -> str:
    """Correct what MkDocs made of a page's front matter; ``values`` are those of its keys, and change in place.

    MkDocs prints front matter with an error into the page, and takes a first line such as ``Note: text`` for a key. A
    text that is not what MkDocs reads in the file comes from another plugin, and stays as it arrives.
    """
    theirs, read = meta.get_data(document.markdown if document.yaml_kind else document.source.text)
    if markdown != theirs:
        return markdown
    header = document.front_matter
    if header.stock and header.values:
        for key in _TEXTS:
            if key in header.values and not isinstance(header.values[key], (Mapping, list)):
                values[key] = header.text(key)
        return markdown
    for key, value in read.items():
        if key not in header.values and values.get(key) == value:
            del values[key]
    values.update(header.values)
    if document.yaml_kind:
        values.update({key: header.text(key) for key in _TEXTS if header.text(key)})
    return body(document)


def without_placeholders(text: str) -> str:
    """Put the comments back by which an author says where the lists of Material's tags plugin come."""
    return _PLACEHOLDER.sub("<!-- material/tags -->", text)


def with_front_matter(document: Document, markdown: str) -> str:
    """Put the front matter of a page above a text that came in place of its own, on the lines on which it stands."""
    lines = document.source.lines[: document.front_matter.body_line]
    blank = len(body(document)) - len(body(document).lstrip("\n"))
    return "\n".join([*lines, "\n" * blank + markdown]) if lines else markdown
