"""From the model and the theme to pages of frames.  No PDF here.  Its door is `composition.compose`."""
