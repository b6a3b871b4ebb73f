"""What the settings of a site say, as far as guidekit reads them; what MkDocs refuses there is refused here."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from guidekit import setting_values
from guidekit.settings import SettingsError
from guidekit.translations import Translations

OURS = "guidekit"
_GROUPS = ("group", "material/group")
_SWITCHED_ON = ("toc", "tables", "fenced_code")
"""The extensions of Python-Markdown that MkDocs switches on by itself."""

Named = tuple[str, Mapping[str, object]]
"""A plugin or an extension, with its options."""


def content_folder(config: Mapping[str, Any], root: Path) -> str:
    """Find the content folder, counted from that of the settings file."""
    folder = config.get("docs_dir") or "docs"
    if isinstance(folder, str) and Path(folder).is_absolute():
        folder = os.path.relpath(folder, root.absolute())
    if not isinstance(folder, str) or not setting_values.is_below(folder):
        raise SettingsError("docs_dir", "must be a folder below the settings file")
    return Path(folder).as_posix()


def site_address(config: Mapping[str, Any]) -> str:
    """Find the address of the site, with a slash at its end; empty where none is said."""
    address = config.get("site_url") or ""
    if not isinstance(address, str):
        raise SettingsError("site_url", "expected a string")
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if address and not (parts.scheme and parts.netloc):
        raise SettingsError("site_url", f"'{address}' is no address of a site, which begins with https://")
    return parts._replace(path=f"{parts.path.rstrip('/')}/").geturl() if address else ""


def has_directory_urls(config: Mapping[str, Any]) -> bool:
    """Do the addresses of pages end in a slash?"""
    value = config.get("use_directory_urls")
    return True if value is None else _switch(value, "use_directory_urls")


def excluded(config: Mapping[str, Any]) -> tuple[str, ...]:
    """List the globs of the files that MkDocs leaves out, and those in which literate-nav reads the navigation."""
    return (*_globs(config, "exclude_docs"), *_navigation_files(config))


def drafts(config: Mapping[str, Any]) -> tuple[str, ...]:
    """List the globs of the files that MkDocs leaves out of a built site only."""
    return _globs(config, "draft_docs")


def own_options(config: Mapping[str, Any]) -> Mapping[str, object]:
    """Find the options of guidekit, in a group that is switched off too: a command is asked for by who starts it."""
    found = [options for name, options in _plugins(config.get("plugins"), switched_off=True) if name == OURS]
    if len(found) > 1:
        raise SettingsError(f"plugins.{OURS}", "is named twice: name it once")
    options = dict(found[0]) if found else {}
    if "enabled" in options:
        _switch(options.pop("enabled"), f"plugins.{OURS}.enabled")
    return options


def names_guidekit(config: Mapping[str, Any]) -> bool:
    """Is guidekit a plugin of the site, or an extension of Python-Markdown?"""
    plugins = _plugins(config.get("plugins"), switched_off=True)
    return any(
        name == OURS for name, _ in (*plugins, *_entries("markdown_extensions", config.get("markdown_extensions")))
    )


def plugins(config: Mapping[str, Any]) -> Iterator[Named]:
    """Go through the plugins that MkDocs loads, with their options: those of a group too, and none that is switched off."""
    return _plugins(config.get("plugins"), switched_off=False)


def _plugins(named: object, *, switched_off: bool) -> Iterator[Named]:
    for written, options in _entries("plugins", named):
        name = written.removeprefix("/")
        if name in _GROUPS:
            enabled = _switch(options.get("enabled") or False, f"plugins.{name}.enabled")
            if enabled or switched_off:
                yield from _plugins(options.get("plugins"), switched_off=switched_off)
        elif switched_off or options.get("enabled") is not False:
            yield name, options


def markdown_extensions(config: Mapping[str, Any]) -> Iterator[Named]:
    """Go through the extensions of Python-Markdown that a site has switched on, with their options."""
    yield from ((name, {}) for name in _SWITCHED_ON)
    yield from _entries("markdown_extensions", config.get("markdown_extensions"))


def translations(config: Mapping[str, Any]) -> Translations | None:
    """Read the languages of a site that static-i18n publishes; ``None`` where it is not named."""
    options = dict(plugins(config)).get("i18n")
    if options is None:
        return None
    listed = options.get("languages")
    known = [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
    return Translations(
        structure="folder" if options.get("docs_structure") == "folder" else "suffix",
        languages=frozenset(str(one.get("locale")) for one in known),
        default=next((str(one.get("locale")) for one in known if one.get("default") is True), ""),
    )


def brings_sites(config: Mapping[str, Any]) -> bool:
    """Does monorepo bring other sites in, each in a folder of its own?"""
    return any(name == "monorepo" for name, _ in plugins(config)) and _has_include(config.get("nav"))


def _has_include(nav: object) -> bool:
    if isinstance(nav, str):
        return nav.startswith(("!include ", "*include "))
    return any(map(_has_include, nav.values() if isinstance(nav, Mapping) else nav if isinstance(nav, list) else ()))


def _navigation_files(config: Mapping[str, Any]) -> Iterator[str]:
    """Find the files in which literate-nav reads the navigation, which are no pages."""
    for name, options in plugins(config):
        if name == "literate-nav":
            file = options.get("nav_file")
            yield file if isinstance(file, str) else "SUMMARY.md"


def _globs(config: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """List the globs of a setting of MkDocs, one a line."""
    value = config.get(key)
    if value is not None and not isinstance(value, str):
        raise SettingsError(key, "expected globs as text, one a line")
    return tuple(value.splitlines()) if value else ()


def _entries(key: str, named: object) -> Iterator[Named]:
    """Go through names with their options: a mapping of them, or a list of names and of mappings with one name."""
    if named is None:
        return
    if not isinstance(named, list | Mapping):
        raise SettingsError(key, "expected a list or a mapping")
    for entry in [{name: options} for name, options in named.items()] if isinstance(named, Mapping) else named:
        if isinstance(entry, Mapping) and len(entry) != 1:
            raise SettingsError(key, "expected a list of names, each alone or with its options")
        name, options = next(iter(entry.items())) if isinstance(entry, Mapping) else (entry, None)
        if not isinstance(name, str):
            raise SettingsError(key, "expected names")
        if options and not isinstance(options, Mapping):
            raise SettingsError(f"{key}.{name}", "expected settings as keys with values")
        yield name, options or {}


def _switch(value: object, key: str) -> bool:
    if not isinstance(value, bool):
        raise SettingsError(key, "expected true or false")
    return value
