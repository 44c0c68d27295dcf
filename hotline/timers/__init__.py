"""Things that happen at a time, once: also with two desks, after a restart and after kill -9."""
