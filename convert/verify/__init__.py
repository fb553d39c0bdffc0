"""Reads editions back, with code that no writer uses."""
