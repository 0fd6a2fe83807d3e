"""The search over everything that a site says in one language."""
