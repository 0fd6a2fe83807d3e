"""The screener: its meaning, authoring, publishing, API and block."""
