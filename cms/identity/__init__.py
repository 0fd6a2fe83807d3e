"""Whose site it is: the settings record of each language, and the people."""
