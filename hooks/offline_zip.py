"""Pack the built site into one file beside it, the same to the last byte for the same site."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

FOLDER = "guidance"
OFFLINE_USELESS = ("sitemap.xml", "sitemap.xml.gz", "404.html")
EARLIEST = (1980, 1, 1, 0, 0, 0)


@event_priority(-2_000)  # behind all plugins: guidekit packs the site and tells the search as the last of them
def on_post_build(config: MkDocsConfig) -> None:
    """Write ``<site folder>.zip``; nothing in it tells when or by whom it was made."""
    site = Path(config.site_dir)
    with ZipFile(site.with_suffix(".zip"), "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for name, path in sorted((path.relative_to(site).as_posix(), path) for path in site.rglob("*")):
            if path.is_file() and name not in OFFLINE_USELESS and not name.endswith(".map"):
                entry = ZipInfo(f"{FOLDER}/{name}", EARLIEST)
                entry.external_attr = 0o644 << 16
                entry.compress_type = ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes(), compresslevel=9)
