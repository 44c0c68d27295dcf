"""From the assistant to a person: who is there, who is asked to take over, and how long is long."""
