"""From what editors write to a release: parts, compile, gate, publish."""
