"""The formats of the catalogue, under the name by which users know them."""

from guidekit.exports.catalogue import FORMATS, Catalogue

__all__ = ["FORMATS", "Catalogue"]
