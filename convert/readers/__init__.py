"""Readers: source text → Document."""
