"""The built site on disk, packed."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig

from guidekit import extras
from guidekit.disk import file_status, site_reader, writing
from guidekit.extras import MissingExtraError
from guidekit.plugin import log
from guidekit.plugin.config import site_address


def lighten(config: MkDocsConfig) -> None:
    """Pack a built site where it lies."""
    try:
        with extras.needed("pack", "`pack`"):
            from guidekit.built_site.packing import TYPES, pack
    except MissingExtraError as error:
        raise log.stop(error) from None
    site = Path(config.site_dir)
    base = urlsplit(site_address(config)).path or "/"
    packed = pack(dict(site_reader.read_texts(site, TYPES)), base)
    writing.remove_abandoned((site / name).parent for name in packed)  # MkDocs keeps hidden files
    for name, text in packed.items():
        try:
            writing.write(site / name, text.encode())
        except file_status.WriteError as error:
            raise log.stop(error) from None
