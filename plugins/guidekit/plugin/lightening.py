"""The built site on disk, packed."""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig

from guidekit import files
from guidekit.plugin import telling


def lighten(config: MkDocsConfig) -> None:
    """Pack a built site where it lies."""
    try:
        from guidekit.packing import TYPES, pack  # needs an extra
    except ImportError:
        raise telling.stop("`pack` needs an extra: pip install 'guidekit[pack]'") from None
    site = Path(config.site_dir)
    base = urlsplit(config.site_url or "").path or "/"
    packed = pack(dict(_texts(site, TYPES)), base)
    files.remove_abandoned((site / name).parent for name in packed)  # MkDocs keeps hidden files
    for name, text in packed.items():
        try:
            files.write(site / name, text.encode())
        except files.WriteError as error:
            raise telling.stop(error) from None


def _texts(site: Path, types: Container[str]) -> Iterator[tuple[PurePosixPath, str]]:
    """Read the files that packing has to know; one in another encoding keeps its place."""
    for path in site.rglob("*"):
        if path.suffix in types and path.is_file():
            with suppress(UnicodeDecodeError):
                yield PurePosixPath(path.relative_to(site).as_posix()), path.read_text(encoding="utf-8")
