"""What came in while the hotline was closed, and what came of each of it."""
