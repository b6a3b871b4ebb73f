"""What a content set is: its pages and fragments, who shows whom, and where links lead."""
