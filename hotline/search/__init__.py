"""Searching tickets: an index of words per ticket, kept with what it was made from."""
