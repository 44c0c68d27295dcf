"""What leaves the hotline for people who are not in the chat."""
