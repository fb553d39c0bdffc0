"""Python-Markdown source → Document."""
