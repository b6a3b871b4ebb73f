"""All that touches the machine: settings files, reading, writing, watching, git, starting programs."""
