"""What the hotline knows: articles, how they are found, and what is done when none is."""
