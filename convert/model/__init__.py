"""The ground: the document, its outline, and what can be asked of both."""
