"""Pages written in YAML (``### YamlMime:FAQ``): what stands in each kind of page, as tokens and facts with their places."""
