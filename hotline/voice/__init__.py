"""Voice messages: how long a recording is, whose ticket it goes with, what staff noted of it."""
