"""Which raw HTML Learn publishes: the elements and attributes that docfx lets through (``HtmlSanitizer.cs``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_ANYWHERE = frozenset(
    [
        "class",
        "id",
        "itemid",
        "itemprop",
        "itemref",
        "itemscope",
        "itemtype",
        "name",
        "part",
        "role",
        "slot",
        "spellcheck",
        "title",
    ]
)
_PREFIXES = ("aria-", "data-")
_PLAIN = """
    abbr address article b bdi bdo caption center cite dd details dfn dl dt em figcaption figure h1 h2 h3 h4 head i kbd
    mark nav nobr rgn s samp section small strike strong sub summary sup tfoot u ul var wbr
"""
_WITH_ATTRIBUTES = """
    a: alt download href rel tabindex target
    blockquote: cite
    br: clear
    button: hidden type
    code: lang name
    col: span width
    colgroup: span
    del: cite datetime
    div: align hidden
    font: color face size
    form: action
    hr: color size width
    iframe: align allow allowfullscreen allowtransparency border frameborder height loading marginwidth scrolling src width
    image: alt height src width
    img: align alt border height hspace sizes src valign width
    input: type value
    ins: cite datetime
    label: for
    li: value
    ol: reserved start type
    p: align dir hidden lang valign
    pre: lang
    q: cite
    source: src type
    span: dir lang
    table: align bgcolor border bordercolor cellpadding cellspacing frame valign width
    tbody: align valign width
    td: align bgcolor colspan hidden nowrap rowspan valign width
    th: align bgcolor colspan rowspan scope valign width
    thead: align valign
    time: datetime
    tr: align bgcolor colspan height valign
    video: controls height poster preload src width
"""
_ALLOWED: dict[str, frozenset[str]] = {
    **{name: frozenset() for name in _PLAIN.split()},
    **{
        name.strip(): frozenset(attributes.split())
        for name, _, attributes in (line.partition(":") for line in _WITH_ATTRIBUTES.strip().splitlines())
    },
}


def is_published(element: str) -> bool:
    """Does Learn publish an element of this name, in lower case?"""
    return element in _ALLOWED


def left_out(element: str, attributes: Iterable[str]) -> Iterator[str]:
    """Go through the attributes of an element that Learn takes away."""
    allowed = _ALLOWED.get(element, frozenset())
    return (
        name for name in attributes if name not in _ANYWHERE and name not in allowed and not name.startswith(_PREFIXES)
    )
