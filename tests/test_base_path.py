"""Where on Learn a repository lies, as its redirections and its breadcrumbs tell."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from guidekit.library import base_path

PLACES = {"aks/plan", "aks/nodes", "plan", "ü b"}


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        ([], ""),
        (["/azure/aks/plan"] * 2, ""),
        (["/azure/aks/plan"] * 3, "/azure/"),
        (["/azure/aks/plan?x=/a/aks/plan", "/azure/aks/nodes#x", "/azure/aks/plan/"], "/azure/"),
        (["/azure/aks/plan"] * 3 + ["/cli/aks/plan"] * 2, "/azure/"),
        (["/azure/aks/plan"] * 3 + ["/cli/aks/plan"] * 3, ""),
        (["/azure/aks/gone"] * 3 + ["/azure/aks"] * 3, ""),
        (["/azure/plan"] * 3, "/azure/"),
        (["//azure/aks/plan"] * 3 + ["https://azure/aks/plan"] * 3 + ["aks/plan"] * 3, ""),
        (["/azure/%C3%BC%20b"] * 3, "/azure/"),
        (["/a" * 2_000 + "/aks/plan"] * 3, ""),
    ],
)
def test_base_path_is_that_of_which_most_redirections_tell(addresses: list[str], expected: str) -> None:
    """Three have to agree, and more than all others; the longest place at the end of an address counts."""
    assert base_path.told_by_redirections(addresses, PLACES) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/azure/breadcrumb/aks/toc.json", "/azure/"),
        ("/azure/toc.json", "/azure/"),
        ("/azure/other/toc.js", ""),
        ("/toc.json", ""),
        ("~/breadcrumb/aks/toc.yml", ""),
        ("", ""),
    ],
)
def test_base_path_stands_before_the_place_of_the_breadcrumbs(address: str, expected: str) -> None:
    """The address of the breadcrumbs ends as a table of contents is published, the longest one of several."""
    tables = [PurePosixPath("toc.yml"), PurePosixPath("breadcrumb/aks/toc.yml")]
    assert base_path.told_by_breadcrumbs(address, tables) == expected
