"""The graph over HTTP: an endpoint for programs, pages for people; read-only."""
