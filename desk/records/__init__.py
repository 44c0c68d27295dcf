"""Records of a company as pages show them, for its own people and for staff."""
