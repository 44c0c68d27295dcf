"""Custom actions: read what was said, call one service of the core, utter a response."""
