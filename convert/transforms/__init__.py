"""Document → Document passes."""
