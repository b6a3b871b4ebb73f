"""A text and the places in it: its source, paths, edits."""
