"""The map of a screener: how its questions, facts and findings hang together."""
