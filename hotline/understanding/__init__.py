"""How the assistant gets better in use: messages worth a look, what staff say they mean."""
