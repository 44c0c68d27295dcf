"""Tickets: opened once, promised by the calendar, moved by one table, never lost."""
