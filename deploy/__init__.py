"""Running, testing and checking the whole: the machinery behind the Makefile."""
