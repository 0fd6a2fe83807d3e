"""How words are searched for: their stems, what means the same, and the order."""
