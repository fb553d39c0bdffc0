"""The writers."""
