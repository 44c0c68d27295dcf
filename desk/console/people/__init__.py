"""The people of the hotline at the console: their accounts, the own one, and what they did."""
