"""Bringing a ticket before somebody who can do more: levels, records, acknowledging, climbing."""
