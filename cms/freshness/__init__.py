"""The content version, and answers that are kept under it."""
