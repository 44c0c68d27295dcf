"""Texts that staff say again and again, written once in both languages."""
