"""Fonts: faces, the catalogue, shaping and subsetting, all through HarfBuzz."""
