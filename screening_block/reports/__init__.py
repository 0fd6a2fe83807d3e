"""Reports on the law: what is due, unchecked, used where, hard to read."""
