"""quire: one Markdown source to DOCX, EPUB and PDF with one outline."""
