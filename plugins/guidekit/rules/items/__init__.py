"""Rules on checklists: every item says what it asks, and has guidance that says something."""
