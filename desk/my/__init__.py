"""The partner's own page: their requests, one request, and what is recorded about the company."""
