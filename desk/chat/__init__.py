"""The partner's side: page, JSON API, WebSocket, and the turn with the engine."""
