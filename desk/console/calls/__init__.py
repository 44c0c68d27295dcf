"""The telephone at the console: a call is taken, noted, and given back."""
