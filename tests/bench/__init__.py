"""Benchmarks: measured against peers in the same run, never asserted as a time in a test."""
