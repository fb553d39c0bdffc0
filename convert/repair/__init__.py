"""Scanned and extracted text, mended before it is parsed: text → (text, fixes)."""
