"""The page of the canned texts, which leads keep."""
