"""The page of the rules by which answers and solutions are due: read, tried out, changed."""
