"""The telephone: who is calling, what came of a call, and who is still to be called back."""
