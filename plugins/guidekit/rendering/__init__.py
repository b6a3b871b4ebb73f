"""Tokens of a whole page, and from them HTML, or elements for a host."""
