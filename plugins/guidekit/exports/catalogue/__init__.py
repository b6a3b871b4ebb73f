"""The checklists as data: what they hold, and one module for each format in which they are published."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath

from guidekit.exports.catalogue import azure_json, csv_file, github_task_list, guidekit_json, workbook
from guidekit.exports.catalogue.items import Catalogue, CatalogueGuide, CatalogueItem, read
from guidekit.library import output_paths
from guidekit.library.library import Library

__all__ = ["FORMATS", "Catalogue", "CatalogueGuide", "CatalogueItem", "files", "read"]

FORMATS: Mapping[str, Callable[[Catalogue], bytes]] = {
    "json": guidekit_json.write,
    "azure": azure_json.write,
    "csv": csv_file.write,
    "markdown": github_task_list.write,
    "xlsx": workbook.write,
}
"""The formats by name, and what writes them."""


def files(library: Library) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Make the files that are published with a site, but for the schema, which is the same everywhere."""
    whole = read(library)
    made = {
        PurePosixPath(library.layout.content, output_paths.CATALOGUE): guidekit_json.write(whole),
        PurePosixPath(library.layout.content, output_paths.MERGED): azure_json.write(whole),
    }
    for guide in whole.guides:
        of_guide = whole.only(guide.source) or whole
        for form, path in library.outputs_of(guide.source):
            made[path] = FORMATS[form](of_guide)
    return ((path, data) for path, data in made.items() if path in library.published)
