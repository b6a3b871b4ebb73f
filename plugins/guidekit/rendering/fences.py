"""What stands behind the marks of a fence: the language of the code, and options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from guidekit.rendering import tree
from guidekit.syntax.heading_attributes import attributes

LANGUAGES = {
    "azurecli": "bash",
    "azure-cli": "bash",
    "cli": "bash",
    "kubectl": "bash",
    "azdeveloper": "bash",
    "azurepowershell": "powershell",
    "cmd": "batch",
    "dos": "batch",
    "azcopy": "bash",
    "dotnetcli": "bash",
    "batchfile": "batch",
    "output": "text",
    "txt": "text",
    "log": "text",
    "rest": "http",
    "msgraph": "http",
    "xaml": "xml",
    "vb": "vbnet",
    "vba": "vbnet",
    "vbs": "vbscript",
    "vbhtml": "aspx-vb",
    "aspx-csharp": "aspx-cs",
    "cshtml": "aspx-cs",
    "usql": "sql",
    "plsql": "sql",
    "jsonc": "json",
    "node": "javascript",
    "assembly": "nasm",
}
"""What Learn calls a language, and what Pygments calls it."""


@dataclass(frozen=True, kw_only=True)
class Fence:
    """What stands behind the marks of a fence: the language, and what the site's extensions make of the rest."""

    language: str
    classes: Sequence[str] = ()
    options: Mapping[str, str] = field(default_factory=dict)


def known_language(name: str) -> str:
    """Find what Pygments, and most other programs, call a language of Learn's; Learn can run some, which no other site can."""
    plain = name.removesuffix("-interactive")
    return LANGUAGES.get(plain.lower(), plain)


def read(token: Token, *, has_options: bool) -> Fence:
    """Read ``python title="x"`` or ``{ .python .annotate title="x" }``; without options, the first word is the language.

    A token that stands for code of another file has its options with it.
    """
    info = token.info.strip()
    if options := token.meta.get("options"):
        return Fence(language=tree.language(token), options=options)
    if not has_options or not info:
        return Fence(language=tree.language(token))
    if info.startswith("{") and info.endswith("}"):
        read = attributes(info[1:-1].strip(" :"))
        classes = (read or {}).get("class", "").split()
        options = {name: value for name, value in (read or {}).items() if name not in ("class", "id")}
        return Fence(language=classes[0] if classes else "", classes=classes[1:], options=options)
    language, _, rest = info.partition(" ")
    if "=" in language:
        language, rest = "", info
    return Fence(language=language, options=attributes(rest.strip()) or {})
