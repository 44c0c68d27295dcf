"""Conversations: who holds one, what was said in it, and which engine session speaks for it."""
