"""The staff's side: every page of the console, the way in, and what renews them."""
