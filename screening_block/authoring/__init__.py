"""From what editors write to a release: blocks, parts, compile, gate, publish."""
