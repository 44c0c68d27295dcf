"""Who is on call, from when to when: turns, swaps, and the holes between them."""
