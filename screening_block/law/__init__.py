"""Thresholds, charts and their rows in the admin, and as spreadsheets."""
