"""The plugin's settings as MkDocs reads them, and the content set that they describe."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from mkdocs.config.base import BaseConfigOption, Config
from mkdocs.config.defaults import MkDocsConfig
from pathspec.gitignore import GitIgnoreSpec

from guidekit import checklist_words
from guidekit.disk import mounts, settings_yaml, site_settings
from guidekit.disk.content_set import ContentSet
from guidekit.disk.docfx_files import docsets
from guidekit.disk.file_status import RootError
from guidekit.disk.settings_files import learn_repository, refuse_folders
from guidekit.docset import Docset
from guidekit.layout import Layout, draws_alerts, extensions
from guidekit.mount import Mount
from guidekit.plugin import log
from guidekit.settings import Settings, SettingsError


class _Setting(BaseConfigOption[Any]):
    """A setting, checked as `guidekit.settings` declares it."""

    def __init__(self, name: str, default: object) -> None:
        super().__init__()
        self._setting = name
        self.default = default

    def run_validation(self, value: object, /) -> object:
        if value == self.default:
            return value
        try:
            return Settings.check(self._setting, value)
        except SettingsError as error:
            raise log.invalid(error.problem) from None


class GuidekitConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's settings: those of `guidekit.settings`, by the same names."""

    _schema = tuple(
        (declared.name, _Setting(declared.name, getattr(Settings(), declared.name))) for declared in fields(Settings)
    )


def content_set_of(config: MkDocsConfig, options: GuidekitConfig) -> ContentSet:
    """Work out where the content set of a site lies, and its settings."""
    root = Path(config.config_file_path).absolute().parent if config.config_file_path else Path.cwd()
    content = _content_folder(config, root)
    settings = Settings(**{declared.name: options[declared.name] for declared in fields(Settings)})
    named = [name for name in config.markdown_extensions if isinstance(name, str)]
    switched_on = extensions((name, config.mdx_configs.get(name, {})) for name in named)
    layout = Layout(
        content=content,
        directory_urls=config.use_directory_urls,
        site_url=site_address(config),
        settings_file=_settings_file(config),
        markdown_extensions=switched_on,
        learn_repository=learn_repository(root, content),
        draws_alerts=draws_alerts(switched_on, map(str, config.plugins)),
        excluded=_patterns(config.exclude_docs),
        drafts=_patterns(config.draft_docs),
        docsets=_docsets(root, content, settings),
        mounts=_mounts(root, content, settings, config),
    )
    settings = replace(settings, words=_words(config, settings))
    content_set = ContentSet(root=root, layout=layout, settings=settings)
    try:
        refuse_folders(content_set)
    except (SettingsError, RootError) as error:
        raise log.stop(error) from None
    return content_set


def _docsets(root: Path, content: str, settings: Settings) -> tuple[Docset, ...]:
    try:
        return docsets(root, content, settings.docfx)
    except RootError as error:
        raise log.stop(error) from None


def _mounts(root: Path, content: str, settings: Settings, config: MkDocsConfig) -> tuple[Mount, ...]:
    try:
        return mounts.find(root, content, settings, _settings_file(config))
    except RootError as error:
        raise log.stop(error) from None


def _settings_file(config: MkDocsConfig) -> str:
    return Path(config.config_file_path or "mkdocs.yml").name


def _words(config: MkDocsConfig, settings: Settings) -> Mapping[str, str]:
    """Find what checklists say in the language that static-i18n builds; the setting is for the site's default language."""
    i18n = config.plugins.get("i18n")
    language = str(getattr(i18n, "current_language", None) or "")
    if not language or (settings.words and getattr(i18n, "is_default_language_build", True)):
        return settings.words
    return checklist_words.LANGUAGES.get(re.split("[-_]", language)[0], {})


def _content_folder(config: MkDocsConfig, root: Path) -> str:
    """Find the content folder that the settings name, counted from that of the settings file.

    monorepo puts a copy in its place, in which the texts of other sites are as well.
    """
    docs = Path(config.docs_dir)
    if docs.is_relative_to(root):
        return docs.relative_to(root).as_posix()
    try:
        settings = settings_yaml.read(Path(config.config_file_path)) if config.config_file_path else {}
        return site_settings.content_folder(settings, root)
    except (SettingsError, RootError):
        way_out = "move the settings file up, to a folder in which both the content and its fragments lie"
        raise log.stop(f"docs_dir '{docs}' must lie below the settings file's folder '{root}': {way_out}") from None


def has_copied_content(config: MkDocsConfig, content_set: ContentSet) -> bool:
    """Has another plugin put a copy in the place of the content folder?"""
    return Path(config.docs_dir) != content_set.root / content_set.layout.content


def site_address(config: MkDocsConfig) -> str:
    """Find the address of the site, with a slash at its end, which mike leaves out; empty where nobody knows it."""
    return f"{config.site_url.rstrip('/')}/" if config.site_url else ""


def _patterns(spec: GitIgnoreSpec | None) -> tuple[str, ...]:
    """List the globs of a setting of MkDocs as they are written."""
    return tuple(str(pattern.pattern) for pattern in spec.patterns) if spec else ()
