"""The rota: its rules, pure."""
