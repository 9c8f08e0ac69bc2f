"""Casework: a case file, what it asks, its check claim by claim, and where to look next."""
