"""Letters on paper: the one door to WeasyPrint."""

from notifications.letters.glyphs import MissingGlyphs
from notifications.letters.rendering import render

__all__ = ["MissingGlyphs", "render"]
