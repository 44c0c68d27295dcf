"""The service calendar: when the hotline is open, and when a promise falls due."""
