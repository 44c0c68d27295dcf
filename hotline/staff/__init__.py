"""The people of the hotline and how they sign in."""
