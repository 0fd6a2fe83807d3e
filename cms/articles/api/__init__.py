"""Articles and topics for other systems: `/api/v1/articles/`, `/api/v1/topics/`."""
