"""The built site: its links, its search index, and how it is packed."""
