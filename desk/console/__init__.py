"""The staff's side: sign-in, queue, ticket, live conversations."""
