"""Edits in MkDocs's settings file: comments, tags such as ``!ENV`` and all that is not meant stay to the byte."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import yaml

from guidekit import edits
from guidekit.authoring import RefusedError
from guidekit.authoring.wording import scalar

_PLACES = ("glossary", "overview", "reports")
"""Settings of guidekit that name a page or folder, counted from the content folder."""

_FILES_OF_THEME = ("logo", "favicon")
_LISTS_OF_FILES = ("extra_css", "extra_javascript")

Patch = tuple[int, int, str]
Moved = Callable[[str], str | None]
"""Answers what becomes of a path, ``None`` where it stays."""


class SettingsFile:
    """The text of a settings file, and its nodes. Raises `RefusedError` where it cannot be read."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        try:
            self._root = yaml.compose(text, Loader=yaml.SafeLoader)
        except (yaml.YAMLError, RecursionError) as error:
            raise RefusedError(f"'{name}' is not valid YAML: {' '.join(str(error).split())}") from None

    def with_alias(self, old: str, new: str) -> str:
        """Name the GUID that took a retired one's place; aliases that led to the old one lead there too.

        Raises `RefusedError` where guidekit's settings do not stand in this file, or cannot be edited by parts.
        """
        made = self._patched([*self._retargeted(old, new), self._alias(old, new)])
        if not self._is_as_before(made, old, new):
            raise self._refusal(old, new)
        return made

    def with_paths(self, in_content: Moved, in_root: Moved) -> str:
        """Write moved paths anew: in the navigation, in guidekit's settings, among the theme's files, in redirects.

        Raises `RefusedError` where they are written in a way that cannot be edited by parts.
        """
        try:
            wanted = [(leaf, moved(leaf.value) or leaf.value) for leaf, moved in self._paths(in_content, in_root)]
            made = self._patched(_replacement(leaf, to) for leaf, to in wanted if to != leaf.value)
            after = [leaf.value for leaf, _ in SettingsFile(self.name, made)._paths(in_content, in_root)]
            if after == [to for _, to in wanted]:
                return made
        except (RefusedError, RecursionError):
            pass
        raise RefusedError(f"'{self.name}' names what moves in a way that cannot be edited by parts")

    def with_redirect(self, old: str, new: str) -> str | None:
        """Lead a page's old address to its new one, both counted from the content folder.

        Answers ``None`` where the plugin ``redirects`` is not in use, or leads one of them elsewhere.
        """
        maps = _get(_options(self._root, "redirects"), "redirect_maps")
        if isinstance(maps, yaml.MappingNode) and (old, new) in ((key.value, value.value) for key, value in maps.value):
            return self.text
        if not isinstance(maps, yaml.MappingNode) or any(key.value in (old, new) for key, _ in maps.value):
            return None
        return self._patched([self._entry(maps, scalar(old), scalar(new))])

    # Aliases

    def _retargeted(self, old: str, new: str) -> Iterator[Patch]:
        aliases = _get(_options(self._root, "guidekit"), "aliases")
        for _, value in aliases.value if isinstance(aliases, yaml.MappingNode) else ():
            if isinstance(value, yaml.ScalarNode) and value.value.lower() == old:
                yield _replacement(value, new)

    def _alias(self, old: str, new: str) -> Patch:
        """Find the one place for a new alias, whatever of its surroundings is there already."""
        for key, value, flow in _plugins(self._root):
            if key.value != "guidekit":
                continue
            if value is None:  # a name alone in a list
                block = f"guidekit:\n{_blanks(key, 2)}aliases:\n{_blanks(key, 4)}{old}: {new}"
                return self._patch(key, f"{{guidekit: {{aliases: {{{old}: {new}}}}}}}" if flow else block)
            aliases_key, aliases = _pair(value, "aliases")
            if isinstance(aliases, yaml.MappingNode):
                return self._entry(aliases, old, new)
            if isinstance(value, yaml.MappingNode) and aliases and aliases_key:
                return self._filled(aliases_key, aliases, f"{old}: {new}", flow=bool(value.flow_style))
            if isinstance(value, yaml.MappingNode):
                below = f"{{{old}: {new}}}" if value.flow_style else f"\n{_blanks(value, 2)}{old}: {new}"
                return self._entry(value, "aliases", below)
            if flow or value.start_mark.index < value.end_mark.index:
                return self._filled(key, value, f"aliases: {{{old}: {new}}}", flow=True)
            return self._filled(key, value, f"aliases:\n{_blanks(key, 4)}{old}: {new}", flow=False)
        raise self._refusal(old, new)

    def _filled(self, key: yaml.Node, value: yaml.Node, pair: str, *, flow: bool) -> Patch:
        """Give a value to a key that has none: within braces, or in lines of its own below."""
        start, end = value.start_mark.index, value.end_mark.index
        if flow or start < end:
            return start, end, f"{'' if start < end else ' '}{{{pair}}}"
        end = self._end_of_line(start)
        return end, end, self._lines(f"\n{_blanks(key, 2)}{pair}")

    def _entry(self, mapping: yaml.MappingNode, key: str, value: str) -> Patch:
        """Add a pair to a mapping: behind the brace that opens it, or below its last line."""
        blank = "" if value.startswith("\n") else " "
        if mapping.flow_style:
            at = mapping.start_mark.index + 1
            return at, at, f"{key}:{blank}{value}{', ' if mapping.value else ''}"
        end = self._end_of_line(self._last_character(mapping))
        return end, end, self._lines(f"\n{_blanks(mapping)}{key}:{blank}{value}")

    def _is_as_before(self, made: str, old: str, new: str) -> bool:
        """See that the alias is there, and nothing else has changed."""
        try:
            before, after = _shape(self._root), _shape(SettingsFile(self.name, made)._root)
        except (RefusedError, RecursionError):
            return False
        ours_before, ours_after = _without_plugin(before), _without_plugin(after)
        aliases = {str(key).lower(): value for key, value in (ours_before.pop("aliases", None) or {}).items()}
        expected = {key: new if value.lower() == old else value for key, value in {**aliases, old: new}.items()}
        found = {str(key).lower(): value for key, value in (ours_after.pop("aliases", None) or {}).items()}
        return found == expected and ours_before == ours_after and before == after

    def _refusal(self, old: str, new: str) -> RefusedError:
        hint = f"add it to guidekit's settings by hand: 'aliases: {{{old}: {new}}}'"
        return RefusedError(f"'{self.name}' has no place for the alias that could be found; {hint}")

    # Paths

    def _paths(self, in_content: Moved, in_root: Moved) -> Iterator[tuple[yaml.ScalarNode, Moved]]:
        """Find all paths, each with what answers where it is then."""
        options = _options(self._root, "guidekit")
        named = [_get(options, key) for key in _PLACES]
        named += [_get(_get(self._root, "theme"), key) for key in _FILES_OF_THEME]
        lists = [_get(self._root, key) for key in _LISTS_OF_FILES]
        maps = _get(_options(self._root, "redirects"), "redirect_maps")
        redirects = [value for _, value in maps.value] if isinstance(maps, yaml.MappingNode) else []
        for leaf in _leaves([_get(self._root, "nav"), *named, *lists, *redirects]):
            yield leaf, in_content
        for leaf in _leaves([_get(options, "published")]):
            yield leaf, in_root

    # Text

    def _patch(self, node: yaml.Node, text: str) -> Patch:
        return node.start_mark.index, node.end_mark.index, self._lines(text)

    def _patched(self, patches: Iterable[Patch]) -> str:
        text = self.text
        for start, end, new in sorted(set(patches), reverse=True):
            text = text[:start] + new + text[end:]
        return text

    def _lines(self, text: str) -> str:
        return text.replace("\n", edits.line_ending(self.text))

    def _end_of_line(self, at: int) -> int:
        ends = [found for ending in "\r\n" if (found := self.text.find(ending, at)) >= 0]
        return min(ends, default=len(self.text))

    def _last_character(self, node: yaml.Node) -> int:
        """Find the last character of a node in blocks: a parser's end may lie behind comments and blank lines."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._last_character(last[1] if isinstance(last, tuple) else last)
        return len(self.text[: node.end_mark.index].rstrip())


def _plugins(root: yaml.Node | None) -> Iterator[tuple[yaml.ScalarNode, yaml.Node | None, bool]]:
    """List the plugins: key, options (``None`` for a name alone in a list), and whether they stand in a flow."""
    plugins = _get(root, "plugins")
    if isinstance(plugins, yaml.MappingNode):
        for key, value in plugins.value:
            yield key, value, bool(plugins.flow_style)
    elif isinstance(plugins, yaml.SequenceNode):
        for entry in plugins.value:
            pairs = entry.value if isinstance(entry, yaml.MappingNode) else [(entry, None)]
            for key, value in pairs:
                yield key, value, bool(plugins.flow_style)


def _options(root: yaml.Node | None, plugin: str) -> yaml.Node | None:
    return next((value for key, value, _ in _plugins(root) if key.value == plugin), None)


def _pair(node: yaml.Node | None, key: str) -> tuple[yaml.Node | None, yaml.Node | None]:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next(((name, value) for name, value in pairs if name.value == key), (None, None))


def _get(node: yaml.Node | None, key: str) -> yaml.Node | None:
    return _pair(node, key)[1]


def _leaves(node: object) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _leaves(value)
    elif isinstance(node, (yaml.SequenceNode, list)):
        for value in node.value if isinstance(node, yaml.SequenceNode) else node:
            yield from _leaves(value)


def _replacement(node: yaml.ScalarNode, text: str) -> Patch:
    """Write a scalar anew, in its own quotes where it has some."""
    written = f"'{text}'" if node.style == "'" and "'" not in text else scalar(text)
    if node.style == '"' and not written.startswith('"'):
        written = f'"{written}"'
    return node.start_mark.index, node.end_mark.index, written


def _blanks(node: yaml.Node, more: int = 0) -> str:
    return " " * (node.start_mark.column + more)


def _shape(node: yaml.Node | None) -> Any:
    """Write nodes as plain data, with tags where they are not YAML's own."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _shape(value) for key, value in node.value if isinstance(key, yaml.ScalarNode)}
    if isinstance(node, yaml.SequenceNode):
        return [_shape(value) for value in node.value]
    if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null":
        return None
    if isinstance(node, yaml.ScalarNode):
        return node.value if node.tag == "tag:yaml.org,2002:str" else (node.tag, node.value)
    return None


def _without_plugin(data: Any) -> dict[str, Any]:
    """Take guidekit's options out of a settings file's data, and answer them; its name stays."""
    plugins: Any = data.get("plugins") if isinstance(data, Mapping) else None
    entries = plugins if isinstance(plugins, list) else [plugins]
    for number, entry in enumerate(entries):
        if isinstance(entry, dict) and "guidekit" in entry:
            options = entry["guidekit"] or {}
            entry["guidekit"] = None
            return options if isinstance(options, dict) else {}
        if entry == "guidekit":
            entries[number] = {"guidekit": None}
            return {}
    return {}
