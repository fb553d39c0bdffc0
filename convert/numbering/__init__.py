"""Numbers of headings: how they are written, what schemes there are, and how typed ones are recognised."""
