"""Partner companies and the people who write for them."""
