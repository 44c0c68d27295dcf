"""How soon a request is answered and solved: rules in order, and what they promise."""
