"""The PDF edition: paints frames, never lays out."""
