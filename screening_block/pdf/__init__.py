"""Printed documents: fonts, lines and pages."""
