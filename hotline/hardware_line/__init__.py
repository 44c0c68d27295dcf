"""Whether a partner got through to the 24-hour hardware line, and what happens if not."""
