"""Codes by mail: a visitor proves an address and sees the tickets that belong to it."""
